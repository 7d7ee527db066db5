"""Backups: everything that a database holds, for the operator."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from storage import backups
from storage.audit import Verified
from storage.backups import Backup, BadBackup
from storage.database import Database

__all__ = ["Backup", "BadBackup", "looked_at", "restore", "written"]


def written(database: Database, now: datetime) -> Iterator[str]:
    """The lines of a backup, of one moment, also while others write. Raises `Unavailable`."""
    with database.read() as session:
        yield from backups.lines(session, now)


def looked_at(lines: Iterable[str]) -> Backup:
    """What a backup holds. Raises `BadBackup` for what is none, or not whole."""
    return backups.looked_at(lines)


def restore(url: str, backup: Backup, lines: Iterable[str]) -> Verified:
    """Bring it into an empty database, all or nothing, and verify the record's hash chain there.

    Raises `BadBackup` where something stands there already.
    """
    return backups.restore(url, backup, lines)
