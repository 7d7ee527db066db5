"""Queries about what was decided."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from bot.decisions import Decision
from storage.database import plainly
from storage.tables import DecisionRow, columns

_IS = columns(DecisionRow)
_DECISION = select(
    _IS.id,
    _IS.project_id,
    _IS.item_id,
    _IS.number,
    _IS.text,
    _IS.recorded_at,
    _IS.set_by,
    _IS.author_id,
    _IS.permalink,
    _IS.withdrawn_at,
    _IS.withdrawn_by,
    _IS.withdrawn_because,
)
_OF_PROJECT = _DECISION.where(_IS.project_id == bindparam("project")).order_by(_IS.number.desc())
_OF_PROJECTS = _DECISION.where(_IS.project_id.in_(bindparam("projects", expanding=True))).order_by(
    _IS.project_id, _IS.number.desc()
)
_NUMBERED = _DECISION.where(
    _IS.project_id == bindparam("project"), _IS.number == bindparam("numbered")
)
_OF_MESSAGE = _DECISION.where(
    _IS.workspace_id == bindparam("workspace"),
    _IS.channel == bindparam("channel_id"),
    _IS.ts == bindparam("at_ts"),
).order_by(_IS.id)
_LAST = select(func.max(_IS.number)).where(_IS.project_id == bindparam("project"))


def of_project(session: Session, project: int) -> Sequence[Decision]:
    """All decisions of a project, the latest first, those that were withdrawn too."""
    return _read(session, _OF_PROJECT, {"project": project})


def of_projects(session: Session, projects: Sequence[int]) -> dict[int, list[Decision]]:
    """The same of several projects, by their ids, in one statement."""
    found: dict[int, list[Decision]] = {}
    for one in _read(session, _OF_PROJECTS, {"projects": list(projects)}):
        found.setdefault(one.project, []).append(one)
    return found


def numbered(session: Session, project: int, number: int) -> Decision | None:
    found = _read(session, _NUMBERED, {"project": project, "numbered": number})
    return found[0] if found else None


def of_message(session: Session, workspace: int, channel: str, ts: str) -> Sequence[Decision]:
    """What was kept from a message, in whichever projects."""
    asked = {"workspace": workspace, "channel_id": channel, "at_ts": ts}
    return _read(session, _OF_MESSAGE, asked)


def next_number(session: Session, project: int) -> int:
    """The number of a project's next decision; nobody else takes it while the ledger is open."""
    return (plainly(session).execute(_LAST, {"project": project}).scalar() or 0) + 1


def _read(session: Session, statement: Any, asked: dict[str, Any]) -> list[Decision]:
    return [Decision(*row) for row in plainly(session).execute(statement, asked)]
