"""Counts work that is the same on every machine: what a database is asked, what is called."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

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


def calls(deed: Callable[[], object], under: str = "") -> Counter[str]:
    """How often each function is called for something, by its name: of all, or of those in a folder
    and those that these call.
    """
    called: Counter[str] = Counter()

    def count(frame: FrameType, happened: str, called_one: Any) -> None:
        if under and under not in frame.f_code.co_filename:
            return
        if happened == "call":
            called[frame.f_code.co_qualname] += 1
        elif happened == "c_call":
            called[called_one.__qualname__] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        deed()
    finally:
        sys.setprofile(before)
    return called
