"""Counts what a database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.database import Database


@contextmanager
def counted(database: Database, *, with_settings: bool = False) -> Iterator[list[str]]:
    """The statements that are run meanwhile; what a connection is set to only where asked for, for
    it is told that once.
    """
    statements: list[str] = []

    def note(*told: object) -> None:
        statement = str(told[2])
        if with_settings or not statement.startswith("PRAGMA"):
            statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
