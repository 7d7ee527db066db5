"""How a project does: the worst of four things, each with a sentence; and what somebody says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.condition import Blocker, Finish, Light, Opinion
from bot.health import health
from bot.project import Item, Metric, Project, Scope, Status
from tests.bot.exported import ATLAS, TEAM, TODAY, A, days, person, stage
from tests.bot.support import ANA
from tests.support.clock import T0


@pytest.mark.parametrize(
    ("items", "light", "reason"),
    [
        ((), Light.GREY, "Nothing has begun."),
        ((stage("a", status=Status.NOT_STARTED),), Light.GREY, "Nothing has begun."),
        ((stage("a", status=Status.DONE),), Light.DONE, "Everything is done."),
        (
            (stage("a", status=Status.ON_HOLD), stage("b", status=Status.DONE)),
            Light.HOLD,
            "What is left is on hold.",
        ),
        (
            (stage("a", person(A, ANA), status=Status.IN_PROGRESS, due=days(0)),),
            Light.GREEN,
            "Nothing is blocked, late or at risk.",
        ),
        (
            (stage("a", person(A, ANA), status=Status.IN_PROGRESS, due=days(-2)),),
            Light.RED,
            "A is 2 days late",
        ),
        ((stage("a", status=Status.IN_PROGRESS),), Light.AMBER, "Nobody is accountable for A"),
        (
            (
                stage("a", person(A, ANA), status=Status.AT_RISK, note="slow\ndisk"),
                stage("b", status=Status.IN_PROGRESS, due=days(9), baseline_due=days(2)),
            ),
            Light.AMBER,
            "A is at risk: slow disk (and 2 more)",
        ),
        (
            (stage("a", status=Status.DONE, due=days(-9)), stage("b", status=Status.ON_HOLD)),
            Light.HOLD,
            "What is left is on hold.",
        ),
    ],
)
def test_health_is_the_worst_with_its_reason(
    items: tuple[Item, ...], light: Light, reason: str
) -> None:
    numbered = tuple(replace(item, id=at) for at, item in enumerate(items))
    found = health(replace(ATLAS, items=numbered, scope=Scope()), TEAM, TODAY)
    assert (found.computed, found.reason) == (light, reason)


def made(*items: Item, metrics: tuple[Metric, ...] = (), **more: object) -> Project:
    numbered = tuple(replace(item, id=at) for at, item in enumerate(items))
    fresh = replace(ATLAS, items=numbered, scope=Scope(metrics=metrics))
    return replace(fresh, **more)  # type: ignore[arg-type]  # the fields of a project


RECALL = Metric("Recall", (), True, "", 0.5, 0.9, 0.81, None)


def test_t5_the_worst_of_four_counts_and_each_has_a_sentence() -> None:
    project = made(
        stage("a", person(A, ANA), status=Status.IN_PROGRESS, due=days(-2)),
        stage("b", status=Status.IN_PROGRESS),
        stage("metrics", person(A, ANA), due=days(-3)),
        metrics=(RECALL,),
    )
    found = health(project, TEAM, TODAY)
    assert found.computed is Light.RED
    assert {one.dimension.value: (one.light, one.sentence) for one in found.ratings} == {
        "blockers": (Light.GREEN, "Nothing is blocked or at risk."),
        "schedule": (Light.RED, "Metrics is 3 days late"),
        "metric": (Light.RED, "Recall is 3 days overdue: 0.81 of 0.9"),
        "ownership": (Light.AMBER, "Nobody is accountable for B"),
    }
    assert found.reason == "Metrics is 3 days late (and 2 more)"


def test_t5_an_opinion_stands_beside_what_is_computed() -> None:
    project = made(
        stage("metrics", person(A, ANA), status=Status.DONE),
        metrics=(RECALL,),
        opinion=Opinion(Light.GREEN, "signed off", ANA, None),
    )
    found = health(project, TEAM, TODAY)
    assert (found.light, found.computed) == (Light.GREEN, Light.RED)
    assert (
        found.words(TEAM)
        == "Green (set by Ana Sample; computed Red: Recall missed its target: 0.81 of 0.9)"
    )


def test_t5_what_is_blocked_tells_for_how_long() -> None:
    why = Blocker(1, "no export", ANA, T0 - timedelta(days=7))
    stuck = stage("a", person(A, ANA), status=Status.BLOCKED, blockers=(why,))
    assert health(made(stuck), TEAM, TODAY).reason == "A is blocked for 5 working days: no export"


def test_edge_22_a_project_that_is_done_for_a_reason_is_not_red_any_more() -> None:
    done = made(stage("a", status=Status.DONE), metrics=(RECALL,))
    assert health(done, TEAM, TODAY).computed is Light.RED
    said = health(replace(done, finish=Finish(T0, "good enough")), TEAM, TODAY)
    assert (said.computed, said.reason) == (Light.DONE, "Everything is done: good enough")
