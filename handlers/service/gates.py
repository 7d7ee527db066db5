"""The use cases of gates: look at one, change what it asks for, tick, ask for what is missing."""

from bot import deciding
from bot.changes import Change
from bot.errors import BadInput, Why
from bot.gates import Check, GateShown, checks, lacking
from bot.orders import AddCriterion, AskGate, RemoveCriterion, TickCriterion
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project
from bot.rights import Right
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage.gates import Gates as Recorded


class Gates(Desks):
    """What may be done with the gate of an item."""

    def shown(self, actor: Actor, item: str, project: str | None, place: Place) -> GateShown:
        """What the gate of an item asks for, and how far it is; whether the actor may tick."""
        with self._reading(actor, place) as desk:
            found = self._project(desk, references.project_id(desk, project, place))
            one = references.item(desk, found, item)
            return GateShown(
                found,
                one,
                checked(desk, found, one),
                dict(desk.facts.people),
                may_tick=desk.role(found, one).may(Right.ANSWER),
            )

    def add(self, actor: Actor, order: AddCriterion, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            gate = recorded(desk, project).of(item.id)
            return deciding.add_criterion(project, item, gate, order.text)

        return self._change(actor, order.project, order.item, None, place, decide)

    def remove(self, actor: Actor, order: RemoveCriterion, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            gate = recorded(desk, project).of(item.id)
            return deciding.remove_criterion(project, item, gate, order.criterion)

        return self._change(actor, order.project, order.item, None, place, decide)

    def tick(self, actor: Actor, order: TickCriterion, place: Place) -> Done:
        """Say that a criterion is met, or is not; one need not be named where only one is open."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            found = checked(desk, project, item)
            one = _meant(item, found, order)
            return deciding.tick(
                project, item, one, ticked=order.ticked, note=order.note, by=actor.person_id
            )

        return self._change(actor, order.project, order.item, None, place, decide)

    def ask(self, actor: Actor, order: AskGate, place: Place) -> Done:
        """Let those who approve and those who are consulted know that they are waited for."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.ask(project, item, checked(desk, project, item), order.note)

        return self._change(actor, order.project, order.item, None, place, decide)


def _meant(item: Item, found: tuple[Check, ...], order: TickCriterion) -> Check:
    if order.criterion is not None:
        return deciding.criterion(item, found, order.criterion)
    open_ones = [one for one in found if one.is_ticked_by_hand and one.is_met is not order.ticked]
    if len(open_ones) == 1:
        return open_ones[0]
    known = ", ".join(one.criterion.text for one in open_ones or lacking(found))
    raise BadInput(Why.WHICH_CRITERION, {"item": item.title, "known": known}, field="criterion")


def recorded(desk: Desk, project: Project) -> Recorded:
    return Recorded(desk.session, [project.id])


def checked(desk: Desk, project: Project, item: Item) -> tuple[Check, ...]:
    """Each criterion of an item's gate, and whether it is met now."""
    return checks(project, item, recorded(desk, project).of(item.id))
