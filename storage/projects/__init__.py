"""Queries about projects: one project as a snapshot at a moment, and names for the index."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from bot.project import Project
from storage.projects.letters import assignment
from storage.projects.sheet import Sheet, Snapshot
from storage.tables import ProjectRow, columns

__all__ = ["Snapshot", "assignment", "keyed", "one", "read"]


def read(session: Session, projects: Sequence[int], at: datetime) -> dict[int, Snapshot]:
    """Projects by id, as they are at `at` (aware)."""
    if not projects:
        return {}
    sheet = Sheet(session, projects, at)
    return {row["id"]: sheet.project(row) for row in sheet.projects}


def one(session: Session, project: int, at: datetime) -> Project | None:
    found = read(session, [project], at).get(project)
    return found.project if found else None


def keyed(session: Session, workspace: int, key: str, at: datetime) -> Project:
    """The project of that key, which must exist."""
    row = columns(ProjectRow)
    found = select(row.id).where(row.workspace_id == workspace, row.key == key)
    project = one(session, session.execute(found).scalar_one(), at)
    assert project is not None
    return project
