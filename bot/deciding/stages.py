"""Where an item stands, what is in its way, and when it is due."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot import blockers
from bot.changes import DueMoved, Hurdles, NewBlocker, StageMoved
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
        return block(project, item, note or "", None, people)
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
) -> StageMoved:
    """Put something in an item's way: its Responsible's, else its Accountable's, unless `owner`.

    `Refused` where it is there already: it stays one, and as old as it is.
    """
    refuse_archived(project)
    text = checked_text(text, LONGEST_NOTE, "note")
    present = item.blockers
    if any(folded(one.text) == folded(text) for one in blockers.of(item)):
        raise Refused(Why.BLOCKED_ALREADY, {"item": item.title, "text": text}, field="note")
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
