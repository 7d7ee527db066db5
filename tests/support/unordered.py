"""Rows come the other way round where nobody asked for an order, so that nothing leans on luck.

Without ``ORDER BY`` a database may give rows as it likes. SQLite gives them as they were written,
mostly; PostgreSQL does so until a row was written again. What passes by that luck fails one day.
"""

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry


@event.listens_for(Engine, "connect")
def turn_round(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Let every SQLite connection of this process give unordered rows backwards."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")
