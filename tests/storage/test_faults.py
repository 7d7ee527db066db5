"""A disk that is full, and a database that takes no writes for a while: told as such, nothing half
written, and over as soon as it is mended.
"""

from contextlib import closing

import pytest
from sqlalchemy import func
from sqlmodel import select

from bot.errors import Unavailable
from storage.database import Database
from storage.tables import Workspace
from tests.support.clock import T0


def write(database: Database, name: str) -> None:
    with database.begin() as session:
        session.add(Workspace(name=name, created_at=T0))
        session.flush()
        session.add(Workspace(name=name * 100_000, created_at=T0))


def there(database: Database) -> int:
    with database.read() as session:
        return session.exec(select(func.count()).select_from(Workspace)).one()


def let_all(database: Database, statement: str) -> None:
    """Tell it to every connection that the database keeps: it keeps one, since it was asked by
    one thread.
    """
    with closing(database.engine.raw_connection()) as kept:
        cursor = kept.cursor()
        cursor.execute(statement)
        cursor.close()
        kept.commit()


def test_a_full_disk_leaves_nothing_half_written(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    write(database, "a")
    before = there(database)
    let_all(database, "PRAGMA max_page_count = 1")
    with pytest.raises(Unavailable) as error:
        write(database, "b")
    assert "database or disk is full" in str(error.value.__cause__)
    assert there(database) == before
    let_all(database, "PRAGMA max_page_count = 1000000")
    write(database, "b")
    assert there(database) == before + 2
    database.close()


@pytest.mark.parametrize(
    ("url", "statement"),
    [
        ("sqlite_url", "PRAGMA query_only = ON"),
        pytest.param(
            "postgres_url",
            "SET default_transaction_read_only = on",
            marks=pytest.mark.postgres,
        ),
    ],
)
def test_a_connection_that_may_only_read_is_let_go(
    request: pytest.FixtureRequest, url: str, statement: str
) -> None:
    database = Database(request.getfixturevalue(url))
    write(database, "a")
    before = there(database)
    let_all(database, statement)
    with pytest.raises(Unavailable):
        write(database, "b")
    write(database, "b")
    assert there(database) == before + 2, "another connection took its place"
    database.close()
