"""Transactions, and a database that is locked or away."""

from datetime import UTC, datetime

import pytest
from bot.errors import Unavailable
from sqlalchemy import insert
from sqlalchemy.exc import StatementError
from storage.database import Database
from storage.tables import Workspace

from storage import migrate
from tests.support.clock import T0


def test_the_schema_in_code_is_the_migrated_one(database_url: str) -> None:
    migrate.check(database_url)


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert not migrate.is_current(database)
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert migrate.is_current(database)
    database.close()


def test_a_locked_database_says_so_and_keeps_what_was_accepted(sqlite_url: str) -> None:
    holder, waiter = Database(sqlite_url), Database(sqlite_url)
    with holder.begin() as session:
        session.add(Workspace(name="first", created_at=T0))
        session.flush()
        with pytest.raises(Unavailable) as caught, waiter.begin():
            pass
        assert caught.value.what == "database"
    with waiter.begin() as session:
        session.add(Workspace(name="second", created_at=T0))
    with waiter.read() as session:
        assert [session.get_one(Workspace, key).name for key in (1, 2)] == ["first", "second"]
    holder.close()
    waiter.close()


def test_readers_never_wait_for_the_writer(database_url: str) -> None:
    database = Database(database_url)
    with database.begin() as writing:
        writing.add(Workspace(name="unseen", created_at=T0))
        writing.flush()
        with database.read() as reading:
            assert reading.get(Workspace, 1) is None
    database.close()


def test_a_database_that_is_away() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Unavailable), database.read() as session:
        session.get(Workspace, 1)
    database.close()


def test_moments_come_back_aware_and_naive_ones_are_refused(database_url: str) -> None:
    database = Database(database_url)
    with database.begin() as session:
        session.add(Workspace(name="x", created_at=T0.replace(microsecond=7)))
    with database.read() as session:
        back = session.get_one(Workspace, 1).created_at
    assert back == T0.replace(microsecond=7)
    assert back.tzinfo is UTC
    naive = datetime(2026, 1, 1)  # noqa: DTZ001 - the naive moment is the point
    row = {
        "name": "y",
        "created_at": naive,
        "enterprise_id": "",
        "revision": 0,
        "head": "",
        "meta": {},
    }
    with pytest.raises(StatementError, match="without a zone"), database.begin() as session:
        session.execute(insert(Workspace), [row])
    database.close()
