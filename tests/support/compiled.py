"""What one test had compiled is not compiled again for the next one.

Each test opens a database, and so an engine, of its own; but all SQLite files are spoken to in the
same words, and so are all databases of a PostgreSQL server. So their engines keep what they compile
in one place, as the engine of a process that serves keeps it for as long as that process lives.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

ROOM = 3_000
"""Statements; of all that Charter says, with every form of their lists."""

_compiled: LRUCache[Any, Any] = LRUCache(ROOM)


class Alike:
    """A dialect that stands for any other of its kind: a statement is kept with who speaks it."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled)


class Sqlite(Alike, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class Psycopg(Alike, PGDialect_psycopg):
    supports_statement_cache = True


def pytest_configure() -> None:
    """From here on these are who SQLAlchemy finds for a URL."""
    registry.register("sqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Psycopg.__name__)
