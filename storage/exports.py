"""What a workbook tells besides the projects themselves: their lines of the record, in bulk.

Statements are built once, and their number does not grow with the projects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Date, Integer, bindparam, func, or_, select
from sqlmodel import Session

from bot.exports.material import Attended
from bot.standups import State
from storage.database import plainly
from storage.tables import AuditRow, AuditTextRow, HistoryRow, StandupRow, columns, table_of

_LINE, _TEXT, _PAST = columns(AuditRow), columns(AuditTextRow), columns(HistoryRow)
_ENTRY = columns(StandupRow)
_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)
_MOST = bindparam("most", type_=Integer)

_RECENT = (
    select(
        _LINE.at,
        _LINE.project_id,
        _LINE.item_id,
        _LINE.actor_id,
        _LINE.surface,
        _TEXT.summary,
    )
    .join_from(table_of(AuditRow), table_of(AuditTextRow), _TEXT.audit_id == _LINE.id, isouter=True)
    .where(
        _LINE.workspace_id == bindparam("workspace"),
        _LINE.project_id.in_(_PROJECTS),
        or_(_TEXT.summary.is_(None), _TEXT.summary != ""),
    )
    .order_by(_LINE.seq.desc())
    .limit(_MOST)
)
_BEFORE = (
    select(
        _PAST.day,
        _PAST.project_id,
        _PAST.item_key,
        _PAST.by_id,
        _PAST.summary,
        _PAST.before,
        _PAST.after,
    )
    .where(_PAST.workspace_id == bindparam("workspace"), _PAST.project_id.in_(_PROJECTS))
    .order_by(_PAST.day.desc(), _PAST.id.desc())
    .limit(_MOST)
)

_ENDED = (
    select(_ENTRY.project_id, _ENTRY.day, _ENTRY.state, func.count())
    .where(
        _ENTRY.workspace_id == bindparam("workspace"),
        _ENTRY.project_id.in_(_PROJECTS),
        _ENTRY.day >= bindparam("first", type_=Date()),
        _ENTRY.day <= bindparam("last", type_=Date()),
    )
    .group_by(_ENTRY.project_id, _ENTRY.day, _ENTRY.state)
    .order_by(_ENTRY.project_id, _ENTRY.day, _ENTRY.state)
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record. `summary` is empty where the words were erased."""

    at: datetime
    project: int
    item: int | None
    by: int | None
    surface: str
    summary: str


@dataclass(frozen=True, slots=True)
class Past:
    """A change from before the record, as a document told it."""

    day: date
    project: int
    item_key: str | None
    by: int | None
    summary: str
    before: str | None
    after: str | None


def recent(session: Session, workspace: int, projects: Sequence[int], most: int) -> list[Line]:
    """The last lines about these projects that say something, newest first."""
    asked = {"workspace": workspace, "projects": list(projects), "most": most}
    return [
        Line(at, project, item, by, surface, summary or "")
        for at, project, item, by, surface, summary in plainly(session).execute(_RECENT, asked)
    ]


def past(session: Session, workspace: int, projects: Sequence[int], most: int) -> list[Past]:
    """What changed in these projects before the record began, newest first."""
    asked = {"workspace": workspace, "projects": list(projects), "most": most}
    return [Past(*row) for row in plainly(session).execute(_BEFORE, asked)]


def attended(
    session: Session, workspace: int, projects: Sequence[int], first: date, last: date
) -> list[Attended]:
    """How many standups came to which end, by project and day; both days count."""
    asked = {
        "workspace": workspace,
        "projects": list(projects),
        "first": first,
        "last": last,
    }
    return [
        Attended(project, day, State(state), count)
        for project, day, state, count in plainly(session).execute(_ENDED, asked)
    ]
