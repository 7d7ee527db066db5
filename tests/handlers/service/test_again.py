"""Runs that are deleted, or come back, long after they ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.commands import ShowBest
from bot.sources.base import Run, RunState
from handlers.service.links import Where
from handlers.views import measuring
from storage.tables import OutboxRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, accuracy, at_work
from tests.support.evidence import RUN

ADDRESS = "https://mlflow.acme.example/#/experiments/3/runs/"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        accuracy(made)
        yield made


def finished(team: Linking, key: str, value: float, project: str = "Atlas") -> Run:
    """A run that ended an hour ago."""
    ended = team.now - timedelta(hours=1)
    made = replace(
        RUN,
        ref=replace(RUN.ref, key=key, url=f"{ADDRESS}{key}"),
        name=f"gbm-{key}",
        state=RunState.FINISHED,
        started=ended - timedelta(hours=1),
        ended=ended,
        metrics={"accuracy": value},
    )
    team.mlflow.tells(made)
    team.link(made.ref.url, project=project)
    return made


def leader(team: Linking) -> str:
    """The best run, as the burn-up and the list of the best both name it."""
    ana = team.actor("ana")
    [way] = team.charter.measures.burn_up(ana, "Atlas", HERE).ways
    listed = measuring.best(team.charter.measures.best(ana, ShowBest(None, "Atlas"), HERE)).text
    if way.leader is None:
        assert "gbm-" not in listed
        return ""
    assert way.leader.name in listed
    return way.leader.name


def passes(team: Linking, hours: int) -> int:
    """How often the tracker was asked in so many hours, with a pass each hour."""
    before = len(team.mlflow.asked)
    for _hour in range(hours):
        team.wait(hours=1)
        team.charter.timers.run_due(team.workspace)
    return len(team.mlflow.asked) - before


def announced(team: Linking) -> list[str]:
    with team.database.read() as session:
        found = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [row.key for row in found if row.key.startswith("run/")]


def test_edge_62_a_run_that_is_deleted_days_after_it_ended_is_the_best_no_more(
    team: Linking,
) -> None:
    first = finished(team, "0ab12", 0.75)
    best = finished(team, "0cd34", 0.79)
    finished(team, "0ef56", 0.72)
    passes(team, 30)
    assert leader(team) == "gbm-0cd34"
    told = announced(team)
    team.mlflow.tells(replace(best, deleted=True))
    passes(team, 25)
    assert leader(team) == "gbm-0ab12"
    # The one that leads now is looked at, too; the one that never did is not asked for.
    team.mlflow.tells(replace(first, deleted=True))
    passes(team, 26)
    assert leader(team) == "gbm-0ef56"
    # Restored it leads again, and nobody hears of it as of something new.
    team.mlflow.tells(best)
    passes(team, 26)
    assert leader(team) == "gbm-0cd34"
    assert announced(team) == told


def test_edge_62_what_leads_is_looked_at_once_a_day_and_the_rest_no_more(team: Linking) -> None:
    best = finished(team, "0cd34", 0.79)
    other = finished(team, "0ef56", 0.70)
    passes(team, 48)
    assert 3 <= passes(team, 72) <= 4
    assert team.mlflow.asked[-1] == {best.ref}
    assert other.ref not in team.mlflow.asked[-1]
    assert team.is_scheduled()
    team.charter.projects.archive(team.actor("ana"), "atlas", HERE, archived=True)
    assert passes(team, 48) == 0


def test_edge_62_a_run_that_cannot_be_found_for_a_week_counts_as_deleted_until_it_is_back(
    team: Linking,
) -> None:
    finished(team, "0ab12", 0.75)
    best = finished(team, "0cd34", 0.79)
    team.link(best.ref.url, project="Atlas", where=Where(str(HERE.channel), "1.1", "1.1"))
    passes(team, 48)
    del team.mlflow.things[best.ref]
    passes(team, 6 * 24)
    assert leader(team) == "gbm-0cd34"
    passes(team, 3 * 24)
    assert leader(team) == "gbm-0ab12"
    assert any("Not found in its tracker any more" in row.text for row in team.cards())
    assert passes(team, 72) <= 8
    team.mlflow.tells(best)
    for _pass in range(26 * 6):
        team.wait(minutes=10)
        team.charter.timers.run_due(team.workspace)
    assert leader(team) == "gbm-0cd34"
