"""Queries about the catalogue of job roles."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.roles import Catalogue, Role
from bot.roles import catalogue as made_of
from storage.database import plainly
from storage.tables import RoleRow, columns

_ROLE = columns(RoleRow)
_OWN = (
    select(_ROLE.key, _ROLE.title, _ROLE.does, _ROLE.stages, _ROLE.works_with, _ROLE.is_gone)
    .where(_ROLE.workspace_id == bindparam("workspace"), _ROLE.until.is_(None))
    .order_by(_ROLE.id)
)


def catalogue(session: Session, workspace: int) -> Catalogue:
    """The roles that a workspace has."""
    rows = plainly(session).execute(_OWN, {"workspace": workspace}).mappings().all()
    gone = [row["key"] for row in rows if row["is_gone"]]
    return made_of((_role(row) for row in rows if not row["is_gone"]), gone)


def _role(row: Any) -> Role:
    return Role(
        key=row["key"],
        title=row["title"],
        does=row["does"],
        stages=tuple(row["stages"]),
        works_with=tuple(row["works_with"]),
        is_own=True,
    )
