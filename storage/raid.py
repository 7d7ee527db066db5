"""Queries about risks, assumptions, issues and dependencies."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, or_, select
from sqlmodel import Session

from bot.raid import RaidKind
from storage.database import plainly
from storage.tables import ProjectRow, RaidRow, columns, table_of

_IS, _OF = columns(RaidRow), columns(ProjectRow)
_LAST = select(func.max(_IS.number)).where(
    _IS.project_id == bindparam("project"), _IS.kind == bindparam("sort")
)
_PAST = (
    select(_IS.id, _IS.project_id, _IS.kind, _IS.number)
    .join_from(table_of(RaidRow), table_of(ProjectRow), _OF.id == _IS.project_id)
    .where(
        _OF.workspace_id == bindparam("workspace"),
        _OF.archived_at.is_(None),
        _IS.until.is_(None),
        _IS.closed.is_(False),
        _IS.due < bindparam("day"),
        or_(_IS.told_for.is_(None), _IS.told_for != _IS.due),
    )
    .order_by(_IS.project_id, _IS.id)
)


@dataclass(frozen=True, slots=True)
class Past:
    """An open entry of which nobody was told that its day has gone by, by its ids."""

    id: int
    project: int
    kind: RaidKind
    number: int


def next_number(session: Session, project: int, kind: RaidKind) -> int:
    """The number of a project's next entry of a kind, also behind one that was taken back; nobody
    else takes it while the ledger is open.
    """
    asked = {"project": project, "sort": kind.value}
    return (plainly(session).execute(_LAST, asked).scalar() or 0) + 1


def past(session: Session, workspace: int, day: date) -> list[Past]:
    """Those that were due before a day."""
    found = plainly(session).execute(_PAST, {"workspace": workspace, "day": day})
    return [Past(row.id, row.project_id, RaidKind(row.kind), row.number) for row in found]
