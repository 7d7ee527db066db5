"""The use cases of stages: where an item stands, what is in its way, and when it is due."""

from bot import deciding, permissions
from bot.changes import Change
from bot.gates import Check, checks
from bot.orders import Block, Due, Move, Unblock
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Project, Status
from bot.rights import Right
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk
from storage.gates import Gates, before_blocked


class Stages(Desks):
    """What may be done with where items stand."""

    def move(self, actor: Actor, order: Move, place: Place) -> Done:
        """Move an item; see `deciding.move` for what is refused."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            role = permissions.in_project(actor, project, item, desk.stands_for(project))
            return deciding.move(
                project,
                item,
                order.status,
                order.note,
                desk.facts.people,
                gate=_gate(desk, project, item) if order.status is Status.DONE else (),
                override=order.override,
                may_tick=role.may(Right.ANSWER),
            )

        return self._change(
            actor, order.project, order.item, order.seen, place, decide, ("StageMoved",)
        )

    def block(self, actor: Actor, order: Block, place: Place) -> Done:
        """Put something in an item's way, or hand on what is: what nobody names is all there is."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            owner = references.person(desk, order.owner).id if order.owner else None
            if owner is not None and not order.text:
                return deciding.hand_on(project, item, owner, desk.facts.people)
            return deciding.block(project, item, order.text, owner, desk.facts.people)

        return self._change(actor, order.project, order.item, None, place, decide)

    def unblock(self, actor: Actor, order: Unblock, place: Place) -> Done:
        """Take it out again; with the last of it gone, the item is where it was before."""

        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            back = before_blocked(desk.session, item.id)
            return deciding.unblock(project, item, order.which, order.because, back)

        return self._change(actor, order.project, order.item, None, place, decide)

    def due(self, actor: Actor, order: Due, place: Place) -> Done:
        def decide(_desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.move_due(project, item, order.due)

        return self._change(
            actor, order.project, order.item, order.seen, place, decide, ("DueMoved",)
        )


def _gate(desk: Desk, project: Project, item: Item) -> tuple[Check, ...]:
    return checks(project, item, Gates(desk.session, [project.id]).of(item.id))
