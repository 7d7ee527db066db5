"""How a project stands in one word, and where it is."""

from dataclasses import replace

import pytest

from bot.exports.standing import Light, current, health
from bot.project import Item, Status
from tests.bot.exported import ATLAS, TEAM, TODAY, A, days, person, stage
from tests.bot.support import ANA


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
    found = health(replace(ATLAS, items=numbered), TEAM, TODAY)
    assert (found.light, found.reason) == (light, reason)


def test_the_current_stage_is_the_first_under_way() -> None:
    states = (Status.DONE, Status.NOT_STARTED, Status.IN_PROGRESS, Status.AT_RISK)
    items = tuple(stage(f"s{at}", status=status) for at, status in enumerate(states))
    assert current(replace(ATLAS, items=items)) is items[2]
    assert current(replace(ATLAS, items=items[:2])) is items[1]
    assert current(replace(ATLAS, items=items[:1])) is None
