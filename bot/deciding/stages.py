"""Where an item stands, what is in its way, and when it is due."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import blockers
from bot.changes import BlockerHanded, DueMoved, Hurdles, NewBlocker, StageMoved
from bot.condition import Blocker
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import BadInput, GateClosed, Refused, Why
from bot.gates import Check, lacking
from bot.people import Person
from bot.project import CLOSED, Item, Project, Status
from bot.spelling import folded


def move(
    project: Project,
    item: Item,
    status: Status,
    note: str | None,
    people: Mapping[int, Person],
    *,
    gate: Sequence[Check] = (),
    override: bool = False,
    may_tick: bool = True,
) -> StageMoved:
    """Move an item to a status. Skipping and blocking need a note that says why.

    Whatever blocked it is over where it moves on. Raises `GateClosed` where it would be done
    although something of its gate is missing; with `override` and a note it passes all the same.
    `may_tick`: whether whoever asks may tick what somebody has to.
    """
    refuse_archived(project)
    note = checked_text(note, LONGEST_NOTE, "note") if note and note.strip() else None
    if status in {Status.SKIPPED, Status.BLOCKED} and not note:
        raise BadInput(
            Why.REASON_NEEDED, {"status": status.words, "item": item.title}, field="note"
        )
    if (status, note) == (item.status, item.note):
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    if status is Status.BLOCKED:
        blocked = block(project, item, note or "", None, people)
        assert isinstance(blocked, StageMoved), "only a named owner is handed anything"
        return blocked
    passed: tuple[str, ...] = ()
    if status is Status.DONE and item.status is not Status.DONE:
        ticked = gate if may_tick else ()
        passed = _passed(project, item, note, gate, ticked, override=override)
    hurdles = Hurdles(closed=item.blockers, resolution=note or "")
    if passed:
        note = f"passed without: {', '.join(passed)}. {note}"[:LONGEST_NOTE]
    return StageMoved(project.id, item.id, item.status, item.note, status, note, hurdles, passed)


def _passed(
    project: Project,
    item: Item,
    note: str | None,
    gate: Sequence[Check],
    ticked: Sequence[Check],
    *,
    override: bool,
) -> tuple[str, ...]:
    missing = lacking(tuple(gate))
    if not missing:
        return ()
    if not override:
        raise GateClosed(
            project.key,
            item.key,
            item.title,
            tuple((one.criterion.key, one.criterion.text) for one in missing),
            frozenset(
                one.criterion.key for one in missing if one in ticked and one.is_ticked_by_hand
            ),
        )
    if not note:
        raise BadInput(Why.OVERRIDE_REASON, {"item": item.title}, field="note")
    return tuple(one.criterion.text for one in missing)


def block(
    project: Project, item: Item, text: str, owner: int | None, people: Mapping[int, Person]
) -> StageMoved | BlockerHanded:
    """Put something in an item's way: its Responsible's, else its Accountable's, unless `owner`.

    What is there already stays one, and as old as it is: with another `owner` it is handed on to
    them, else `Refused`. So is an owner who has left, is a bot, or may not see the project.
    """
    refuse_archived(project)
    if owner is not None:
        _refuse_owner(project, people[owner])
    text = checked_text(text, LONGEST_NOTE, "note")
    present = item.blockers
    same = next((one for one in blockers.of(item) if folded(one.text) == folded(text)), None)
    if same is not None:
        return _handed_on(project, item, same, owner)
    if owner is None:
        owner = blockers.owner(project, item, people)
    new = NewBlocker(text, owner)
    note = "; ".join((*(one.text for one in present), text))
    return StageMoved(
        project.id,
        item.id,
        item.status,
        item.note,
        Status.BLOCKED,
        _shortened(note),
        Hurdles(opened=(new,)),
    )


def hand_on(
    project: Project, item: Item, owner: int, people: Mapping[int, Person]
) -> BlockerHanded:
    """Hand on the one thing that is in an item's way. `Refused` where there is none, or several."""
    refuse_archived(project)
    _refuse_owner(project, people[owner])
    present = blockers.of(item)
    if not present:
        raise Refused(Why.NOT_BLOCKED, {"item": item.title}, field="owner")
    if len(present) > 1:
        known = "; ".join(one.text for one in present)
        facts = {"item": item.title, "known": known}
        raise Refused(Why.WHICH_BLOCKER, facts, field="note")
    return _handed_on(project, item, present[0], owner)


def _handed_on(project: Project, item: Item, one: Blocker, owner: int | None) -> BlockerHanded:
    """`Refused` where it is theirs already, and where only the item's status tells of it."""
    if owner is None or owner == one.owner or not one.id:
        raise Refused(Why.BLOCKED_ALREADY, {"item": item.title, "text": one.text}, field="note")
    return BlockerHanded(project.id, item.id, one.id, one.text, one.owner, owner)


def _refuse_owner(project: Project, owner: Person) -> None:
    if owner.is_bot or not owner.active:
        raise Refused(Why.OWNER_GONE, {"name": owner.name}, field="owner")
    if not (owner.is_outside or project.visible_to(owner.id)):
        facts = {"name": owner.name, "project": project.name}
        raise Refused(Why.HOLDER_OUTSIDE, facts, field="owner")


def unblock(project: Project, item: Item, which: str, resolution: str, back: Status) -> StageMoved:
    """Take what `which` names out of an item's way, or (empty) all of it.

    With the last one gone it is again where it was before, `back`.
    """
    refuse_archived(project)
    resolution = checked_text(resolution, LONGEST_NOTE, "note") if resolution.strip() else ""
    present = blockers.of(item)
    closed = _named(item, present, which) if which.strip() else present
    if not closed:
        raise Refused(Why.NOT_BLOCKED, {"item": item.title})
    left = [one for one in present if one not in closed]
    status = Status.BLOCKED if left else Status.IN_PROGRESS if back in CLOSED else back
    note = _shortened(blockers.note(left)) if left else resolution or None
    stored = tuple(one for one in closed if one.id)
    return StageMoved(
        project.id,
        item.id,
        item.status,
        item.note,
        status,
        note,
        Hurdles(closed=stored, resolution=resolution),
    )


def _named(item: Item, present: Sequence[Blocker], which: str) -> tuple[Blocker, ...]:
    """The one whose text it is, or begins with."""
    wanted = folded(which)
    found = [one for one in present if folded(one.text) == wanted] or [
        one for one in present if folded(one.text).startswith(wanted)
    ]
    if len(found) != 1:
        known = "; ".join(one.text for one in present)
        raise Refused(Why.NO_SUCH_BLOCKER, {"item": item.title, "text": which, "known": known})
    return (found[0],)


def _shortened(note: str) -> str:
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…"


def move_due(project: Project, item: Item, due: date | None) -> DueMoved:
    refuse_archived(project)
    if due == item.due:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return DueMoved(project.id, item.id, item.due, due)
