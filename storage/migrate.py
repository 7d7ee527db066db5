"""Migrations, driven from code."""

from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database

FOLDER = Path(__file__).parent / "migrations"


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", FOLDER.as_posix().replace("%", "%%"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to the newest schema (or to `revision`); does nothing if it is there."""
    command.upgrade(_config(url), revision)


def check(url: str) -> None:
    """Raise if the tables in code and the migrated schema differ."""
    command.check(_config(url))


class Schema(Enum):
    """A database's schema beside the one that this code knows."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"


def schema(database: Database) -> Schema:
    """What schema a database has. Only reads, so it waits for no writer."""
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config(""))
    if present is None:
        return Schema.NONE
    if present == scripts.get_current_head():
        return Schema.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Schema.OLDER if present in known else Schema.NEWER


def is_current(database: Database) -> bool:
    """Whether the schema is the newest one."""
    return schema(database) is Schema.CURRENT
