"""A version of a model gets an alias, or reaches a stage: who is accountable hears of it once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.attaching import By
from bot.orders import Follow, TickCriterion
from bot.promotions import BY, MOST
from bot.sources.base import ModelVersion, Trouble, Why
from handlers.service.links.registry import MODELS
from storage.tables import PromotionRow, RunRow, WatermarkRow
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import accuracy, known_as
from tests.handlers.service.promoting import THREE, TRAINED, TWO, Models, with_models
from tests.support.clock import T0
from tests.support.evidence import RUN


@pytest.fixture
def team(database_url: str) -> Iterator[Models]:
    with with_models(database_url) as made:
        yield made


def at_work(team: Models, *, private: bool = False) -> None:
    """Atlas, whose roll-out is Bea's, with a run of it that made version 3; version 2 was in use
    before anybody looked.
    """
    team.atlas(private=private)
    accuracy(team)
    if not private:
        team.accountable("bea")
    team.link(TRAINED.ref.url, item="modelling")
    team.registry.promotes(TWO, "production")
    team.looks()


def test_e7_the_first_look_tells_nothing_old(team: Models) -> None:
    at_work(team)
    assert team.registry.looks == [None]
    team.looks()
    assert team.told() == []
    with team.database.read() as session:
        [row] = session.exec(select(PromotionRow)).all()
        assert (row.model, row.rank, row.name, row.version) == (
            "ranker",
            "alias",
            "production",
            "2",
        )
        assert (row.since, row.until) == (None, None), "since when is not known"


def test_e7_the_alias_is_set_and_the_accountable_is_told_all_of_it(team: Models) -> None:
    known_as(team, "bea", "mlflow", "bea")
    at_work(team)
    team.registry.promotes(THREE, "production")
    team.looks()
    [row] = team.told()
    assert (row.channel, row.is_unasked, row.confidential) == ("UBEA", False, False)
    assert row.text.splitlines() == [
        "ranker version 3 has the alias production (before: version 2) now, in Atlas, "
        "stage Roll-out.",
        "MLflow does not tell who did that. It was made by gbm-wind by Bea Sample.",
        "• accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 (↑ higher is better)",
        "Sign-off: missing, the gate is not approved. Also missing: every earlier stage is done or "
        "skipped.",
        "Because you are accountable for Roll-out.",
    ]
    labels = [each["text"]["text"] for each in row.blocks[-1]["elements"]]
    assert labels == ["Approve", "Gate", "Why?"]


def test_e7_each_is_told_once_by_two_processes_after_a_restart_and_when_it_is_set_again(
    team: Models,
) -> None:
    at_work(team)
    team.registry.promotes(THREE, "production")
    team.wait(minutes=10)
    one, other = team.charter.registry, team.replica().registry
    told = [each.look(team.workspace) for each in (one, other)]
    for each, seen in zip((one, other), told, strict=True):
        with team.database.begin() as session:
            facts = team.charter.registry._cache.current(session, team.workspace)
            each.note(session, facts, team.now, seen)
    assert len(team.told()) == 1
    team.charter = team.replica()
    team.looks()
    assert len(team.told()) == 1
    team.registry.promotes(TWO, "production")
    team.looks()
    team.registry.promotes(THREE, "production")
    team.looks()
    texts = [row.text.splitlines()[0] for row in team.told()]
    assert len(texts) == 3, "set again it is another promotion"
    assert texts[1].startswith("ranker version 2 has the alias production (before: version 3) now")
    assert texts[0] == texts[2]


def test_e7_a_look_that_was_overtaken_writes_nothing(team: Models) -> None:
    """What one process saw before another, and writes down after it, is not what holds."""
    at_work(team)
    slow, late = team.charter.registry, team.replica().registry
    seen = slow.look(team.workspace)
    team.registry.promotes(THREE, "production")
    team.wait(minutes=1)
    late.sync(team.workspace)
    with team.database.begin() as session:
        facts = late._cache.current(session, team.workspace)
        slow.note(session, facts, team.now, seen)
    team.looks()
    assert len(team.told()) == 1
    assert held(team) == {"production": "3"}


def held(team: Models) -> dict[str, str]:
    with team.database.read() as session:
        rows = session.exec(select(PromotionRow)).all()
        return {row.name: row.version for row in rows if row.until is None}


def test_e7_in_quiet_hours_it_waits_for_the_morning(team: Models) -> None:
    at_work(team)
    team.registry.promotes(THREE, "production")
    team.looks(hours=10)
    [row] = team.told()
    assert team.now == T0 + timedelta(hours=10, minutes=10), "21:10 in Berlin"
    assert row.due_at == T0 + timedelta(hours=21), "8:00 there"


def test_e7_where_nobody_is_accountable_the_lead_is_told_so(team: Models) -> None:
    team.atlas()
    team.link(TRAINED.ref.url)
    team.looks()
    team.registry.promotes(THREE, "champion")
    team.looks()
    [row] = team.told()
    assert row.channel == "UANA"
    assert "Because nobody is accountable for Roll-out, and you lead Atlas." in row.text
    assert "The scope names no success metric to hold it against." in row.text


def test_e7_a_private_project_stays_private(team: Models) -> None:
    at_work(team, private=True)
    team.registry.promotes(THREE, "production")
    team.looks()
    [row] = team.told()
    assert (row.channel, row.confidential) == ("UANA", True)


@pytest.mark.parametrize(
    ("tags", "words"),
    [
        ({BY: "Cy-M"}, "Promoted by Cy Sample, says its tag charter.by."),
        ({BY: "root@gpu3"}, "Promoted by root@gpu3, says its tag charter.by."),
        ({}, "MLflow does not tell who did that."),
    ],
)
def test_e7_who_did_it_is_told_as_far_as_anybody_tells(
    team: Models, tags: dict[str, str], words: str
) -> None:
    known_as(team, "cy", "mlflow", "cy-m")
    at_work(team)
    team.registry.promotes(replace(THREE, tags=tags), "production")
    team.looks()
    assert words in team.told()[0].text


def test_e7_a_tag_that_names_the_accountable_keeps_nothing_from_them(team: Models) -> None:
    known_as(team, "bea", "mlflow", "bea")
    at_work(team)
    team.registry.promotes(replace(THREE, tags={BY: "bea"}), "production")
    team.looks()
    assert [row.channel for row in team.told()] == ["UBEA"]


def test_e7_the_sign_off_is_there_and_for_another_version_it_says_so(team: Models) -> None:
    at_work(team)
    approve = TickCriterion("roll-out", "approved", project="Atlas")
    team.charter.gates.tick(team.actor("bea"), approve, HERE)
    team.registry.promotes(THREE, "production")
    team.looks()
    four = replace(THREE, version="4", made=team.now + timedelta(hours=1))
    team.registry.promotes(four, "production")
    team.looks(hours=2)
    first, second = team.told()
    assert "Sign-off: present. Approved by Bea Sample, 2026-11-23 10:10 UTC." in first.text
    assert "Sign-off: given before this version was made, so it may not mean this" in second.text
    labels = [each["text"]["text"] for each in first.blocks[-1]["elements"]]
    assert labels == ["Gate", "Why?"]


def test_e7_whose_it_is_says_the_model_itself_before_its_run(team: Models) -> None:
    """Its tag names a project and a stage; a version without a run needs it."""
    at_work(team)
    team.accountable("cy", "metrics")
    team.registry.models["churn"] = {"charter.project": "Atlas/metrics"}
    team.registry.promotes(ModelVersion("churn", "1"), "production")
    team.looks()
    [row] = team.told()
    assert row.channel == "UCY"
    assert ", in Atlas, stage Success metrics." in row.text
    assert "No run is known that made it." in row.text
    assert "So there are no metrics to hold against the target." in row.text


def test_e7_a_run_that_only_its_model_names_belongs_to_the_project(team: Models) -> None:
    """So that what is asked about the model is answered."""
    team.atlas()
    team.looks()
    team.registry.models["ranker"] = {"charter.project": "atlas"}
    team.registry.promotes(THREE, "production")
    team.looks()
    with team.database.read() as session:
        [run] = session.exec(select(RunRow)).all()
    assert run.details["attached"]["why"] == "its tag charter.project"
    [model] = run.details["seen"]["models"]
    assert (model["aliases"], model["version"]) == (["production"], "3")
    assert model["promoted"] == "2026-11-23T10:20:00Z"
    assert [row.channel for row in team.told()] == ["UANA"]


def test_e7_a_rule_about_a_tag_says_whose_it_is(team: Models) -> None:
    team.atlas()
    where = RUN.ref.url.partition("/runs/")[0]
    follow = Follow(where, By.LABEL, "team=ranking", "modelling", "Atlas")
    team.charter.follows.follow(team.actor("ana"), follow, HERE)
    team.looks()
    team.registry.tells(replace(TRAINED, tags={"team": "ranking"}, experiment_id="3"))
    team.registry.promotes(THREE, "production")
    team.looks()
    assert [row.channel for row in team.told()] == ["UANA"]


def test_e7_what_belongs_to_no_project_is_told_nobody(team: Models) -> None:
    team.atlas()
    team.looks()
    team.registry.promotes(THREE, "production")
    team.looks()
    assert team.told() == []
    assert held(team) == {"production": "3"}


def test_e7_away_it_is_told_when_it_is_back_and_what_was_not_told_whole_waits(
    team: Models,
) -> None:
    at_work(team)
    team.registry.trouble = Trouble(Why.AWAY)
    team.registry.promotes(THREE, "production")
    team.looks()
    assert (team.told(), held(team)) == ([], {"production": "2"})
    with team.database.read() as session:
        [mark] = session.exec(select(WatermarkRow)).all()
        assert (mark.stream, mark.trouble) == (MODELS, "away")
    team.registry.trouble, team.registry.keeps_back = None, frozenset({("ranker", "3")})
    team.looks()
    assert (team.told(), held(team)) == ([], {"production": "2"})
    team.registry.keeps_back = frozenset()
    team.looks()
    assert len(team.told()) == 1


def test_e7_away_at_the_first_look_the_next_one_is_the_first(team: Models) -> None:
    team.atlas()
    team.link(TRAINED.ref.url)
    team.registry.promotes(THREE, "production")
    team.registry.trouble = Trouble(Why.AWAY)
    team.looks()
    team.registry.trouble = None
    team.looks()
    team.looks()
    assert team.registry.looks == [None, None, {**team.registry.posts}]
    assert team.told() == []


def test_edge_63_after_a_week_many_promotions_are_one_message(team: Models) -> None:
    at_work(team)
    for number in range(MOST + 1):
        team.registry.promotes(replace(THREE, name=f"ranker-{number}"), "production")
    team.looks(days=7)
    [row] = team.told()
    lines = row.text.splitlines()
    assert lines[0] == "4 promotions of models since the last look:"
    assert lines[1] == (
        "• ranker-0 version 3 has the alias production now, in Atlas, stage Roll-out. missing, the "
        "gate is not approved."
    )
    assert lines[-1] == "Because you are accountable for Roll-out."


@pytest.mark.parametrize(
    ("aliases", "stage", "words"),
    [
        ((), "Production", "the stage Production now"),
        (("production",), "Production", "the alias production and the stage Production now"),
    ],
)
def test_edge_64_a_stage_of_the_older_kind_is_a_promotion_too(
    team: Models, aliases: tuple[str, ...], stage: str, words: str
) -> None:
    team.atlas()
    team.link(TRAINED.ref.url)
    team.looks()
    team.registry.promotes(THREE, *aliases, stage=stage)
    team.looks()
    [row] = team.told()
    assert row.text.startswith(f"ranker version 3 has {words}, in Atlas, stage Roll-out.")


def test_edge_64_an_alias_that_is_taken_away_is_held_no_more(team: Models) -> None:
    at_work(team)
    team.registry.posts.clear()
    team.looks()
    assert (team.told(), held(team)) == ([], {})


def test_e7_what_the_old_version_lost_its_run_holds_no_more(team: Models) -> None:
    """Also where its run is over and looked at no more."""
    at_work(team)
    team.registry.promotes(THREE, "production")
    team.looks()
    four = replace(THREE, version="4", run="")
    team.registry.promotes(four, "production")
    team.looks(days=30)
    with team.database.read() as session:
        [run] = session.exec(select(RunRow)).all()
    [model] = run.details["seen"]["models"]
    assert (model["version"], model["aliases"]) == ("3", [])
