"""What was done of late, whoever did it; and the findings that stand.

As many statements for one project as for many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import BindParameter, bindparam, insert, select, update
from sqlmodel import Session

from bot.drift import Answer, Finding, Kept, Kind
from bot.standups import State
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import AuditRow, DriftRow, StandupRow, UserGroupRow, columns, table_of

_LINE = columns(AuditRow)
_ENTRY = columns(StandupRow)
_GROUP = columns(UserGroupRow)
_IS = columns(DriftRow)
_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: who did what to which item, None being the project itself."""

    project: int
    item: int | None
    person: int
    action: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said in a standup: about which items (None: the project at large), or, where
    only a document tells of it, about the item of this `key`.
    """

    project: int
    person: int
    at: datetime
    items: frozenset[int | None]
    key: str | None


_LINES = (
    select(_LINE.project_id, _LINE.item_id, _LINE.actor_id, _LINE.action, _LINE.at)
    .where(
        _LINE.workspace_id == bindparam("workspace"),
        _LINE.seq > bindparam("revision"),
        _LINE.at > bindparam("since", type_=UtcDateTime()),
        _LINE.project_id.in_(_PROJECTS),
        _LINE.actor_id.is_not(None),
        _LINE.undoes.is_(None),
    )
    .order_by(_LINE.seq)
)
_SAID = (
    select(
        _ENTRY.project_id,
        _ENTRY.person_id,
        _ENTRY.posted_at,
        _ENTRY.day,
        _ENTRY.said,
        _ENTRY.item_key,
    )
    .where(
        _ENTRY.project_id.in_(_PROJECTS),
        _ENTRY.day >= bindparam("day"),
        _ENTRY.state == State.POSTED.value,
    )
    .order_by(_ENTRY.id)
)


def lines(
    session: Session, workspace: int, projects: Sequence[int], revision: int, since: datetime
) -> Iterator[Line]:
    """What people did to these projects after a line of the record and a moment; but for what takes
    something back.
    """
    asked = {
        "workspace": workspace,
        "projects": list(projects),
        "revision": revision,
        "since": since,
    }
    return (Line(*row) for row in plainly(session).execute(_LINES, asked))


def said(session: Session, projects: Sequence[int], since: datetime) -> Iterator[Said]:
    """What was said in standups of these projects; a document tells the day alone, as noon."""
    asked = {"projects": list(projects), "day": since.date()}
    for row in plainly(session).execute(_SAID, asked):
        items = frozenset(line.get("item") for line in row.said)
        at = row.posted_at or _noon(row.day)
        yield Said(row.project_id, row.person_id, at, items, row.item_key)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def members(session: Session, workspace: int) -> Mapping[str, frozenset[str]]:
    """Who is in the user groups that are known, by Slack's ids."""
    wanted = select(_GROUP.slack_id, _GROUP.users).where(_GROUP.workspace_id == workspace)
    return {row.slack_id: frozenset(row.users) for row in plainly(session).execute(wanted)}


# --- findings -------------------------------------------------------------------------------------


def standing(session: Session, workspace: int) -> list[Kept]:
    """The findings that stand, the oldest first."""
    wanted = (
        select(table_of(DriftRow))
        .where(_IS.workspace_id == workspace, _IS.ended_at.is_(None))
        .order_by(_IS.id)
    )
    return [_kept(row) for row in plainly(session).execute(wanted).mappings()]


def one(session: Session, workspace: int, number: int) -> Kept | None:
    """A finding that stands, by its number."""
    return next((kept for kept in standing(session, workspace) if kept.id == number), None)


def keep(session: Session, workspace: int, found: Iterable[Finding], now: datetime) -> None:
    """Let these stand from now on."""
    rows = [
        {
            "workspace_id": workspace,
            "project_id": one.project,
            "item_id": one.item,
            "kind": one.kind.value,
            "person_id": one.person,
            "own": one.own,
            "traces": one.all,
            "found_at": now,
            "answer": Answer.NONE.value,
        }
        for one in found
    ]
    if rows:
        plainly(session).execute(insert(table_of(DriftRow)), rows)


def end(session: Session, keys: Sequence[int], now: datetime) -> None:
    """They are so no more."""
    _set(session, keys, ended_at=now)


def told(session: Session, keys: Sequence[int], now: datetime) -> None:
    """Whoever they name was told."""
    _set(session, keys, told_at=now)


def passed(session: Session, keys: Sequence[int], now: datetime) -> None:
    """Whoever can mend them was told."""
    _set(session, keys, passed_at=now)


def answer(session: Session, key: int, said: Answer, now: datetime) -> None:
    """Whoever it names says so."""
    _set(session, [key], answer=said.value, answered_at=now)


def _set(session: Session, keys: Sequence[int], **values: Any) -> None:
    if keys:
        wanted = update(table_of(DriftRow)).where(_IS.id.in_(keys)).values(**values)
        plainly(session).execute(wanted)


def _kept(row: Any) -> Kept:
    finding = Finding(
        Kind(row["kind"]),
        row["project_id"],
        row["item_id"],
        row["person_id"],
        row["own"],
        row["traces"],
    )
    return Kept(
        row["id"],
        finding,
        row["found_at"],
        row["told_at"],
        row["passed_at"],
        Answer(row["answer"]),
        row["answered_at"],
    )
