"""Migrations, driven from code.

Alembic is asked for only where something is to be migrated: with all that it brings along it would
take a tenth of the time in which a command starts.
"""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def _config(**reached: object) -> "Config":
    """`reached` says by what the database is: its `url`, or an open `connection`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix().replace("%", "%%"))
    config.attributes.update(reached)
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to the newest schema (or to `revision`); does nothing if it is there."""
    from alembic import command

    command.upgrade(_config(url=url), revision)


def build(connection: Connection) -> None:
    """The newest schema, as a part of the transaction that is open on this connection."""
    from alembic import command

    command.upgrade(_config(connection=connection), "head")


def check(url: str) -> None:
    """Raise if the tables in code and the migrated schema differ."""
    from alembic import command

    command.check(_config(url=url))


class Schema(Enum):
    """A database's schema beside the one that this code knows."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def revision(database: Database) -> str | None:
    """Which revision a database is at; None where it has no tables. Waits for no writer."""
    with database.engine.connect() as connection:
        return version(connection)


def version(connection: Connection) -> str | None:
    """The same, within a transaction."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
    return found.scalar_one_or_none()


def schema(database: Database) -> Schema:
    """What schema a database has. Only reads, so it waits for no writer."""
    present = revision(database)
    if present is None:
        return Schema.NONE
    known = revisions()
    if present == known[-1]:
        return Schema.CURRENT
    return Schema.OLDER if present in known else Schema.NEWER


def revisions() -> list[str]:
    """All that there are, from the first to the newest: a migration's file begins with its own."""
    names = sorted(path.name for path in (FOLDER / "versions").glob("[0-9]*.py"))
    return [name.partition("_")[0] for name in names]


def is_current(database: Database) -> bool:
    """Whether the schema is the newest one."""
    return schema(database) is Schema.CURRENT
