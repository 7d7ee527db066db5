"""What a use case is held against: the same statements by the driver alone, whose rows nobody looks
at.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import event, make_url

from storage.database import Database

Read = tuple[str, Any]


def timed(deed: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def computed(deed: Callable[[], object]) -> float:
    """Seconds of CPU, which a busy machine does not stretch: for what waits for nobody."""
    began = time.process_time()
    deed()
    return time.process_time() - began


def reads(database: Database, deed: Callable[[], object]) -> list[Read]:
    """The statements that a deed reads by, as the driver gets them."""
    found: list[Read] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return found


def opened(url: str) -> sqlite3.Connection:
    """The driver's own connection to an SQLite file."""
    return sqlite3.connect(str(make_url(url).database), isolation_level=None)


def again(connection: sqlite3.Connection, statements: Sequence[Read]) -> None:
    """These statements in one transaction."""
    connection.execute("BEGIN")
    for statement, values in statements:
        connection.execute(statement, values).fetchall()
    connection.execute("COMMIT")
