"""The record, opened: its database, migrated to the newest schema."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError
from sqlmodel import select

from bot.errors import Unavailable
from bot.setting_values import CONNECTIONS
from bot.settings import DATABASES, BadSetting, BadSettings
from storage import migrate, moments
from storage.database import Database
from storage.migrate import Schema
from storage.tables import Workspace


class BadDatabase(Exception):
    """A database that Charter cannot use; `str()` is ready to be shown."""


class Records:
    """A migrated database; one that is current already is not written to, and one of an older
    Charter only where that is wanted (`brings_forward`): it may be at work there still.

    Raises `Unavailable` where it does not answer, `BadDatabase` where it is none, or one of a newer
    or an older Charter, and `BadSettings` for a URL that names none.
    """

    def __init__(
        self, url: str, connections: int = CONNECTIONS, *, brings_forward: bool = True
    ) -> None:
        parsed = named(url)
        try:
            self.database = Database(url, connections)
        except OSError as error:
            why = error.strerror or "no reason given"
            raise BadDatabase(f"The folder of {shown(parsed)} cannot be made: {why}.") from error
        try:
            self._renew(url, brings_forward=brings_forward)
        except DatabaseError as error:
            self.close()
            if is_no_database(error):
                raise BadDatabase(
                    f"{shown(parsed)} is no SQLite database: check DATABASE_URL."
                ) from error
            if isinstance(error, OperationalError):
                raise Unavailable("database") from error
            raise
        except BaseException:
            self.close()
            raise

    def _renew(self, url: str, *, brings_forward: bool) -> None:
        match migrate.schema(self.database):
            case Schema.NEWER:
                raise BadDatabase(
                    "The database belongs to a newer Charter than this one: update Charter, or "
                    "point DATABASE_URL to another database."
                )
            case Schema.OLDER if not brings_forward:
                raise BadDatabase(
                    "The database has the schema of an older Charter: stop that wherever it runs, "
                    "and run `app.py migrate` first."
                )
            case Schema.NONE | Schema.OLDER:
                migrate.upgrade(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def is_empty(self) -> bool:
        """Whether there is no workspace yet."""
        with self.database.read() as session:
            return session.exec(select(Workspace.id)).first() is None

    def span(self) -> tuple[datetime, datetime] | None:
        """When the record began, and the latest moment in it; None while it is empty."""
        with self.database.read() as session:
            return moments.span(session)

    def close(self) -> None:
        self.database.close()


def named(url: str, by: str = "DATABASE_URL") -> URL:
    """The URL, taken apart. Raises `BadSettings` for one that names no database; `by` is where it
    stood.

    An SQLite database in memory is none: it would be gone before anybody could ask it.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.drivername not in DATABASES:
        wanted = "expected a URL such as sqlite:///var/charter.db or postgresql://HOST/NAME"
        raise BadSettings((BadSetting(by, wanted),))
    is_sqlite = parsed.get_backend_name() == "sqlite"
    if is_sqlite and (parsed.host or parsed.database in (None, "", ":memory:")):
        wanted = "expected the name of a file, as in sqlite:///var/charter.db"
        raise BadSettings((BadSetting(by, wanted),))
    return parsed


def shown(parsed: URL) -> str:
    """A database's address as it may be shown: without a password, wherever that stands in it."""
    hidden = {name: "hidden" for name in parsed.query if "password" in name.casefold()}
    return parsed.update_query_dict(hidden).render_as_string(hide_password=True)


def is_there(url: str) -> bool:
    """Whether there may be such a database: of an SQLite file, whether it exists."""
    parsed = named(url)
    return parsed.get_backend_name() != "sqlite" or os.path.exists(parsed.database or "")


@contextmanager
def looked_into(url: str) -> Iterator[Database | None]:
    """A database as it is, to be read alone; None where there is none of this version, or where it
    does not answer.
    """
    if not is_there(url):
        yield None
        return
    database = Database(url)
    try:
        yield database if _is_current(database) else None
    finally:
        database.close()


def _is_current(database: Database) -> bool:
    try:
        return migrate.is_current(database)
    except SQLAlchemyError:
        return False


def is_no_database(error: DatabaseError) -> bool:
    """Whether SQLite says so of the file."""
    return getattr(error.orig, "sqlite_errorname", "") == "SQLITE_NOTADB"
