"""Queries about who is away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from bot.presence import Absence, Half, Told
from storage.database import plainly
from storage.tables import AbsenceRow, AuditRow, columns

KEPT_IN_SIGHT = timedelta(days=60)
"""What is over for longer matters to nothing that is still told or put right."""

_IS = columns(AbsenceRow)
_LINE = columns(AuditRow)
_MARK = select(_LINE.at).where(
    _LINE.workspace_id == bindparam("workspace"), _LINE.seq == bindparam("revision")
)
_STANDING = (
    select(*_IS)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.last_day >= bindparam("since"),
        or_(_IS.ended_on.is_(None), _IS.ended_on > _IS.first_day),
    )
    .order_by(_IS.first_day, _IS.id)
)

_BY_STATUS = (
    select(*_IS)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.person_id.in_(bindparam("people", expanding=True)),
        _IS.told == Told.STATUS.value,
        _IS.last_day >= bindparam("since"),
        or_(_IS.ended_at.is_(None), _IS.ended_by.is_not(None)),
    )
    .order_by(_IS.first_day, _IS.id)
)


def standing(session: Session, workspace: int, revision: int) -> Mapping[int, tuple[Absence, ...]]:
    """Who is, was or will be away, by person: all that counts since a while before the workspace
    came to this revision.
    """
    plain = plainly(session)
    at = plain.execute(_MARK, {"workspace": workspace, "revision": revision}).scalar()
    since = at.date() - KEPT_IN_SIGHT if at is not None else date.min
    found: dict[int, list[Absence]] = {}
    for row in plain.execute(_STANDING, {"workspace": workspace, "since": since}).mappings():
        found.setdefault(row["person_id"], []).append(_absence(row))
    return MappingProxyType({person: tuple(theirs) for person, theirs in found.items()})


@dataclass(frozen=True, slots=True)
class ByStatus:
    """What somebody's status in Slack has said and that is not over: what stands, and the last days
    of what somebody called off all the same.
    """

    standing: tuple[Absence, ...] = ()
    called_off: frozenset[date] = frozenset()


def by_status(
    session: Session, workspace: int, people: Collection[int], since: date
) -> Mapping[int, ByStatus]:
    """The same of several people, as far as it lasts until `since` or later."""
    asked = {"workspace": workspace, "people": list(people), "since": since}
    found: dict[int, ByStatus] = {}
    for row in plainly(session).execute(_BY_STATUS, asked).mappings():
        before = found.get(row["person_id"], ByStatus())
        if row["ended_at"] is None:
            now = replace(before, standing=(*before.standing, _absence(row)))
        else:
            now = replace(before, called_off=before.called_off | {row["last_day"]})
        found[row["person_id"]] = now
    return found


def _absence(row: Any) -> Absence:
    last = row["last_day"]
    if row["ended_on"] is not None:
        last = min(last, row["ended_on"] - timedelta(days=1))
    return Absence(
        person=row["person_id"],
        first=row["first_day"],
        last=last,
        half=Half(row["half"]),
        told=Told(row["told"]),
        id=row["id"],
        set_by=row["set_by"],
    )
