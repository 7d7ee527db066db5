"""A workspace, deleted with all that was kept of it.

First nothing leads to it any more, then its rows go table by table, some hundred in a transaction,
so that nobody waits long: what else refers to them is found by indexes
(`storage.tables.references`). Its own row is the last. Whoever is killed in between leaves the rest
to the next one.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Table, delete, select, tuple_, update
from sqlmodel import Session, SQLModel

from storage.belonging import rows_of
from storage.database import plainly
from storage.tables import Workspace, columns, table_of

_SPACE = columns(Workspace)

BATCH = 300
"""Rows that go in one transaction."""


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


def delete_some(session: Session, table: Table, workspace: int) -> bool:
    """Delete a batch of what one table holds of a workspace; False once there is no more."""
    where = _SPACE.id == workspace if table is table_of(Workspace) else rows_of(table, workspace)
    assert where is not None
    keys = tuple(table.primary_key.columns)
    some = select(*keys).where(where).limit(BATCH)
    key = keys[0] if len(keys) == 1 else tuple_(*keys)
    return plainly(session).execute(delete(table).where(key.in_(some))).rowcount == BATCH
