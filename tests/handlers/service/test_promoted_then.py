"""Moonshot 3: who was accountable when the model was promoted, from the registry on."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.orders import Assign
from bot.project import Letter
from bot.qa.replies import Answer
from bot.sources.base import ModelVersion
from tests.handlers.service.conftest import HERE
from tests.handlers.service.promoting import THREE, TRAINED, Models, with_models

SAID = "who was accountable for the roll-out when the model was promoted?"


@pytest.fixture
def team(database_url: str) -> Iterator[Models]:
    with with_models(database_url) as made:
        yield made


def ask(team: Models, said: str = SAID) -> Answer:
    return team.charter.questions.ask(team.actor("ana"), said, HERE, private_reply=True)


def give(team: Models, first: str) -> None:
    order = Assign(
        "roll-out",
        (Letter.A,),
        f"<@U{first.upper()}>",
        "Atlas",
        since=date(2026, 11, 23),
        hand_over=True,
        unasked="agreed",
    )
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def test_m3_e7_by_when_the_alias_was_first_seen_on_the_version(team: Models) -> None:
    """What is handed over a minute later changes nothing of that."""
    team.atlas()
    give(team, "bea")
    team.link(TRAINED.ref.url)
    team.looks()
    team.registry.promotes(THREE, "production")
    team.looks()
    team.wait(minutes=1)
    order = Assign("roll-out", (Letter.A,), "<@UCY>", "Atlas", hand_over=True, unasked="agreed")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    team.wait(days=3)
    team.registry.tells(team.registry.made(TRAINED))
    team.sync()
    found = ask(team)
    assert found.people == (team.person("bea").id,)
    assert found.text.startswith("When ranker version 3 was promoted (2026-11-23), Bea Sample")


def test_m3_e7_also_where_its_run_was_linked_after_that(team: Models) -> None:
    team.atlas()
    give(team, "bea")
    team.looks()
    team.registry.promotes(THREE, "production")
    team.looks()
    team.wait(minutes=1)
    order = Assign("roll-out", (Letter.A,), "<@UCY>", "Atlas", hand_over=True, unasked="agreed")
    team.charter.raci.assign(team.actor("ana"), order, HERE)
    team.wait(days=1)
    team.registry.tells(team.registry.made(TRAINED))
    team.link(TRAINED.ref.url)
    found = ask(team)
    assert found.people == (team.person("bea").id,), found.text


def test_m3_e7_what_was_promoted_before_anybody_looked_is_not_on_record(team: Models) -> None:
    team.atlas()
    give(team, "bea")
    team.registry.promotes(THREE, "production")
    team.looks()
    team.registry.tells(team.registry.made(TRAINED))
    team.link(TRAINED.ref.url)
    assert not ask(team).people


def test_m3_e7_a_version_that_was_registered_only_was_not_promoted(team: Models) -> None:
    team.atlas()
    give(team, "bea")
    team.registry.versions["ranker", "9"] = ModelVersion("ranker", "9", run=TRAINED.ref.key)
    team.registry.tells(team.registry.made(TRAINED))
    team.link(TRAINED.ref.url)
    assert not ask(team).people
