"""A workspace, deleted with all that was kept of it.

First nothing leads to it any more, then its rows go table by table, in transactions of their own,
so that nobody waits long; its own row is the last. Whoever is killed in between leaves the rest to
the next one.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, delete, select, update
from sqlmodel import Session, SQLModel

from storage.belonging import rows_of
from storage.database import plainly
from storage.tables import Workspace, columns, table_of

_SPACE = columns(Workspace)


def cut_off(session: Session, workspace: int, now: datetime) -> None:
    """Let no team find it any more: one that comes back begins anew."""
    plainly(session).execute(
        update(table_of(Workspace))
        .where(_SPACE.id == workspace)
        .values(team_id=None, enterprise_id="", name="", meta={}, deleted_at=now)
    )


def cut_off_ones(session: Session) -> list[int]:
    """Those of which there may be rows left."""
    wanted = select(_SPACE.id).where(_SPACE.deleted_at.is_not(None)).order_by(_SPACE.id)
    return list(plainly(session).execute(wanted).scalars())


def tables() -> Iterator[Table]:
    """Those that hold rows of workspaces; what refers to a row stands before it."""
    for table in reversed(SQLModel.metadata.sorted_tables):
        if rows_of(table, 0) is not None or table is table_of(Workspace):
            yield table


def delete_rows(session: Session, table: Table, workspace: int) -> int:
    """Delete what one table holds of a workspace; gives how many rows that were."""
    where = _SPACE.id == workspace if table is table_of(Workspace) else rows_of(table, workspace)
    assert where is not None
    return plainly(session).execute(delete(table).where(where)).rowcount
