"""What is somebody's may be taken from them by themselves, and by whoever answers for it."""

from collections.abc import Iterable

from bot import permissions
from bot.changes import Change, RolesChanged
from bot.project import Assignment, Item, Letter, PersonHolder, Project
from bot.rights import Right
from handlers.service.references import Desk
from storage.audit import Entry


def refuse_taking(desk: Desk, project: Project, item: Item, change: Change) -> None:
    """Raise `Forbidden` where somebody who could be asked is made accountable no more unasked: else
    whoever may edit would take a row by clearing it first.
    """
    if isinstance(change, RolesChanged) and change.accepts is None and _takes(desk, change):
        _must_answer(desk, project, item)


def refuse_undoing(
    desk: Desk, project: Project, item: Item | None, entry: Entry, done: Change, back: Change
) -> None:
    """The same where a hand-over is taken `back` that was written by the line `entry`: that is for
    who did it, who gets the row back by it, and whoever answers for it.
    """
    if not isinstance(done, RolesChanged) or not isinstance(back, RolesChanged):
        return
    is_hand_over = done.forced or done.accepts is not None
    if is_hand_over and desk.actor.person_id not in {entry.actor_id, *_accountable(back.restored)}:
        _must_answer(desk, project, item)


def _takes(desk: Desk, change: RolesChanged) -> bool:
    people = desk.facts.people
    others = (people[key] for key in _accountable(change.ended) - {desk.actor.person_id})
    return any(one.active and one.slack_id for one in others)


def _accountable(letters: Iterable[Assignment]) -> set[int]:
    return {
        held.holder.person
        for held in letters
        if held.letter is Letter.A and isinstance(held.holder, PersonHolder)
    }


def _must_answer(desk: Desk, project: Project, item: Item | None) -> None:
    permissions.require_in(
        desk.actor,
        Right.ANSWER,
        project,
        item,
        desk.facts.people,
        sight=desk.sight(project.id),
        stands_for=desk.stands_for(project),
    )
