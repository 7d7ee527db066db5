"""A database moved into another one is the same there, or nothing is there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import event, inspect, text
from sqlmodel import select

from storage import backups, contents, migrate, relocation
from storage.database import Database, plainly
from storage.relocation import Moved, NotMoved
from storage.tables import EtagRow, Identity, PersonRow, Workspace, table_of
from tests.storage.test_letters_machine import PHASES, Letters
from tests.support.clock import T0
from tests.support.documents import SAMPLE

Steps = list[tuple[str, int, int]]


def ignore(_doing: str, _done: int, _of: int) -> None:
    """Nobody looks."""


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


@pytest.fixture(scope="module")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample, which nobody writes to."""
    from handlers.service.documents import Documents

    url = f"sqlite:///{tmp_path_factory.mktemp('sample')}/charter.db"
    migrate.upgrade(url)
    with opened(url) as database:
        Documents(database).load(None, SAMPLE.read_bytes(), T0)
        with database.begin() as session:
            session.add(EtagRow(key="GET /a", etag="e", body="{}", stored_at=T0))
    return url


def moved(url: str, into: str, told: Steps | None = None) -> Moved:
    progress = ignore if told is None else lambda *step: told.append(step)
    with opened(url) as source, opened(into) as target:
        return relocation.move(source, target, progress)


def lines(url: str) -> list[str]:
    with opened(url) as database, database.read() as session:
        return list(backups.lines(session, T0))


def tables_of(url: str) -> list[str]:
    with opened(url) as database:
        return inspect(database.engine).get_table_names()


def test_the_sample_there_and_back_is_the_same(
    sample_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    told: Steps = []
    there = moved(sample_url, empty_database_url, told)
    assert there.rows == there.tables["etags"].rows + len(lines(sample_url)) - 2
    assert (there.tables["etags"].rows, there.record.faults) == (1, ())
    assert lines(empty_database_url) == lines(sample_url)
    back = moved(empty_database_url, f"sqlite:///{tmp_path}/back.db")
    assert back == there
    assert lines(f"sqlite:///{tmp_path}/back.db") == lines(sample_url)
    assert ("copying", there.rows, there.rows) in told
    assert told[-1] == ("checking", len(there.tables), len(there.tables))


def test_new_rows_count_on_from_there(sample_url: str, empty_database_url: str) -> None:
    there = moved(sample_url, empty_database_url)
    with opened(empty_database_url) as database, database.begin() as session:
        further = Identity(workspace_id=1, person_id=1, kind="wandb", value="a-further-one")
        session.add(further)
        session.flush()
        assert further.id == there.tables["identities"].rows + 1
    with opened(empty_database_url) as database:
        assert migrate.is_current(database)


def test_from_one_server_to_another(
    sample_url: str, new_postgres: Callable[[], str], postgres_url: str
) -> None:
    first = new_postgres()
    assert moved(sample_url, first) == moved(first, postgres_url), "empty tables are no hindrance"
    assert lines(postgres_url) == lines(sample_url)


@pytest.mark.timeout(300)
def test_any_history_there_and_back_is_the_same(
    sqlite_url: str, new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    """Whatever was done with letters, people, delegations and offers, in any order."""
    database = Database(sqlite_url)
    machine: Any = type("ToBeMoved", (Letters,), {"database": database})
    wanted = settings(
        max_examples=3,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
    )
    try:
        run_state_machine_as_test(machine, settings=wanted)
    finally:
        database.close()
    server, back = new_postgres(), f"sqlite:///{tmp_path}/back.db"
    there = moved(sqlite_url, server)
    assert there.tables["workspaces"].rows >= 3
    assert there.record.lines > 0
    assert moved(server, back) == there
    assert lines(back) == lines(server) == lines(sqlite_url)


# --- what is refused ---


def test_a_target_that_holds_something_is_left_as_it_is(sample_url: str, database_url: str) -> None:
    with opened(database_url) as database, database.begin() as session:
        session.add(EtagRow(key="GET /b", etag="f", body="{}", stored_at=T0))
    with pytest.raises(NotMoved, match="The target is not empty"):
        moved(sample_url, database_url)
    with opened(database_url) as database, database.read() as session:
        assert session.exec(select(EtagRow.key)).all() == ["GET /b"]
        assert session.exec(select(Workspace.id)).all() == []


def test_tables_of_something_else_are_left_alone(sample_url: str, empty_database_url: str) -> None:
    with opened(empty_database_url) as database, database.begin() as session:
        session.connection().execute(text("CREATE TABLE invoices (id INTEGER)"))
    with pytest.raises(NotMoved, match="not empty"):
        moved(sample_url, empty_database_url)
    assert tables_of(empty_database_url) == ["invoices"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM audit_texts WHERE audit_id = 3", "The table audit_texts has"),
        ("UPDATE people SET name = 'Bea' WHERE id = 2", "The table people came out otherwise"),
        ("UPDATE projects SET private = NOT private", "The table projects came out otherwise"),
    ],
)
def test_what_comes_out_otherwise_leaves_nothing(
    sample_url: str, tmp_path: Path, harm: str, words: str
) -> None:
    """As if the target's disk, or somebody at its console, changed a row on the way."""

    def meddle(doing: str, done: int, of: int) -> None:
        if (doing, done) == ("copying", of):
            connections[0].execute(text(harm))

    own = f"sqlite:///{tmp_path}/own.db"
    connections: list[Any] = []
    with opened(sample_url) as source, opened(own) as target:
        event.listen(target.engine, "begin", connections.append)
        with pytest.raises(NotMoved, match=words):
            relocation.move(source, target, meddle)
    assert tables_of(own) == []


def test_a_source_that_is_written_to_meanwhile_is_told(
    sample_url: str, tmp_path: Path, empty_database_url: str
) -> None:
    own = f"sqlite:///{tmp_path}/own.db"
    moved(sample_url, own)

    def write(doing: str, done: int, of: int) -> None:
        if (doing, done) == ("copying", of):
            with opened(own) as database, database.begin() as session:
                found = session.get_one(PersonRow, 1)
                found.name = "Somebody Else"
                session.add(found)

    with opened(own) as source, opened(empty_database_url) as target:
        words = r"Somebody wrote to the source meanwhile \(people\): stop Charter"
        with pytest.raises(NotMoved, match=words):
            relocation.move(source, target, write)
    assert tables_of(empty_database_url) == []


def test_a_broken_record_is_moved_as_it_is(sample_url: str, tmp_path: Path) -> None:
    """What does not stand is told at the new place, too: moving mends nothing and hides nothing."""
    own = f"sqlite:///{tmp_path}/own.db"
    moved(sample_url, own)
    with opened(own) as database, database.begin() as session:
        session.connection().execute(text("UPDATE audit SET action = 'Other' WHERE id = 2"))
    found = moved(own, f"sqlite:///{tmp_path}/other.db")
    assert [(fault.seq, fault.what) for fault in found.record.faults] == [
        (2, "the line was changed")
    ]


def test_rows_are_summed_up_in_the_order_of_their_bytes(sqlite_url: str, postgres_url: str) -> None:
    """A language of PostgreSQL's may sort texts otherwise than SQLite does, which knows of none."""
    sums, asked = [], []
    for url in (sqlite_url, postgres_url):
        with opened(url) as database:
            with database.begin() as session:
                for key in ("b", "a-c", "ab", "Ä", "B", "_"):
                    session.add(EtagRow(key=key, etag="e", body="{}", stored_at=T0))
            with database.read() as session:
                connection = plainly(session)
                event.listen(
                    connection, "before_cursor_execute", lambda *said: asked.append(said[2])
                )
                sums.append(contents.content(connection, table_of(EtagRow)))
    assert sums[0] == sums[1]
    assert sums[0].rows == 6
    assert asked[-1].endswith('ORDER BY etags.key COLLATE "C"')
