"""Queries about projects that wait to be confirmed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from bot.reviews import Review
from storage.database import plainly
from storage.statements import adding_for_keys
from storage.tables import ProjectRow, ReviewRow, columns, table_of


@dataclass(frozen=True, slots=True)
class Standing:
    """How a project (id) stands that is open and not finished, when somebody was last asked by the
    clock, and whose it is.
    """

    project: int
    review: Review
    asked: datetime | None
    lead: int | None
    created_by: int | None


_IS, _ASKED = columns(ProjectRow), columns(ReviewRow)
_STANDING = (
    select(
        _IS.id,
        _IS.created_at,
        _IS.review_days,
        _IS.lead_id,
        _IS.created_by,
        func.max(_ASKED.answered_at).label("answered_at"),
        func.max(case((_ASKED.source == "clock", _ASKED.recorded_at))).label("asked_at"),
    )
    .select_from(table_of(ProjectRow))
    .outerjoin(table_of(ReviewRow), _ASKED.project_id == _IS.id)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.archived_at.is_(None),
        _IS.finished_at.is_(None),
        _IS.group_id.is_(None),
    )
    .group_by(_IS.id, _IS.created_at, _IS.review_days, _IS.lead_id, _IS.created_by)
    .order_by(_IS.id)
)
_STANDING_OF = _STANDING.where(_IS.id.in_(bindparam("projects", expanding=True)))


def standing(
    session: Session, workspace: int, projects: Collection[int] | None = None
) -> Iterator[Standing]:
    """The projects that may be asked about: all of them, or some of these."""
    asked: dict[str, Any] = {"workspace": workspace}
    statement = _STANDING
    if projects is not None:
        statement, asked["projects"] = _STANDING_OF, list(projects)
    for row in plainly(session).execute(statement, asked).all():
        yield Standing(row.id, review(row), row.asked_at, row.lead_id, row.created_by)


def review(row: Any) -> Review:
    """How a project stands, by its own row and the last answer."""
    return Review(row.answered_at or row.created_at, row.answered_at is not None, row.review_days)


def ask(session: Session, project: int, now: datetime) -> int:
    """Keep that somebody is asked; gives the number of the question."""
    row = {
        "project_id": project,
        "person_id": None,
        "recorded_at": now,
        "set_by": None,
        "source": "clock",
    }
    return plainly(session).execute(adding_for_keys(ReviewRow), row).scalar_one()
