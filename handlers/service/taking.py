"""What is somebody's may be taken from them by themselves, and by whoever answers for it."""

from collections.abc import Iterable

from bot import deciding, permissions
from bot.changes import Change, HandOverSettled, RolesChanged
from bot.project import Assignment, Item, Letter, OfferState, PersonHolder, Project
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
    """Raise `Forbidden` (of an offer `Refused`) where somebody takes `back` what `entry` wrote who
    neither did it nor might do the reverse. Who gets a row back undoes a hand-over, too.
    """
    if desk.actor.person_id == entry.actor_id:
        return
    if isinstance(back, HandOverSettled) and item is not None:
        _must_call_off(desk, project, item)
    if not isinstance(done, RolesChanged) or not isinstance(back, RolesChanged):
        return
    is_hand_over = done.forced or done.accepts is not None
    if is_hand_over and desk.actor.person_id in _accountable(back.restored):
        return
    if is_hand_over or _takes(desk, back):
        _must_answer(desk, project, item)


def _takes(desk: Desk, change: RolesChanged) -> bool:
    people = desk.facts.people
    taken = _accountable(change.ended) - _accountable(change.restored) - {desk.actor.person_id}
    others = (people[key] for key in taken)
    return any(one.active and one.slack_id for one in others)


def _accountable(letters: Iterable[Assignment]) -> set[int]:
    return {
        held.holder.person
        for held in letters
        if held.letter is Letter.A and isinstance(held.holder, PersonHolder)
    }


def _must_call_off(desk: Desk, project: Project, item: Item) -> None:
    deciding.settled(
        project,
        item,
        item.offer,
        OfferState.CANCELLED,
        desk.facts.people,
        desk.actor,
        answers_for_it=desk.role(project, item).may(Right.ANSWER),
    )


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
