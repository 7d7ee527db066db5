"""The versions of a scope: which cells each of them changed, by whom and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, select
from sqlmodel import Session

from bot.scope import Edit
from storage.database import plainly
from storage.tables import ScopeEditRow, columns

_EDIT = columns(ScopeEditRow)
_BETWEEN = (
    select(
        _EDIT.version,
        _EDIT.cell,
        _EDIT.before,
        _EDIT.after,
        _EDIT.set_by,
        _EDIT.recorded_at,
        _EDIT.source,
    )
    .where(
        _EDIT.project_id == bindparam("project", type_=Integer),
        _EDIT.version > bindparam("after_version", type_=Integer),
        _EDIT.version <= bindparam("up_to", type_=Integer),
    )
    .order_by(_EDIT.version, _EDIT.id)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One cell that a version changed. `by` None: the operator."""

    version: int
    edit: Edit
    by: int | None
    at: datetime
    source: str


def between(session: Session, project: int, after: int, up_to: int) -> Sequence[Kept]:
    """What the versions after `after`, up to `up_to`, have changed, oldest first."""
    asked = {"project": project, "after_version": after, "up_to": up_to}
    return [
        Kept(
            row.version,
            Edit(row.cell, row.before, row.after),
            row.set_by,
            row.recorded_at,
            row.source,
        )
        for row in plainly(session).execute(_BETWEEN, asked)
    ]
