"""A whole database into another one, from SQLite or PostgreSQL to either: all of it or nothing.

The source is read as it is at one moment and the target written in one transaction, its tables
included. Before that is committed, both are held against each other: how many rows each table has,
what is in them, and what the record's hash chains say. The source is then read once more: whatever
was written there meanwhile would be lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from sqlalchemy import Connection, inspect, select
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError
from sqlmodel import Session

from storage import audit, contents, migrate, numbers
from storage.contents import Content, Reckoning
from storage.database import Database, plainly

KEPT_BY_ALEMBIC = "alembic_version"

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many rows of how many."""


class NotMoved(Exception):
    """Nothing was moved, and nothing is left in the target; `str()` says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What stands in the target now, held against the source."""

    tables: Mapping[str, Content]
    record: audit.Verified

    @property
    def rows(self) -> int:
        return sum(content.rows for content in self.tables.values())


def move(source: Database, target: Database, progress: Progress) -> Moved:
    """Copy everything. Raises `NotMoved`, and `Unavailable` where one of them does not answer."""
    try:
        with source.read() as reading, target.begin() as writing:
            there, here = plainly(reading), plainly(writing)
            _make_room(here)
            copied = _copy(there, here, progress)
            record = audit.verify(reading)
            _compare(copied, record, writing, progress)
            _still_so(source, copied, progress)
            return Moved(copied, record)
    except (DataError, IntegrityError) as error:
        raise NotMoved("The target does not take a row as it stands in the source.") from error
    except ProgrammingError as error:
        raise NotMoved("The target does not let this user make tables.") from error


def _make_room(target: Connection) -> None:
    """The newest schema, with nothing in it."""
    present = set(inspect(target).get_table_names())
    known = {table.name for table in contents.tables()}
    if present - known - {KEPT_BY_ALEMBIC}:
        _not_empty()
    if present:
        if migrate.version(target) != migrate.revisions()[-1]:
            _not_empty()
        for table in contents.tables():
            if target.execute(select(table).limit(1)).first():
                _not_empty()
    migrate.build(target)


def _not_empty() -> NoReturn:
    raise NotMoved("The target is not empty: name a new database, nothing is overwritten.")


def _copy(source: Connection, target: Connection, progress: Progress) -> dict[str, Content]:
    """Every row of every table; gives what was read."""
    done, total = 0, contents.counted(source)
    found = {}
    for table in contents.tables():
        reckoning = Reckoning()
        for rows in contents.batches(source, table):
            reckoning.add(rows)
            target.execute(table.insert(), [dict(row) for row in rows])
            done += len(rows)
            progress("copying", done, total)
        found[table.name] = reckoning.content()
    numbers.go_on(target, contents.tables())
    return found


def _compare(
    copied: Mapping[str, Content], record: audit.Verified, target: Session, progress: Progress
) -> None:
    """Hold what stands in the target against what was read."""
    found = _contents(plainly(target), progress)
    for name, content in copied.items():
        if found[name].rows != content.rows:
            raise NotMoved(
                f"The table {name} has {found[name].rows} rows in the target and {content.rows} "
                "in the source: nothing was moved."
            )
    if different := [name for name in copied if found[name] != copied[name]]:
        raise NotMoved(f"The table {different[0]} came out otherwise in the target than it was.")
    if audit.verify(target) != record:
        raise NotMoved("The record's hash chain says otherwise in the target than in the source.")


def _still_so(source: Database, copied: Mapping[str, Content], progress: Progress) -> None:
    """Whether nobody wrote to the source since it was read."""
    with source.read() as session:
        found = _contents(plainly(session), progress)
    if changed := [name for name in copied if found[name] != copied[name]]:
        raise NotMoved(
            f"Somebody wrote to the source meanwhile ({', '.join(changed[:3])}): stop Charter, "
            "then move it again."
        )


def _contents(connection: Connection, progress: Progress) -> dict[str, Content]:
    tables = contents.tables()
    found = {}
    for number, table in enumerate(tables, start=1):
        found[table.name] = contents.content(connection, table)
        progress("checking", number, len(tables))
    return found
