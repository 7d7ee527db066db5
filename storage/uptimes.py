"""When somebody kept the clock, and what was missed because nobody did."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot import lateness
from bot.lateness import RECALLED, TOLD_FROM, Downtime, Late, Missed, covering, downtimes
from storage.database import plainly
from storage.schedules import Occurrence
from storage.statements import adding
from storage.tables import MissedRow, UptimeRow, columns, table_of

_UP = columns(UptimeRow)
_MISSED = columns(MissedRow)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

_LAST = (
    select(_UP.id, _UP.until)
    .where(_UP.workspace_id == bindparam("workspace"))
    .order_by(_UP.until.desc(), _UP.id)
    .limit(1)
    .with_for_update()
)
_KEPT = select(_UP.since, _UP.until).where(_UP.workspace_id == bindparam("workspace"))
_BEFORE = bindparam("moment", type_=_UP.until.type)
_AROUND = union_all(
    _KEPT.where(_UP.until > _BEFORE),
    select(_KEPT.where(_UP.until <= _BEFORE).order_by(_UP.until.desc()).limit(1).subquery()),
)
"""Those that end after a moment, and the last one that ended before it."""


def keep(session: Session, workspace: int, now: datetime, *, is_moved: bool = False) -> None:
    """The clock is being kept at this moment; where it was moved to it by hand (`is_moved`), also
    all the time since the last one.
    """
    plain = plainly(session)
    last = plain.execute(_LAST, {"workspace": workspace}).first()
    if last is None or (now - last.until >= TOLD_FROM and not is_moved):
        row = {"workspace_id": workspace, "since": now, "until": now}
        plain.execute(adding(UptimeRow), row)
    elif now > last.until:
        plain.execute(update(table_of(UptimeRow)).where(_UP.id == last.id).values(until=now))


def downs(session: Session, workspace: int, since: datetime) -> tuple[Downtime, ...]:
    """When nobody kept it, as far as it reaches into the time since a moment."""
    asked = {"workspace": workspace, "moment": since}
    return downtimes((row.since, row.until) for row in plainly(session).execute(_AROUND, asked))


def late(session: Session, workspace: int, due: datetime, now: datetime) -> Late | None:
    """How what was due, and comes now, comes late; None where it comes in time."""
    if now - due < TOLD_FROM:
        return None
    return lateness.late(due, now, downs(session, workspace, due))


# What was missed


def miss(
    session: Session, occurrence: Occurrence, slots: Sequence[datetime], now: datetime
) -> None:
    """Write down slots of a schedule that somebody waited for in vain; each once."""
    plain = plainly(session)
    rows = [
        {
            "workspace_id": occurrence.workspace,
            "key": occurrence.key,
            "kind": occurrence.kind,
            "subject": occurrence.subject,
            "person_id": occurrence.person,
            "slot": slot,
            "found_at": now,
        }
        for slot in slots
    ]
    if rows:
        said = _INSERT[plain.dialect.name](table_of(MissedRow))
        once = said.on_conflict_do_nothing(index_elements=["workspace_id", "key", "slot"])
        plain.execute(once, rows)


def missed_of(
    session: Session, workspace: int, kinds: Collection[str], subject: int, now: datetime
) -> tuple[Missed, ...]:
    """What of one subject was missed lately, in the order of the slots."""
    wanted = _lately(workspace, now).where(_MISSED.kind.in_(kinds), _MISSED.subject == subject)
    return _explained(session, workspace, wanted)


def missed_by(session: Session, workspace: int, key: str, now: datetime) -> tuple[Missed, ...]:
    """What of one schedule was missed lately, in the order of the slots."""
    return _explained(session, workspace, _lately(workspace, now).where(_MISSED.key == key))


def missed(session: Session, workspace: int, now: datetime) -> tuple[Missed, ...]:
    """All that was missed lately, in the order of the slots."""
    return _explained(session, workspace, _lately(workspace, now))


def _lately(workspace: int, now: datetime) -> Select[*tuple[Any, ...]]:
    return (
        select(_MISSED.kind, _MISSED.subject, _MISSED.person_id, _MISSED.slot)
        .where(_MISSED.workspace_id == workspace, _MISSED.slot >= now - RECALLED)
        .order_by(_MISSED.slot, _MISSED.id)
    )


def _explained(
    session: Session, workspace: int, wanted: Select[*tuple[Any, ...]]
) -> tuple[Missed, ...]:
    found = plainly(session).execute(wanted).all()
    if not found:
        return ()
    without = downs(session, workspace, found[0].slot)
    return tuple(
        Missed(row.kind, row.subject, row.person_id, row.slot, covering(without, row.slot))
        for row in found
    )


def forget(session: Session, workspace: int, before: datetime) -> None:
    """Drop what ended before that."""
    plain = plainly(session)
    for table, there, at in (
        (table_of(UptimeRow), _UP.workspace_id, _UP.until),
        (table_of(MissedRow), _MISSED.workspace_id, _MISSED.slot),
    ):
        plain.execute(delete(table).where(there == workspace, at < before))
