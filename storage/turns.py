"""Turns that processes take on PostgreSQL where there is no row yet that they could lock.

SQLite needs none: there a transaction that writes is alone from its beginning.
"""

from typing import Final

from sqlalchemy import Connection, text

SCHEMA: Final = 0x43680001
"""Who migrates."""

FIRST_WORKSPACE: Final = 0x43680002
"""Who makes the first workspace."""

INSTALLATIONS: Final = 0x43680003
"""Who changes where Charter is installed."""

_TAKE: Final = text("SELECT pg_advisory_xact_lock(:turn)")


def take(connection: Connection, turn: int, *, patient: bool = False) -> None:
    """Hold a turn until the transaction ends; the next one waits for it.

    `patient` waits as long as it takes, others as long as for any lock.
    """
    if connection.dialect.name == "sqlite":
        return
    if patient:
        connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(_TAKE, {"turn": turn})
    if patient:
        connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
