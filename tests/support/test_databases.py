"""The databases that other tests build on."""

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from handlers.service import services
from storage.database import Database
from tests.support.clock import T0
from tests.support.databases import Shelf
from tests.support.postgres import Postgres


def _tables(url: str) -> set[str]:
    engine = create_engine(url, poolclass=NullPool)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _leave_a_mark(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mark (id INTEGER)"))
    engine.dispose()


def _value(url: str, query: str) -> object:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        value: object = connection.execute(text(query)).scalar_one()
    engine.dispose()
    return value


def test_a_database_is_migrated_and_a_tests_own(database_url: str) -> None:
    assert "alembic_version" in _tables(database_url)
    assert "mark" not in _tables(database_url)
    _leave_a_mark(database_url)
    assert "mark" in _tables(database_url)


def test_what_another_test_left_is_gone(database_url: str) -> None:
    """The same as above; in whichever order they run, one of them comes second."""
    test_a_database_is_migrated_and_a_tests_own(database_url)


def test_a_database_that_was_handed_back_is_as_new(
    postgres_server: Postgres, postgres_shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.databases.SERVINGS", 1_000)

    def served(deed: Callable[[str], None]) -> str:
        name = postgres_shelf.take()
        url = postgres_server.url(name)
        assert _value(url, "SELECT count(*) FROM workspaces") == 0
        with closing(Database(url)) as database:  # stays connected until it is sent home
            charter = services(database, lambda: T0)
            assert charter.workspaces.connect("T1", None, "Sample") == 1
            deed(url)
            postgres_shelf.put_back(name)
        return name

    first = served(lambda url: None)
    assert served(lambda url: None) == first
    assert served(_leave_a_mark) == first
    assert served(lambda url: None) != first


def test_an_empty_database_has_no_table(empty_database_url: str) -> None:
    assert _tables(empty_database_url) == set()
    _leave_a_mark(empty_database_url)


def test_an_empty_database_is_a_tests_own(empty_database_url: str) -> None:
    test_an_empty_database_has_no_table(empty_database_url)


def test_postgres_is_the_real_thing(postgres_url: str) -> None:
    assert str(_value(postgres_url, "SELECT version()")).startswith("PostgreSQL 18.")
    assert _value(postgres_url, "SHOW timezone") == "Asia/Kathmandu"
    assert _value(postgres_url, "SHOW listen_addresses") == ""


def test_sqlite_stays_in_wal_mode(sqlite_url: str) -> None:
    assert _value(sqlite_url, "PRAGMA journal_mode") == "wal"
