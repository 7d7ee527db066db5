"""Databases for tests: each test gets an empty one of its own, like one that was migrated once.

Fixtures (URLs are SQLAlchemy's):
- `database_url`: migrated; the test runs on SQLite and on PostgreSQL.
- `empty_database_url`: the same with nothing in it, not even a schema.
- `sqlite_url`, `postgres_url`: migrated, on one of the two, for tests where the other adds nothing.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path

import pytest

from tests.support.postgres import Postgres, running

BOTH = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
)
POSTGRES_FIXTURES = frozenset({"postgres_server", "postgres_url", "postgres_template"})
TEMPLATE = "charter_template"
SERVINGS = 25

_numbers = count(1)

Maker = Callable[[], str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for PostgreSQL by name is marked `postgres`, so that nobody can forget it."""
    for item in items:
        if POSTGRES_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """The PostgreSQL server of this test session (of this worker, where several run)."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> str:
    """The name of a migrated database to copy."""
    from storage import migrate

    migrate.upgrade(postgres_server.create(TEMPLATE))
    return TEMPLATE


class Shelf:
    """Migrated, empty PostgreSQL databases. What a test hands back is emptied for the next one,
    much quicker than the template is copied. One that was changed otherwise, or has served often
    (rows that were taken out still take up room), is thrown away.
    """

    def __init__(self, server: Postgres, template: str) -> None:
        self._server = server
        self._template = template
        self._shape = server.shape(template)
        self._served: dict[str, int] = {}
        self._free: list[str] = []

    def take(self) -> str:
        if self._free:
            return self._free.pop()
        name = f"test_{next(_numbers)}"
        self._server.create(name, self._template)
        return name

    def put_back(self, name: str) -> None:
        served = self._served[name] = self._served.get(name, 0) + 1
        if served < SERVINGS and self._server.emptied(name, self._shape):
            self._free.append(name)
        else:
            self._server.drop(name)


@pytest.fixture(scope="session")
def postgres_shelf(postgres_server: Postgres, postgres_template: str) -> Shelf:
    return Shelf(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy; complete in itself, with no write-ahead log beside it."""
    from storage import migrate

    path = tmp_path_factory.mktemp("template") / "charter.db"
    migrate.upgrade(f"sqlite:///{path}")
    settled(path)
    return path


def settled(path: Path) -> None:
    """Let all that was written to an SQLite file be in it, and no log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of this test's own, on SQLite and on PostgreSQL."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(kind)
    return url


@pytest.fixture(params=BOTH)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database of this test's own without any table, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return _sqlite_url(request.getfixturevalue("tmp_path") / "empty.db")
    make: Maker = request.getfixturevalue("new_postgres")
    return make()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file of this test's own."""
    path = tmp_path / "charter.db"
    shutil.copyfile(sqlite_template, path)
    return _sqlite_url(path)


@pytest.fixture
def postgres_url(postgres_server: Postgres, postgres_shelf: Shelf) -> Iterator[str]:
    """A migrated, empty PostgreSQL database of this test's own."""
    name = postgres_shelf.take()
    try:
        yield postgres_server.url(name)
    finally:
        postgres_shelf.put_back(name)


@pytest.fixture
def new_postgres(postgres_server: Postgres) -> Iterator[Maker]:
    """Makes databases without any table, which go when the test ends."""
    with ExitStack() as stack:
        yield lambda: _create(postgres_server, stack)


def _create(server: Postgres, stack: ExitStack) -> str:
    name = f"test_{next(_numbers)}"
    url = server.create(name)
    stack.callback(server.drop, name)
    return url


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"
