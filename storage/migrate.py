"""Migrations, driven from code."""

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


def is_current(database: Database) -> bool:
    """Whether the schema is the newest one."""
    with database.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(_config("")).get_current_head()
