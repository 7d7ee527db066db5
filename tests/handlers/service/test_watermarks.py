"""Up to where a stream was seen: never past what nobody has seen, and never stuck."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.sources.base import Changes, Trouble
from bot.sources.base import Why as Cause
from storage.tables import RunRow
from tests.handlers.service.linking import Linking, at_work
from tests.handlers.service.test_following import EXPERIMENT, follow, mark, run
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        yield made


def test_e6_a_clock_that_is_ahead_out_there_has_nothing_missed(team: Linking) -> None:
    follow(team, EXPERIMENT)
    team.mlflow.tells(replace(RUN, started=T0 + timedelta(days=100)))
    team.sync()
    assert mark(team).until == T0
    team.wait(minutes=10)
    team.mlflow.tells(run("0ab13", started=team.now))
    team.sync()
    with team.database.read() as session:
        runs = session.exec(select(RunRow.run_id).order_by(col(RunRow.id))).all()
    assert runs == ["0ab12", "0ab13"]


def test_e6_one_thing_that_stays_in_trouble_is_left_behind_at_the_second_look(
    team: Linking, monkeypatch: pytest.MonkeyPatch
) -> None:
    until, past = T0 - timedelta(hours=5), T0 - timedelta(hours=1)
    told = Changes({PULL.ref: PULL}, until, Trouble(Cause.AWAY), past)
    monkeypatch.setattr(team.github, "changed", lambda stream, since: told)
    follow(team)
    for reached in (until, past, past):
        team.sync()
        assert (mark(team).until, mark(team).trouble) == (reached, "away")
        team.wait(minutes=10)
