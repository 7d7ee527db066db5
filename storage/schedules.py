"""What comes again and again, and whose turn it is to see to it.

A row that is due is claimed with a lease, in batches; what it brings about and its next time are
written in one transaction by the one who holds the lease. So each slot has its effect once, however
many replicas there are, and one that dies in between is replaced when its lease is over.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row as Result
from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import Session

from bot.recurrence import Recurrence, latest, next_after, recalled, stored
from storage.database import plainly
from storage.statements import adding
from storage.tables import ScheduleRow, columns, table_of

_TABLE = table_of(ScheduleRow)
_IS = columns(ScheduleRow)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A slot of a schedule that is due: the latest one that is not in the future.

    `first` is the earliest one that nobody has seen to; it is `slot` unless several went by.
    """

    id: int
    workspace: int
    key: str
    kind: str
    subject: int
    person: int | None
    first: datetime
    slot: datetime
    recurrence: Recurrence


@dataclass(frozen=True, slots=True)
class Coming:
    """When something comes: at these times, and next; that may be another one, where it was put
    off.
    """

    times: Recurrence
    next_at: datetime


_KEYED = select(_TABLE).where(
    _IS.workspace_id == bindparam("workspace"), _IS.key == bindparam("of")
)
_CLAIMABLE = (
    select(_IS.id)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.next_run_at <= bindparam("now"),
        _IS.kind.not_in(bindparam("besides", expanding=True)),
        or_(
            _IS.lease_until.is_(None),
            _IS.lease_until <= bindparam("now"),
            _IS.lease_until > bindparam("longest", type_=_IS.lease_until.type),
        ),
    )
    .order_by(_IS.next_run_at, _IS.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(_TABLE)
    .where(_IS.id.in_(_CLAIMABLE.scalar_subquery()))
    .values(owner=bindparam("by"), lease_until=bindparam("until"))
    .returning(_TABLE)
)
_HELD = (
    select(_IS.id)
    .where(
        _IS.id == bindparam("of"),
        _IS.owner == bindparam("by"),
        _IS.next_run_at <= bindparam("slot"),
    )
    .with_for_update()
)
_RENEW = (
    update(_TABLE)
    .where(
        _IS.id == bindparam("of"),
        _IS.owner == bindparam("by"),
        _IS.next_run_at <= bindparam("slot"),
    )
    .values(lease_until=bindparam("until"))
    .returning(_IS.id)
)
_TO_COME = (
    select(_IS.id)
    .where(
        _IS.workspace_id.in_(bindparam("workspaces", expanding=True)),
        _IS.key == bindparam("of"),
        _IS.next_run_at > bindparam("at"),
    )
    .order_by(_IS.id)
    .with_for_update()
)
_BRING_FORWARD = (
    update(_TABLE).where(_IS.id.in_(_TO_COME.scalar_subquery())).values(next_run_at=bindparam("at"))
)
_NEXT_DUE = select(func.min(_IS.next_run_at)).where(
    _IS.workspace_id == bindparam("workspace"),
    _IS.kind.not_in(bindparam("besides", expanding=True)),
)


def put(
    session: Session,
    workspace: int,
    key: str,
    kind: str,
    subject: int,
    recurrence: Recurrence,
    now: datetime,
    person: int | None = None,
    first: datetime | None = None,
) -> None:
    """Let something come at these times from now on, or (`first`) then, and at these times later.
    Where it does already, nothing changes.
    """
    plain = plainly(session)
    known = plain.execute(_KEYED, {"workspace": workspace, "of": key}).first()
    about = {"kind": kind, "subject": subject, "person_id": person}
    times = {"recurrence": stored(recurrence), "next_run_at": first or next_after(recurrence, now)}
    if known is None:
        row = {"workspace_id": workspace, "key": key, **about, **times}
        plain.execute(adding(ScheduleRow), row)
    elif known.recurrence != times["recurrence"]:
        free = {"owner": None, "lease_until": None}
        plain.execute(
            update(_TABLE).where(_IS.id == known.id).values(**about, **times, **free),
        )
    elif any(getattr(known, name) != value for name, value in about.items()):
        plain.execute(update(_TABLE).where(_IS.id == known.id).values(**about))


def drop(session: Session, workspace: int, keys: Iterable[str]) -> None:
    """Let these come no more."""
    if gone := list(keys):
        plainly(session).execute(
            delete(_TABLE).where(_IS.workspace_id == workspace, _IS.key.in_(gone))
        )


def about(
    session: Session, workspace: int, kinds: Collection[str], subjects: Collection[int]
) -> dict[int, dict[str, Coming]]:
    """When the schedules of these kinds come that are about these subjects, by subject and key."""
    wanted = select(_IS.subject, _IS.key, _IS.recurrence, _IS.next_run_at).where(
        _IS.workspace_id == workspace, _IS.kind.in_(kinds), _IS.subject.in_(subjects)
    )
    found: dict[int, dict[str, Coming]] = {}
    for subject, key, recurrence, next_at in plainly(session).execute(wanted):
        found.setdefault(subject, {})[key] = Coming(recalled(recurrence), next_at)
    return found


def of_person(
    session: Session, workspace: int, kind: str, person: int, until: datetime
) -> list[Occurrence]:
    """What comes next of the schedules of this kind that are about somebody, up to a moment."""
    wanted = (
        select(_TABLE)
        .where(
            _IS.workspace_id == workspace,
            _IS.person_id == person,
            _IS.kind == kind,
            _IS.next_run_at <= until,
        )
        .order_by(_IS.next_run_at, _IS.id)
    )
    return [_occurrence(row, row.next_run_at) for row in plainly(session).execute(wanted)]


def subjects(session: Session, workspace: int, kind: str, person: int) -> list[int]:
    """What the schedules of this kind that are for somebody are about."""
    wanted = (
        select(_IS.subject)
        .where(_IS.workspace_id == workspace, _IS.person_id == person, _IS.kind == kind)
        .order_by(_IS.subject)
    )
    return list(plainly(session).execute(wanted).scalars())


def claim(
    session: Session,
    workspace: int,
    owner: str,
    now: datetime,
    lease: timedelta,
    most: int,
    besides: Collection[str] = (),
) -> list[Occurrence]:
    """Take what is due and free, but for these kinds, for as long as the lease; the longest due
    first.
    """
    # A lease that ends after any that could be given was given by a clock that was put back since.
    until = now + lease
    asked = {"workspace": workspace, "by": owner, "now": now, "most": most}
    asked["besides"] = list(besides)
    asked |= {"until": until, "longest": until + lease}
    taken = plainly(session).execute(_CLAIM, asked).all()
    return [_occurrence(row, now) for row in sorted(taken, key=_by_time)]


def _by_time(row: Result[Any]) -> tuple[datetime, int]:
    return row.next_run_at, row.id


def _occurrence(row: Result[Any], now: datetime) -> Occurrence:
    recurrence = recalled(row.recurrence)
    return Occurrence(
        id=row.id,
        workspace=row.workspace_id,
        key=row.key,
        kind=row.kind,
        subject=row.subject,
        person=row.person_id,
        first=row.next_run_at,
        slot=max(latest(recurrence, now), row.next_run_at),
        recurrence=recurrence,
    )


def holds(session: Session, occurrence: Occurrence, owner: str) -> bool:
    """Whether the slot is still to be seen to by `owner`; keeps others off until the end of the
    transaction.
    """
    asked = {"of": occurrence.id, "by": owner, "slot": occurrence.slot}
    return plainly(session).execute(_HELD, asked).first() is not None


def renew(session: Session, occurrence: Occurrence, owner: str, until: datetime) -> bool:
    """Let the lease of `owner` end then; whether the slot is still theirs to see to."""
    asked = {"of": occurrence.id, "by": owner, "slot": occurrence.slot, "until": until}
    return plainly(session).execute(_RENEW, asked).first() is not None


def advance(session: Session, occurrence: Occurrence, now: datetime, *, missed: bool) -> None:
    """The slot was seen to, or (`missed`) found too late; the next one is the first after now."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == occurrence.id)
        .values(
            {
                "next_run_at": next_after(occurrence.recurrence, max(now, occurrence.slot)),
                "owner": None,
                "lease_until": None,
                "missed_at" if missed else "ran_at": occurrence.slot,
            }
        )
    )


def hasten(
    session: Session, workspace: int, kind: str, of: str, people: Collection[int], now: datetime
) -> None:
    """Let the schedules of one kind come now that are about the same as those of another which
    are for these people.
    """
    theirs = select(_IS.subject).where(
        _IS.workspace_id == workspace, _IS.kind == of, _IS.person_id.in_(people)
    )
    plainly(session).execute(
        update(_TABLE)
        .where(
            _IS.workspace_id == workspace,
            _IS.kind == kind,
            _IS.next_run_at > now,
            _IS.subject.in_(theirs),
        )
        .values(next_run_at=now)
    )


def bring_forward(session: Session, workspaces: Collection[int], key: str, at: datetime) -> None:
    """Let something that comes later there come at a moment already; then it goes on as usual."""
    if workspaces:
        asked = {"workspaces": list(workspaces), "of": key, "at": at}
        plainly(session).execute(_BRING_FORWARD, asked)


def put_off(session: Session, occurrence: Occurrence, until: datetime) -> None:
    """Let a slot that was seen to come once more, later; then it goes on as usual."""
    plainly(session).execute(
        update(_TABLE).where(_IS.id == occurrence.id).values(next_run_at=until)
    )


def next_of(session: Session, workspace: int, keys: Collection[str]) -> dict[str, datetime]:
    """When these come next, by key; nothing of those that do not come."""
    wanted = select(_IS.key, _IS.next_run_at).where(
        _IS.workspace_id == workspace, _IS.key.in_(keys)
    )
    return {row.key: row.next_run_at for row in plainly(session).execute(wanted)}


def skip(session: Session, workspace: int, now: datetime) -> None:
    """What was due by now comes the next time; nothing is caught up with."""
    plain = plainly(session)
    due = select(_IS.id, _IS.recurrence).where(
        _IS.workspace_id == workspace, _IS.next_run_at <= now
    )
    for key, recurrence in plain.execute(due).all():
        after = next_after(recalled(recurrence), now)
        plain.execute(update(_TABLE).where(_IS.id == key).values(next_run_at=after))


def next_due(session: Session, workspace: int, besides: Collection[str] = ()) -> datetime | None:
    """When something is due next, but for these kinds; in the past where it is due already."""
    asked = {"workspace": workspace, "besides": list(besides)}
    due: datetime | None = plainly(session).execute(_NEXT_DUE, asked).scalar()
    return due
