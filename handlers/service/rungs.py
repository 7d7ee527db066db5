"""The use cases of the ladder that new projects begin with."""

from collections.abc import Callable

from bot import deciding, permissions
from bot.changes import RungsChanged
from bot.orders import AddRung, RemoveRung, RenameRung
from bot.outcome import Place
from bot.people import Actor
from bot.rights import Right
from bot.stages import LadderStage, with_modelling
from bot.telling import Line, lines
from handlers.service.desks import Desks
from storage import ledger

NOWHERE = Place()
Ladder = tuple[LadderStage, ...]


class Rungs(Desks):
    """What admins may do with the stages that new projects begin with. It leaves others alone."""

    def shown(self, actor: Actor) -> Ladder:
        with self._reading(actor, NOWHERE) as desk:
            return with_modelling(desk.facts.ladder)

    def add(self, actor: Actor, order: AddRung) -> tuple[Line, ...]:
        return self._set(actor, lambda old: deciding.add_rung(old, order.name, order.after))

    def rename(self, actor: Actor, order: RenameRung) -> tuple[Line, ...]:
        return self._set(actor, lambda old: deciding.rename_rung(old, order.rung, order.name))

    def remove(self, actor: Actor, order: RemoveRung) -> tuple[Line, ...]:
        return self._set(actor, lambda old: deciding.remove_rung(old, order.rung))

    def _set(self, actor: Actor, decide: Callable[[Ladder], RungsChanged]) -> tuple[Line, ...]:
        with self._writing(actor, NOWHERE) as desk:
            people = desk.facts.people
            permissions.require(actor, Right.RUN, people)
            change = decide(desk.facts.ladder)
            with ledger.opened(desk.session, actor, desk.now) as book:
                book.apply(change, people)
            return lines(change, people)
