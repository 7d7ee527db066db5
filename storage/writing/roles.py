"""The rows of letters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.changes import RolesChanged, Seat
from bot.project import EVER, Assignment, Group, Holder, PersonHolder, Vacancy
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import AssignmentRow, columns
from storage.writing.pen import Pen

_DATING_LETTERS = setting(AssignmentRow, "until", "ended_recorded_at", "ended_by")
_DATING_LETTER = _DATING_LETTERS.returning(columns(AssignmentRow).id)


def write_each(pen: Pen, changes: Sequence[RolesChanged]) -> None:
    """Many changes of letters, in as many statements as one: what ends makes way first."""
    now = {"ended_recorded_at": pen.now, "ended_by": pen.actor.person_id}
    ends = [
        {"of": held.id, "until": until, **now}
        for change in changes
        for held, until in (
            *((held, _end(held, change.since)) for held in change.ended),
            *((held, held.since or EVER) for held in change.voided),
            *((held, change.since) for held in change.shifted),
        )
    ]
    nothing = {"ended_recorded_at": None, "ended_by": None}
    again = [
        {"of": held.id, "until": held.until, **nothing}
        for change in changes
        for held in change.restored
    ]
    rows = [
        row
        for change in changes
        for row in _rows(pen, change.project, change.item, change.begun, change.since)
    ]
    plain = plainly(pen.session)
    for dated in (ends, again):
        if dated:
            plain.execute(_DATING_LETTERS, dated)
    if rows:
        plain.execute(adding(AssignmentRow), rows)


def write(pen: Pen, change: RolesChanged) -> None:
    end(pen, change.ended, change.since)
    for held in change.voided:
        _date(pen, held, held.since or EVER, pen.now, pen.actor.person_id)
    for held in change.shifted:
        _date(pen, held, change.since, pen.now, pen.actor.person_id)
    restore(pen, change.restored)
    begin(pen, change.project, change.item, change.begun, change.since)


def end(pen: Pen, letters: Sequence[Assignment], since: datetime | None) -> None:
    for held in letters:
        _date(pen, held, _end(held, since), pen.now, pen.actor.person_id)


def restore(pen: Pen, letters: Sequence[Assignment]) -> None:
    """Give letters back as they were, with their own beginning and end."""
    for held in letters:
        _date(pen, held, held.until, None, None)


def _end(held: Assignment, since: datetime | None) -> datetime | None:
    """When a letter ends that gives way at `since`; one that began later never held."""
    return max(held.since, since) if held.since and since else since


def _date(
    pen: Pen, held: Assignment, until: datetime | None, at: datetime | None, by: int | None
) -> None:
    values = {"of": held.id, "until": until, "ended_recorded_at": at, "ended_by": by}
    plainly(pen.session).execute(_DATING_LETTER, values).one()


def begin(
    pen: Pen, project: int, item: int, seats: tuple[Seat, ...], since: datetime | None
) -> None:
    """Let people sit on the letters of an item from `since` on."""
    if rows := _rows(pen, project, item, seats, since):
        plainly(pen.session).execute(adding(AssignmentRow), rows)


def _rows(
    pen: Pen, project: int, item: int, seats: tuple[Seat, ...], since: datetime | None
) -> list[dict[str, Any]]:
    return [
        {
            "project_id": project,
            "item_id": item,
            "letter": seat.letter.value,
            "since": since,
            "until": seat.until,
            **holder_columns(seat.holder),
            **pen.recorded(),
            "message": pen.actor.message,
        }
        for seat in seats
    ]


def holder_columns(holder: Holder) -> dict[str, Any]:
    """A holder as the columns of an assignment."""
    none: dict[str, Any] = {
        "person_id": None,
        "vacant_role": None,
        "requisition": None,
        "group_id": None,
        "group_handle": None,
        "was_id": None,
    }
    match holder:
        case PersonHolder(person=person):
            return none | {"person_id": person}
        case Vacancy(role=role, requisition=requisition, was=was):
            return none | {"vacant_role": role, "requisition": requisition, "was_id": was}
        case Group(slack_id=slack_id, handle=handle):
            return none | {"group_id": slack_id, "group_handle": handle}
