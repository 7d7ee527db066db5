"""What a registry says by itself leads to a look, and what it says is new to the first of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.sources.mlflow.hooks import Touched
from storage.tables import DeliveryRow
from tests.handlers.service.promoting import THREE, TRAINED, Models, with_models


@pytest.fixture
def team(database_url: str) -> Iterator[Models]:
    with with_models(database_url) as made:
        yield made


def hears(team: Models, seconds: int = 2) -> None:
    team.wait(seconds=seconds)
    team.charter.timers.run_due(team.workspace)


def test_e7_what_a_registry_says_by_itself_brings_the_look_forward_once(team: Models) -> None:
    team.charter.timers.stand(team.workspace)
    team.atlas()
    team.link(TRAINED.ref.url)
    hears(team, 600)
    team.registry.promotes(THREE, "production")
    said = Touched("ranker", "3", "production")
    assert team.charter.registry.said_by_mlflow("72d3162e", said)
    assert not team.charter.registry.said_by_mlflow("72d3162e", said)
    hears(team, 1)
    assert (team.registry.looks, team.told()) == ([None], [])
    hears(team, 1)
    assert len(team.told()) == 1
    hears(team, 10)
    assert len(team.registry.looks) == 2


def test_e7_what_it_says_before_the_first_look_is_new_all_the_same(team: Models) -> None:
    """And what it does not say is not; nor is what holds no more."""
    team.charter.timers.stand(team.workspace)
    team.atlas()
    team.link(TRAINED.ref.url)
    team.registry.promotes(replace(THREE, version="4"), "shadow")
    team.registry.promotes(THREE, "production", "champion")
    for delivery, alias in enumerate(("production", "shadow")):
        team.charter.registry.said_by_mlflow(f"{delivery}", Touched("ranker", "3", alias))
    hears(team)
    assert team.told() == []
    hears(team)
    [row] = team.told()
    assert row.text.startswith("ranker version 3 has the alias production now, in Atlas")


def test_what_github_said_waits_while_a_registry_is_looked_at(team: Models) -> None:
    team.charter.timers.stand(team.workspace)
    team.atlas()
    about = {"repository": {"full_name": "acme/churn"}, "pull_request": {"number": 7}}
    team.charter.deliveries.said_by_github("pull_request", "1", about)
    team.charter.registry.said_by_mlflow("1", Touched("ranker"))
    team.charter.registry.sync(team.workspace)
    with team.database.read() as session:
        waits = {one.source: one.seen_at is None for one in session.exec(select(DeliveryRow))}
    assert waits == {"github": True, "mlflow": False}
