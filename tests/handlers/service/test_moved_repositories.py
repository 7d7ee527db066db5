"""Repositories that are renamed or given to another account: links, streams and webhooks go on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.attaching import By
from bot.orders import Follow
from bot.sources.base import Checks, PullRequest, PullState, Trouble, Why
from storage.tables import PullRequestRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.evidence import PULL

NEW = "acme/churn-model"
ELSEWHERE = "labs/churn"


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        made.charter.timers.stand(made.workspace)
        due(made, timedelta(minutes=1))
        yield made


def due(team: Linking, later: timedelta = timedelta(seconds=3)) -> None:
    team.now += later
    team.charter.timers.run_due(team.workspace)


def says(
    team: Linking, repo: str, delivery: str, event: str = "pull_request", **about: Any
) -> bool:
    payload = {"repository": {"full_name": repo}, "pull_request": {"number": 7}} | about
    return team.charter.deliveries.said_by_github(event, delivery, payload)


def rows(team: Linking) -> list[tuple[str, int, str]]:
    with team.database.read() as session:
        found = session.exec(select(PullRequestRow))
        return sorted((row.repo, row.number, row.state) for row in found)


def renamed(team: Linking, name: str = NEW, **more: Any) -> PullRequest:
    """The pull request as GitHub tells it by its old address, and by the one of today."""
    today = replace(PULL, repo=name, **more)
    team.github.tells(today)
    there = team.github.recognises(f"https://github.com/{name}/pull/7")
    assert there
    team.github.tells(replace(today, ref=there))
    return today


BY_NAME = {"action": "renamed", "changes": {"repository": {"name": {"from": "churn"}}}}
BY_OWNER = {
    "action": "transferred",
    "changes": {"owner": {"from": {"organization": {"login": "Acme"}}}},
}


@pytest.mark.parametrize(("name", "about"), [(NEW, BY_NAME), (ELSEWHERE, BY_OWNER)])
def test_edge_60_webhooks_of_a_repository_that_moved_reach_what_was_linked(
    team: Linking, name: str, about: dict[str, Any]
) -> None:
    team.link()
    renamed(team, name, checks=Checks.FAILING)
    assert says(team, name, "1", "repository", **about)
    due(team)
    assert name in team.card(), "the card says what it is called today"
    renamed(team, name, state=PullState.MERGED)
    assert says(team, name, "2")
    due(team)
    assert rows(team) == [("acme/churn", 7, "merged")]
    assert "merged" in team.card().lower()


def test_edge_60_webhooks_by_the_new_name_count_for_what_is_followed_by_the_old(
    team: Linking,
) -> None:
    order = Follow("acme/churn", By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(team.actor("ana"), order, HERE)
    renamed(team)
    due(team, timedelta(minutes=10))
    assert rows(team) == [("acme/churn", 7, "open")]
    other = replace(PULL, repo=NEW, number=8)
    ref = team.github.recognises("https://github.com/acme/churn/pull/8")
    assert ref
    team.github.tells(replace(other, ref=ref, updated=team.now))
    assert says(team, NEW, "1", pull_request={"number": 8})
    due(team)
    assert rows(team) == [("acme/churn", 7, "open"), ("acme/churn", 8, "open")]


def test_edge_60_a_link_by_the_new_name_is_the_one_by_the_old(team: Linking) -> None:
    team.link()
    renamed(team)
    team.wait(hours=2)
    team.sync()
    made = team.link(f"https://github.com/{NEW}/pull/7")
    assert made.done is None, "it is linked already"
    assert rows(team) == [("acme/churn", 7, "open")]


def test_edge_60_what_is_followed_by_the_new_name_is_not_linked_twice(team: Linking) -> None:
    team.link()
    renamed(team, updated=team.now)
    team.wait(hours=2)
    team.sync()
    order = Follow(NEW, By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(team.actor("ana"), order, HERE)
    renamed(team, state=PullState.CLOSED, updated=team.now)
    due(team, timedelta(minutes=10))
    assert rows(team) == [("acme/churn", 7, "closed")]
    assert len(team.cards()) == 1


def test_edge_60_the_same_number_in_two_repositories_is_two_pull_requests(team: Linking) -> None:
    other = team.github.recognises("https://github.com/acme/size/pull/7")
    assert other
    team.github.tells(replace(PULL, ref=other, repo="acme/size", state=PullState.MERGED))
    team.link()
    team.link(other.url)
    assert rows(team) == [("acme/churn", 7, "open"), ("acme/size", 7, "merged")]


def test_edge_60_another_pull_request_at_an_old_address_is_not_taken_for_it(
    team: Linking,
) -> None:
    team.link()
    team.wait(hours=2)
    assert PULL.opened
    opened = PULL.opened + timedelta(days=1)
    team.github.tells(replace(PULL, title="Something else", opened=opened))
    team.sync()
    card = team.card()
    assert "Retry the weather feed" in card
    assert "Something else" not in card
    assert "not found there" in card


def test_edge_60_what_moved_and_became_private_is_hidden_at_once(team: Linking) -> None:
    team.link()
    renamed(team)
    team.wait(hours=2)
    team.sync()
    assert "Retry the weather feed" in team.card()
    team.github.trouble = Trouble(Why.AWAY)
    assert says(team, NEW, "1", "repository", action="privatized")
    due(team)
    assert "Retry the weather feed" not in team.card()
