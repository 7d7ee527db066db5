"""One thing of many, done apart: what fails is taken back whole, and the others stay."""

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlmodel import Session

from handlers.service.apart import apart
from storage.database import Database, plainly


def put(session: Session, number: int) -> None:
    plainly(session).execute(text("INSERT INTO things VALUES (:number)"), {"number": number})


def half_done(session: Session) -> None:
    put(session, 2)
    raise RuntimeError("halfway")


def refused(session: Session) -> None:
    """What the database does not take, after which PostgreSQL takes nothing more."""
    put(session, 3)
    plainly(session).execute(text("INSERT INTO nowhere VALUES (1)"))


@pytest.mark.parametrize("fails", [half_done, refused])
def test_what_fails_is_taken_back_and_the_others_stay(
    database_url: str, fails: Callable[[Session], None]
) -> None:
    with closing(Database(database_url)) as database, database.begin() as session:
        plainly(session).execute(text("CREATE TEMPORARY TABLE things (number INTEGER)"))
        apart(session, lambda: put(session, 1), "the first")
        apart(session, lambda: fails(session), "one that fails")
        apart(session, lambda: put(session, 4), "the last")
        kept = plainly(session).execute(text("SELECT number FROM things ORDER BY number"))
        assert [row.number for row in kept] == [1, 4]
