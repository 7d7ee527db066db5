"""The use cases of stages: where an item stands, and when it is due."""

from bot import deciding
from bot.changes import Change
from bot.orders import Due, Move
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from handlers.service.desks import Desks
from handlers.service.references import Desk


class Stages(Desks):
    """What may be done with where items stand."""

    def move(self, actor: Actor, order: Move, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.move(project, item, order.status, order.note)

        return self._change(actor, order.project, order.item, order.seen, place, decide)

    def due(self, actor: Actor, order: Due, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.move_due(project, item, order.due)

        return self._change(actor, order.project, order.item, order.seen, place, decide)
