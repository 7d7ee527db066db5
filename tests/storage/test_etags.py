"""Answers kept with their marks: by key, the newest, and not for ever."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.sources.base import Kept
from storage import etags
from storage.database import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()


def test_the_newest_answer_is_kept(database: Database, T0: datetime) -> None:
    with database.begin() as session:
        assert etags.get(session, "a") is None
        etags.put(session, "a", Kept('W/"1"', "[]"), T0)
        etags.put(session, "b", Kept('"9"', "{}"), T0)
        etags.put(session, "a", Kept('W/"2"', '["new"]'), T0)
    with database.read() as session:
        assert etags.get(session, "a") == Kept('W/"2"', '["new"]')
        assert etags.get(session, "b") == Kept('"9"', "{}")


def test_old_answers_are_dropped(database: Database, T0: datetime) -> None:
    with database.begin() as session:
        etags.put(session, "old", Kept('"1"', "[]"), T0 - timedelta(days=2))
        etags.put(session, "new", Kept('"2"', "[]"), T0)
        assert etags.forget(session, T0 - timedelta(days=1)) == 1
        assert etags.get(session, "old") is None
        assert etags.get(session, "new") == Kept('"2"', "[]")
