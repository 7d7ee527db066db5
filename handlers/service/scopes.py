"""The use cases of scope: what a project is for."""

from bot import deciding
from bot.changes import Change
from bot.orders import SetScope
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from handlers.service.desks import Desks
from handlers.service.references import Desk


class Scopes(Desks):
    """What may be done with what a project is for."""

    def scope(self, actor: Actor, order: SetScope, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.set_scope(project, order.name, order.value)

        return self._change(actor, order.project, None, order.seen, place, decide)
