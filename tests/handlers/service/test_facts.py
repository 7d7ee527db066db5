"""The facts cache: renewed as far as something moved, once, and for readers of any revision."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from itertools import count, cycle
from threading import Barrier, Lock
from typing import Any

import pytest
from sqlalchemy import event

from bot.orders import Assign, Clear, Due, SetAlias
from bot.project import Letter
from handlers.service.facts import FactsCache, WorkspaceFacts
from storage import evidence
from storage.database import Database
from tests.handlers.service.conftest import HERE, Team

READERS = 8

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def current(team: Team, cache: FactsCache) -> WorkspaceFacts:
    with team.database.read() as session:
        return cache.current(session, team.workspace)


def move(team: Team, day: int) -> None:
    """A change that moves the project and names nothing: a due date in December."""
    order = Due("data pipeline", date(2026, 12, day), project="atlas")
    team.charter.stages.due(team.actor("ana"), order, HERE)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile."""
    seen: list[str] = []
    guard = Lock()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        with guard:
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_a_change_that_renames_nothing_keeps_the_index(team: Team) -> None:
    project = team.atlas().project.id
    cache = FactsCache()
    before = current(team, cache)
    move(team, 24)
    after = current(team, cache)
    assert after.names is before.names
    assert after.by_spelling is before.by_spelling
    assert after.projects[project].version == before.projects[project].version + 1


def test_a_new_name_is_in_the_index_and_the_old_facts_stay_as_they_were(team: Team) -> None:
    project = team.atlas().project.id
    cache = FactsCache()
    before = current(team, cache)
    added = SetAlias("Project Globe", project="atlas")
    team.charter.projects.alias(team.actor("ana"), added, HERE)
    after = current(team, cache)
    (spelling,) = after.projects[project].spellings - before.projects[project].spellings
    assert after.by_spelling[spelling] == (project,)
    assert spelling not in before.by_spelling
    assert after.names is not before.names
    taken = SetAlias("Project Globe", project="atlas", added=False)
    team.charter.projects.alias(team.actor("ana"), taken, HERE)
    assert current(team, cache).by_spelling[spelling] == ()


def test_many_readers_after_a_start_read_the_workspace_once(team: Team) -> None:
    team.atlas()
    cache = FactsCache()
    start = Barrier(READERS)

    def read(_number: int) -> WorkspaceFacts:
        start.wait(10)
        return current(team, cache)

    with statements(team.database) as seen, ThreadPoolExecutor(READERS) as pool:
        found = list(pool.map(read, range(READERS)))
    assert all(facts is found[0] for facts in found)
    assert sum("FROM items" in statement for statement in seen) == 1
    assert sum("FROM people" in statement for statement in seen) == 1


def test_a_reader_that_began_before_a_write_reads_little(team: Team) -> None:
    team.atlas()
    cache = FactsCache()
    base = current(team, cache)
    move(team, 1)
    with team.database.read() as session:
        session.connection().exec_driver_sql("SELECT revision FROM workspaces").all()
        move(team, 2)
        newer = current(team, cache)
        older = cache.current(session, team.workspace)
    assert (older.revision, newer.revision) == (base.revision + 1, base.revision + 2)
    assert older.names is base.names, "renewed from what was kept, not from nothing"
    assert older.projects != newer.projects
    assert current(team, cache) is newer


@on_sqlite
def test_a_workspace_that_is_forgotten_leaves_the_others_as_they_are(
    team: Team, read_whole: list[int]
) -> None:
    other = Team(team.database, team_id="T2")
    cache = FactsCache()

    def know(one: Team) -> WorkspaceFacts:
        with one.database.read() as session:
            facts = cache.current(session, one.workspace)
            cache.borne(session, facts, facts.projects, one.now)
            stamps = evidence.stamps(session, [*facts.projects])
            today = one.now.date()
            cache.sketches.of(session, facts, [*facts.projects], one.now, today, stamps)
        return facts

    gone, stays = team.atlas().project.id, other.atlas().project.id
    before = [know(one) for one in (team, other)]
    read_whole.clear()
    cache.forget(team.workspace)
    after = [know(one) for one in (team, other)]
    assert (after[0] is before[0], after[1] is before[1]) == (False, True)
    assert gone in read_whole
    assert stays not in read_whole


@on_sqlite
def test_who_reads_while_a_workspace_is_forgotten_keeps_nothing_of_it(team: Team) -> None:
    team.atlas()
    cache = FactsCache()
    with interrupted(team.database, 5, lambda: cache.forget(team.workspace)):
        read = current(team, cache)
    assert current(team, cache) is not read
    assert current(team, cache) is current(team, cache)


@contextmanager
def interrupted(database: Database, number: int, meanwhile: Callable[[], None]) -> Iterator[None]:
    """Another one does something right before the statement of that number (from 0)."""
    numbers = count()

    def note(*_statement: Any) -> None:
        if next(numbers) == number:
            meanwhile()

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def letters(team: Team, cache: FactsCache, project: int, *, writes: bool) -> list[Any]:
    """Those of the data pipeline, as a cache tells them."""
    with team.database.begin() if writes else team.database.read() as session:
        facts = cache.current(session, team.workspace)
        item = cache.project(session, facts, project, team.now).item("data_pipeline")
    assert item is not None
    return [(held.letter, held.holder) for held in item.assignments]


def test_what_others_write_while_something_is_read_is_not_taken_for_read(postgres_url: str) -> None:
    """Of a transaction that writes, each statement may see more than the one before it."""
    with closing(Database(postgres_url)) as database:
        team = Team(database)
        project = team.atlas().project.id
        given = ("data pipeline", (Letter.A, Letter.R), "<@UBEA>", "atlas")
        turns = cycle((True, False))

        def give_or_take() -> None:
            if next(turns):
                team.charter.raci.assign(team.actor("ana"), Assign(*given), HERE)
            else:
                team.charter.raci.clear(team.actor("ana"), Clear(*given), HERE)

        with statements(database) as seen:
            letters(team, FactsCache(), project, writes=True)
        for number in (len(seen) // 3, len(seen) * 2 // 3, len(seen) - 1):
            cache = FactsCache()
            with interrupted(database, number, give_or_take):
                letters(team, cache, project, writes=True)
            now = letters(team, FactsCache(), project, writes=False)
            assert letters(team, cache, project, writes=False) == now, seen[number]
