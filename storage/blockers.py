"""Blockers that last: which are open, and who has been told so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import BlockerRow, ProjectRow, columns, table_of

_IS, _OF = columns(BlockerRow), columns(ProjectRow)

_LASTING = (
    select(_IS.id, _IS.project_id, _IS.item_id)
    .join_from(table_of(BlockerRow), table_of(ProjectRow), _OF.id == _IS.project_id)
    .where(
        _OF.workspace_id == bindparam("workspace"),
        _OF.archived_at.is_(None),
        _IS.until.is_(None),
        _IS.escalated_at.is_(None),
        _IS.since <= bindparam("since", type_=UtcDateTime()),
    )
    .order_by(_IS.project_id, _IS.id)
)


@dataclass(frozen=True, slots=True)
class Lasting:
    """An open blocker that nobody has been told of since it opened, by its ids."""

    id: int
    project: int
    item: int


def lasting(session: Session, workspace: int, since: datetime) -> list[Lasting]:
    """Those that opened at `since` or before."""
    asked: dict[str, Any] = {"workspace": workspace, "since": since}
    return [Lasting(*row) for row in plainly(session).execute(_LASTING, asked)]


def untold(session: Session, keys: Sequence[int]) -> list[int]:
    """Those of these of which nobody has been told that they last."""
    wanted = select(_IS.id).where(_IS.id.in_(keys), _IS.escalated_at.is_(None)).order_by(_IS.id)
    return list(plainly(session).execute(wanted).scalars())
