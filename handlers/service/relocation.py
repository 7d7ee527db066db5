"""A whole database moved into another one, for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.errors import Unavailable
from handlers.service.records import Records, is_no_database, named, shown
from storage import relocation
from storage.database import Database
from storage.relocation import Moved, NotMoved, Progress

__all__ = ["Moved", "NotMoved", "Progress", "move"]

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite writes: the file, and others named like it."""


def move(records: Records, url: str, progress: Progress) -> Moved:
    """Copy everything into an empty database. Raises `NotMoved`, with nothing left there, and
    `BadSettings` for a URL that names no database.
    """
    parsed = named(url, "The target")
    if records.is_empty():
        raise NotMoved("The source holds nothing yet: there is nothing to move.")
    with _opened(url, parsed) as target:
        return relocation.move(records.database, target, progress)


@contextmanager
def _opened(url: str, parsed: URL) -> Iterator[Database]:
    """The target, reached; a file that was made for it goes again where nothing was moved."""
    file = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    is_new = file is not None and not file.exists()
    try:
        target = Database(url)
    except OSError as error:
        why = error.strerror or "no reason given"
        raise NotMoved(f"The folder of {shown(parsed)} cannot be made: {why}.") from error
    try:
        _reach(target, parsed)
        yield target
    except BaseException:
        target.close()
        if file is not None and is_new:
            for ending in BESIDE:
                Path(f"{file}{ending}").unlink(missing_ok=True)
        raise
    target.close()


def _reach(target: Database, parsed: URL) -> None:
    try:
        target.answers()
    except Unavailable as error:
        raise NotMoved(
            f"{shown(parsed)} does not answer: check that it is there, and lets this user in."
        ) from error
    except DatabaseError as error:
        if is_no_database(error) or isinstance(error, OperationalError):
            raise NotMoved(f"{shown(parsed)} is no SQLite database: name another one.") from error
        raise
