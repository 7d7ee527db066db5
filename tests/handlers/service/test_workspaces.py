"""Which workspace a Slack team is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.errors import Ambiguous, NotFound
from handlers.service.workspaces import Workspaces, created
from storage import audit
from storage.database import Database
from tests.handlers.service.conftest import Team
from tests.support.clock import T0


def test_edge_35_teams_are_told_apart_by_enterprise_and_team(team: Team) -> None:
    connect = team.charter.workspaces.connect
    assert connect("T1", None, "again") == team.workspace
    grid = connect("T2", "E1", "of a grid")
    assert grid != team.workspace
    assert connect("T2", "E1", "again") == grid
    assert connect("T3", "E1", "another of it") != grid


def test_edge_35_a_team_that_joins_an_enterprise_keeps_its_workspace(team: Team) -> None:
    connect = team.charter.workspaces.connect
    assert connect("T1", "E1", "now in a grid") == team.workspace
    assert connect("T1", "E1", "now in a grid") == team.workspace
    assert connect("T1", None, "left it") == team.workspace
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_the_first_team_adopts_what_was_loaded(team: Team) -> None:
    charter = team.replica()
    with team.database.begin() as session:
        loaded = created(session, T0, None, "", "")
    assert charter.workspaces.connect("T9", "E9", "Nine") == loaded
    assert charter.workspaces.connect("T9", "E9", "Nine") == loaded
    assert charter.workspaces.connect("T10", None, "Ten") != loaded
    with team.database.read() as session:
        assert audit.verify(session).faults == ()


def test_replicas_that_start_together_connect_one_workspace(database_url: str) -> None:
    database = Database(database_url)
    start = Barrier(6)

    def connect(_number: int) -> int:
        start.wait(10)
        return Workspaces(database, lambda: T0).connect("T1", None, "One")

    try:
        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(connect, range(6)))) == 1
    finally:
        database.close()


def test_the_command_line_asks_which(team: Team) -> None:
    workspaces = team.charter.workspaces
    assert workspaces.only() == team.workspace
    assert workspaces.only(team.workspace) == team.workspace
    with pytest.raises(NotFound):
        workspaces.only(99)
    workspaces.connect("T2", None, "Two")
    with pytest.raises(Ambiguous) as caught:
        workspaces.only()
    assert [label for label, _key in caught.value.options] == ["Sample", "Two"]
