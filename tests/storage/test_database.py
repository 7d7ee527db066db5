"""Transactions, migrations, and a database that is locked or away."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlmodel
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, insert, select
from sqlalchemy.exc import StatementError
from sqlmodel import Session, col

from bot.errors import Unavailable
from bot.exports import unpacked
from handlers.service.records import BadDatabase, Records
from storage import kept_exports, migrate, turns
from storage.database import BUSY_SECONDS, SQLITE_CACHE, Database, plainly
from storage.migrate import Schema
from storage.outbox import enclosures
from storage.tables import (
    BlockerRow,
    ExportBaseRow,
    OutboxRow,
    ProjectRow,
    PullRequestRow,
    RunRow,
    ScopeEditRow,
    StandupRow,
    Workspace,
)
from tests.support.clock import T0
from tests.support.tree import ROOT


def test_the_schema_in_code_is_the_migrated_one(database_url: str) -> None:
    migrate.check(database_url)


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    database = Database(empty_database_url)
    assert migrate.schema(database) is Schema.NONE
    migrate.upgrade(empty_database_url)
    migrate.upgrade(empty_database_url)
    assert migrate.schema(database) is Schema.CURRENT
    database.close()


DAY = date(2026, 11, 2)
OLD_ROWS: dict[str, dict[str, Any]] = {
    "workspaces": {"enterprise_id": "", "name": "Sample", "revision": 3, "head": "", "meta": {}},
    "people": {"workspace_id": 1, "key": "ana", "name": "Ana Sample", "first_name": "Ana"},
    "projects": {"workspace_id": 1, "key": "atlas", "name": "Atlas", "mode": "team"},
    "pull_requests": {"project_id": 1, "repo": "acme/churn", "number": 7, "state": "open"},
    "runs": {"project_id": 1, "run_id": "0ab12", "metrics": {"auc": 0.7}, "params": {}},
    "scope_fields": {"project_id": 1, "name": "goal", "value": "Less churn", "until": None},
    "standup_entries": {"workspace_id": 1, "person_id": 1, "day": DAY, "yesterday": "Read"},
}
"""A row of each table that later migrations change, and of those that it points to."""


def filled(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    """A row with something in every column that wants it."""
    plain = {str: "", int: 0, bool: False, datetime: T0}
    wanted = [one for one in table.columns if not one.nullable and one.name not in told]
    return {one.name: plain[one.type.python_type] for one in wanted if one.name != "id"} | told


def test_what_the_first_schema_held_is_there_in_the_newest(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url, "0001")
    with closing(Database(empty_database_url)) as database:
        first = MetaData()
        first.reflect(database.engine)
        before: dict[str, dict[str, Any]] = {}
        with database.begin() as session:
            for name, told in OLD_ROWS.items():
                row = filled(first.tables[name], told)
                session.execute(insert(first.tables[name]).values(**row))
                found = session.execute(select(first.tables[name])).mappings().one()
                before[name] = dict(found)
        assert migrate.schema(database) is Schema.OLDER
        migrate.upgrade(empty_database_url)
        newest = MetaData()
        newest.reflect(database.engine)
        with database.read() as session:
            for name, row in before.items():
                found = session.execute(select(newest.tables[name])).mappings().one()
                assert {column: found[column] for column in row} == row
            assert session.exec(sqlmodel.select(PullRequestRow)).one().details == {}
            assert session.exec(sqlmodel.select(RunRow)).one().is_polled is False
            assert session.exec(sqlmodel.select(StandupRow)).one().answers == []
            assert session.exec(sqlmodel.select(ProjectRow)).one().scope_version == 1
            [edit] = session.exec(sqlmodel.select(ScopeEditRow)).all()
            assert (edit.version, edit.cell, edit.after) == (1, "goal", "Less churn")
    migrate.check(empty_database_url)


def test_what_somebody_is_asked_keeps_its_message(empty_database_url: str) -> None:
    """Messages of standups were known by one entry each, and are by whom they ask and when."""
    migrate.upgrade(empty_database_url, "0003")
    with closing(Database(empty_database_url)) as database:
        old = MetaData()
        old.reflect(database.engine)

        def put(session: Session, name: str, told: dict[str, Any]) -> None:
            session.execute(insert(old.tables[name]).values(**filled(old.tables[name], told)))

        with database.begin() as session:
            for name in ("workspaces", "people", "projects"):
                put(session, name, OLD_ROWS[name])
            put(session, "projects", {**OLD_ROWS["projects"], "key": "b", "name": "Beacon"})
            for project, day in ((1, DAY), (2, DAY), (1, date(2026, 11, 3))):
                told = {"workspace_id": 1, "person_id": 1, "day": day, "project_id": project}
                put(session, "standup_entries", {**told, "asked_at": T0, "answers": []})
            for entry in (1, 2, 3):
                told = {"workspace_id": 1, "key": f"standup/asked/{entry}", "channel": "U1"}
                put(session, "outbox", {**told, "blocks": [], "why": {}})
        migrate.upgrade(empty_database_url)
        with database.read() as session:
            rows = session.exec(sqlmodel.select(OutboxRow).order_by(col(OutboxRow.id))).all()
            assert [row.key for row in rows] == [
                "standup/asked/1/2026-11-02",
                "standup/asked/2",
                "standup/asked/1/2026-11-03",
            ]


def test_the_files_of_migrations_are_named_in_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.FOLDER))
    newest_first = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert migrate.revisions() == newest_first[::-1]


def test_a_newer_schema_is_told_from_an_older_one(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        with database.begin() as session:
            newer = "UPDATE alembic_version SET version_num = '9999'"
            session.connection().exec_driver_sql(newer)
        assert migrate.schema(database) is Schema.NEWER
    with pytest.raises(BadDatabase, match="newer Charter"):
        Records(database_url)


@contextmanager
def turn_taken(url: str) -> Iterator[Callable[[], int]]:
    """Somebody migrates for as long as this lasts; gives how many wait for it."""
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"

    with closing(Database(url)) as database, database.begin() as session:
        turns.take(session.connection(), turns.SCHEMA)
        yield lambda: session.connection().exec_driver_sql(waiting).scalar_one()


def test_replicas_that_start_together_migrate_once(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    command = [sys.executable, str(ROOT / "app.py"), "migrate", "--database", url]
    environment = {name: value for name, value in os.environ.items() if "SLACK" not in name}
    with ExitStack() as replicas:
        with turn_taken(url) as waiting:
            started = [
                replicas.enter_context(
                    subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
                )
                for _ in range(3)
            ]
            for _ in range(1_200):
                if waiting() == 3 or any(replica.poll() is not None for replica in started):
                    break
                time.sleep(0.05)
            assert waiting() == 3
        for replica in started:
            assert replica.communicate(timeout=60)[1] == ""
            assert replica.returncode == 0
    with closing(Database(url)) as database:
        assert migrate.schema(database) is Schema.CURRENT


def test_a_migration_is_waited_for_longer_than_a_lock(new_postgres: Callable[[], str]) -> None:
    url = new_postgres()
    with ThreadPoolExecutor(1) as pool:
        with turn_taken(url):
            second = pool.submit(migrate.upgrade, url)
            with pytest.raises(TimeoutError):
                second.result(timeout=BUSY_SECONDS + 0.5)
        second.result(timeout=60)


def test_who_finds_the_newest_schema_waits_for_nobody(postgres_url: str) -> None:
    with turn_taken(postgres_url), Records(postgres_url) as records:
        assert records.is_empty()


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


def test_what_need_not_be_kept_does_not_wait_for_the_disk(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        asked = "PRAGMA synchronous" if database.is_sqlite else "SHOW synchronous_commit"

        def waits(*, is_kept: bool) -> Any:
            with database.begin(is_kept=is_kept) as session:
                return session.connection().exec_driver_sql(asked).scalar_one()

        full = 2 if database.is_sqlite else waits(is_kept=True)
        assert waits(is_kept=False) == (1 if database.is_sqlite else "off")
        assert waits(is_kept=True) == full


def test_sqlite_keeps_few_pages_of_each_connection_and_takes_the_last_one_first(
    sqlite_url: str,
) -> None:
    with closing(Database(sqlite_url)) as database:
        with ExitStack() as stack:
            several = [stack.enter_context(database.engine.connect()) for _ in range(3)]
            kept = [one.exec_driver_sql("PRAGMA cache_size").scalar_one() for one in several]
            last = several[0].connection.dbapi_connection  # given back after the others
        assert kept == [-SQLITE_CACHE] * 3
        with database.engine.connect() as again:
            assert again.connection.dbapi_connection is last


def test_all_that_a_session_holds_is_written_in_the_end_or_nothing(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        with database.begin() as session:
            session.add(Workspace(name="held", created_at=T0))
        with pytest.raises(ZeroDivisionError), database.begin() as session:
            _two_and_a_fault(session)
        with database.read() as session:
            assert session.exec(sqlmodel.select(Workspace.name)).all() == ["held"]


def _two_and_a_fault(session: Session) -> None:
    plainly(session).execute(insert(Workspace).values(name="plain", created_at=T0))
    session.add(Workspace(name="held too", created_at=T0))
    session.flush()
    raise ZeroDivisionError


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


def test_what_was_blocked_becomes_a_blocker_as_old_as_it_is(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url, "0002")
    hours = [T0 + timedelta(hours=n) for n in range(6)]
    run = [("blocked", "a"), ("in_progress", None), ("blocked", "b"), ("blocked", "c")]
    with closing(Database(empty_database_url)) as database:
        old = MetaData()
        old.reflect(database.engine)
        rows = [("workspaces", OLD_ROWS["workspaces"]), ("projects", OLD_ROWS["projects"])]
        rows += [("items", {"project_id": 1, "key": "idea", "kind": "stage", "title": "Idea"})]
        for n, (status, note) in enumerate(run):
            until = hours[n + 1] if n + 1 < len(run) else None
            state = {"project_id": 1, "item_id": 1, "status": status, "note": note}
            rows.append(("statuses", {**state, "since": hours[n], "until": until}))
        with database.begin() as session:
            for name, told in rows:
                session.execute(insert(old.tables[name]).values(**filled(old.tables[name], told)))
        migrate.upgrade(empty_database_url)
        with database.read() as session:
            [blocker] = session.exec(sqlmodel.select(BlockerRow)).all()
            assert (blocker.text, blocker.since, blocker.until) == ("c", hours[2], None)


def test_what_stood_in_exports_is_packed_and_what_waits_to_be_shared_with_it(
    empty_database_url: str,
) -> None:
    migrate.upgrade(empty_database_url, "0010")
    base = {"RACI": {"atlas/idea/A/ana": {"Person": "Ana Sample", "Since": None}}}
    whose = {"workspace": 1, "viewer": None, "project": None, "destination": "C0HERE"}
    waits = {"code": "E-B", "whose": whose, "revision": 7, "at": T0.isoformat(), "base": base}
    made = {"workspace_id": 1, "code": "E-A", "base": base, "begun_at": T0, "revision": 7}
    rows = [
        ("workspaces", OLD_ROWS["workspaces"]),
        *(
            ("exports", {**made, "at": T0 + timedelta(days=n), "destination": str(n)})
            for n in (0, 1)
        ),
        ("outbox", {"workspace_id": 1, "key": "export/1/file", "blocks": [], "why": {}}),
        ("enclosures", {"outbox_id": 1, "content": b"PK", "export": waits}),
    ]
    with closing(Database(empty_database_url)) as database:
        old = MetaData()
        old.reflect(database.engine)
        with database.begin() as session:
            for name, told in rows:
                session.execute(insert(old.tables[name]).values(**filled(old.tables[name], told)))
        migrate.upgrade(empty_database_url)
        with database.read() as session:
            found = kept_exports.of_code(session, 1, "E-A")
            assert found is not None
            assert (found.at, unpacked(found.base or b"")) == (T0 + timedelta(days=1), base)
            [kept] = session.exec(sqlmodel.select(ExportBaseRow)).all()
            assert (kept.at, kept.size) == (found.at, len(kept.packed))
            waiting = kept_exports.recalled(enclosures.export(session, 1))
            assert (waiting.code, unpacked(waiting.base or b"")) == ("E-B", base)
