"""Queries about projects that wait to be confirmed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import Session

from bot.reviews import Review
from storage.database import plainly
from storage.statements import adding_for_keys
from storage.tables import ProjectRow, ReviewRow, columns, table_of

_IS, _ASKED = columns(ProjectRow), columns(ReviewRow)
_STANDING = (
    select(
        _IS.id,
        _IS.created_at,
        _IS.review_days,
        func.max(_ASKED.answered_at).label("answered_at"),
        func.max(case((_ASKED.source == "clock", _ASKED.recorded_at))).label("asked_at"),
    )
    .select_from(table_of(ProjectRow))
    .outerjoin(table_of(ReviewRow), _ASKED.project_id == _IS.id)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.archived_at.is_(None),
        _IS.group_id.is_(None),
    )
    .group_by(_IS.id, _IS.created_at, _IS.review_days)
    .order_by(_IS.id)
)


def standing(session: Session, workspace: int) -> Iterator[tuple[int, Review, datetime | None]]:
    """Open projects, how each stands, and when somebody was last asked by the clock."""
    for row in plainly(session).execute(_STANDING, {"workspace": workspace}):
        yield row.id, review(row), row.asked_at


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
