"""The use cases of milestones."""

from bot import deciding
from bot.changes import Change
from bot.milestones import Milestone
from bot.orders import MeetMilestone, MoveMilestone, RemoveMilestone, SetMilestone
from bot.outcome import Done, Place, Shown
from bot.people import Actor
from bot.project import Item, Project
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from handlers.service.scopes import today


class Milestones(Desks):
    """What may be done with milestones."""

    def set(self, actor: Actor, order: SetMilestone, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, item: Item | None) -> Change:
            return deciding.set_milestone(project, item, order.name, order.due)

        return self._change(actor, order.project, order.item, None, place, decide)

    def move(self, actor: Actor, order: MoveMilestone, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.move_milestone(project, order.name, order.due, order.reason)

        return self._change(actor, order.project, None, None, place, decide)

    def meet(self, actor: Actor, order: MeetMilestone, place: Place) -> Done:
        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            now = today(actor, desk.now)
            return deciding.meet_milestone(project, order.name, order.day or now, now)

        return self._change(actor, order.project, None, None, place, decide)

    def remove(self, actor: Actor, order: RemoveMilestone, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, _item: Item | None) -> Change:
            return deciding.remove_milestone(project, order.name, removed=order.removed)

        return self._change(actor, order.project, None, None, place, decide)

    def one(
        self, actor: Actor, name: str, ref: str | None, place: Place
    ) -> tuple[Shown, Milestone]:
        """A milestone with its slip ledger."""
        with self._reading(actor, place) as desk:
            project = self._project(desk, references.project_id(desk, ref, place))
            return self._shown(desk, project, None), deciding.milestone_named(project, name)
