"""Everything that Charter asks of one host spends one budget, over real HTTP on loopback."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.attaching import By
from bot.links import LinkMade, Synced
from bot.orders import AddLink, Follow
from bot.settings import Settings
from bot.sources import sources
from bot.sources.base import PullRequest, Run
from bot.sources.budget import Allowance, Budgets
from handlers.service.links.kept import KeptAnswers
from storage.database import Database
from storage.tables import PullRequestRow
from tests.handlers.service.conftest import HERE, Team
from tests.sources.answering import Answer, Answering, Asked, answering
from tests.sources.cases import Pulls, Runs
from tests.support.clock import T0

REPOSITORIES = ("churn", "load")
MANY = 14
LITTLE = Allowance(at_once=60, a_second=0.05, reserve=20)
MOST = LITTLE.at_once - LITTLE.reserve
"""What passes may ask at once."""
TEN_MINUTES = timedelta(minutes=10)


class House:
    """One host: GitHub with two repositories, and below `/mlflow` a tracker with a registry."""

    def __init__(self) -> None:
        self.repositories = {name: Pulls(repo=name) for name in REPOSITORIES}
        self.mlflow = Runs()

    def moves(self, count: int) -> None:
        """So many pull requests have moved in each repository, an hour apart."""
        for one in self.repositories.values():
            one.moved = {number: T0 - timedelta(hours=number) for number in range(1, count + 1)}

    def __call__(self, asked: Asked) -> Answer:
        prefix, _, path = asked.path.partition("/mlflow/")
        if path and not prefix:
            inside = Asked(asked.method, f"/{path}", asked.query, asked.headers, asked.body)
            return self.mlflow(inside)
        repo = asked.path.split("/")[3:4]
        return self.repositories[repo[0] if repo else "churn"](asked)


class Working(Team):
    """The team, with both sources at that host."""

    house: House
    server: Answering

    def sync(self) -> dict[str, Synced]:
        return {one.source: one for one in self.charter.polling.sync(self.workspace)}

    def link(self, url: str) -> LinkMade:
        made = self.charter.links.link(self.actor("ana"), AddLink(url, None, "Atlas"), HERE)
        assert isinstance(made, LinkMade)
        return made

    def linked(self) -> int:
        with self.database.read() as session:
            return len(session.exec(select(PullRequestRow)).all())


@pytest.fixture
def team(database_url: str) -> Iterator[Working]:
    with ExitStack() as stack:
        house = House()
        server = stack.enter_context(answering(house))
        database = Database(database_url)
        stack.callback(database.close)
        there = {"github_api_url": server.url, "mlflow_tracking_uri": f"{server.url}/mlflow"}
        made = Working(database)
        made.house, made.server = house, server
        made.sources = sources(
            Settings.read(there),
            KeptAnswers(database, lambda: made.now),
            lambda: made.now,
            budgets=Budgets(lambda: made.now, LITTLE),
        )
        made.charter = made.replica()
        stack.callback(made.charter.links.close)
        made.atlas()
        yield made


def follow(team: Working, repo: str) -> None:
    order = Follow(f"{team.server.url}/acme/{repo}", By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(team.actor("ana"), order, HERE)


def kinds(asked: list[Asked]) -> set[str]:
    """Which of the repositories, and which part of the tracker, were asked for anything."""
    parts = [one.path.strip("/").split("/") for one in asked]
    return {path[2] if path[0] == "repos" else path[-2] for path in parts}


def test_passes_repositories_and_a_registry_share_what_one_host_is_asked(team: Working) -> None:
    run = team.link(f"{team.server.url}/mlflow/#/experiments/1/runs/{1:032x}")
    assert isinstance(run.card.linked.sighting.seen, Run)
    for repo in REPOSITORIES:
        follow(team, repo)
    begun = len(team.server.asked)
    team.sync()
    team.sync()
    assert len(team.server.asked) == MOST, "two passes, and all in them, ask that much together"
    assert kinds(team.server.asked[begun:]) >= {*REPOSITORIES, "registered-models"}


def test_somebody_who_links_something_does_not_wait_for_polling(team: Working) -> None:
    team.house.moves(MANY)
    for repo in REPOSITORIES:
        follow(team, repo)
    team.sync()
    assert len(team.server.asked) == MOST
    made = team.link(f"{team.server.url}/acme/load/pull/{MANY}")
    seen = made.card.linked.sighting.seen
    assert isinstance(seen, PullRequest)
    assert (seen.repo, made.card.linked.sighting.trouble) == ("acme/load", None)
    before = len(team.server.asked)
    assert MOST < before <= LITTLE.at_once
    team.sync()
    assert len(team.server.asked) == before, "what is kept for people, passes leave alone"


def test_where_the_budget_was_spent_the_next_pass_goes_on_and_misses_nothing(
    team: Working,
) -> None:
    team.house.moves(MANY)
    for repo in REPOSITORIES:
        follow(team, repo)
    passes = 0
    while team.linked() < 2 * MANY:
        passes += 1
        assert passes < 20, f"{team.linked()} are linked"
        before = len(team.server.asked)
        team.sync()
        assert len(team.server.asked) - before <= MOST
        team.now += TEN_MINUTES
    assert passes > 3, "one pass would not have done"
    with team.database.read() as session:
        found = session.exec(select(PullRequestRow)).all()
    assert {(row.repo, row.number) for row in found} == {
        (f"acme/{repo}", number) for repo in REPOSITORIES for number in range(1, MANY + 1)
    }
    assert not [row for row in found if row.seen_at is None]
