"""Milestones against the first day that they were given."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import deciding, slips
from bot.commands import ShowMilestone, ShowMilestones, spoken
from bot.commands.planned import MilestoneOrder
from bot.errors import BadInput, CharterError, NotFound, Refused
from bot.milestones import Forecast, Milestone
from bot.orders import MeetMilestone, MoveMilestone, RemoveMilestone, SetMilestone
from bot.spelling import folded
from bot.telling import summary
from tests.bot.support import ANA, PEOPLE, item, project
from tests.support.clock import T0
from tests.support.understood import understood

TODAY = date(2026, 3, 15)
MAY = date(2026, 5, 1)
LIVE = Milestone(1, folded("Pilot live"), "Pilot live", None, MAY, (Forecast(MAY, "", ANA, T0),))
OPEN = replace(project(item()), milestones=(LIVE,))


def moved(*days: date) -> Milestone:
    told = tuple(Forecast(day, "why", ANA, T0) for day in (MAY, *days))
    return replace(LIVE, forecasts=told)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ('milestone "Pilot live" 1 May', SetMilestone("Pilot live", MAY)),
        ("milestone Pilot live on 1 May", SetMilestone("Pilot live", MAY)),
        (
            "milestone Pilot live 2026-05-01 for rollout in Churn Radar",
            SetMilestone("Pilot live", MAY, "rollout", "Churn Radar"),
        ),
        (
            "milestone Pilot live moved to 15 May because the contract is late",
            MoveMilestone("Pilot live", date(2026, 5, 15), "the contract is late"),
        ),
        ("milestone Pilot live met", MeetMilestone("Pilot live")),
        ("milestone Pilot live met on 10 March", MeetMilestone("Pilot live", date(2026, 3, 10))),
        ("milestone Pilot live remove", RemoveMilestone("Pilot live")),
        ("milestone Pilot live back", RemoveMilestone("Pilot live", removed=False)),
        ("milestone Pilot live", ShowMilestone("Pilot live")),
        ("milestone", ShowMilestones()),
        ("milestones in Churn Radar", ShowMilestones("Churn Radar")),
    ],
)
def test_s8_what_is_typed(typed: str, order: MilestoneOrder) -> None:
    assert understood(typed, TODAY) == order
    assert understood(spoken(order), TODAY) == order


def test_s8_the_slip_is_held_against_the_unchanged_baseline() -> None:
    late = moved(date(2026, 5, 15))
    assert (late.baseline, late.due, late.slip, late.moves) == (MAY, date(2026, 5, 15), 14, 1)
    assert late.slip_words == "14 days later than first planned, re-dated once"
    back = moved(date(2026, 5, 15), date(2026, 6, 1), MAY)
    assert back.slip_words == "re-dated 3 times", "green with three re-dates is visible"
    assert replace(late, met_on=date(2026, 5, 2)).slip == 1


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), max_size=6))
def test_s8_the_cumulative_slip_is_the_sum_of_all_steps(days: list[date]) -> None:
    one = moved(*days)
    told = [each.due for each in one.forecasts]
    steps = sum((later - before for before, later in pairwise(told)), timedelta())
    assert one.baseline == MAY
    assert one.slip == steps.days == slips.slip(MAY, one.due)
    assert one.moves == len(days)


def test_s8_a_move_wants_a_reason_and_another_day() -> None:
    june = date(2026, 6, 1)
    with pytest.raises(BadInput):
        deciding.move_milestone(OPEN, "pilot live", june, " ")
    with pytest.raises(Refused):
        deciding.move_milestone(OPEN, "pilot live", MAY, "no reason")
    with pytest.raises(NotFound) as caught:
        deciding.move_milestone(OPEN, "go live", june, "why")
    assert caught.value.suggestions == ("Pilot live",)
    change = deciding.move_milestone(OPEN, "Pilot-Live", june, "ill")
    assert summary(change, PEOPLE) == "milestone Pilot live: 2026-05-01 → 2026-06-01 (ill)"


def test_s8_nobody_begins_anew_under_the_same_name() -> None:
    gone = replace(OPEN, milestones=(replace(LIVE, removed=True),))
    for known in (OPEN, gone):
        with pytest.raises(Refused):
            deciding.set_milestone(known, None, "pilot  LIVE", TODAY)
    assert deciding.remove_milestone(gone, "pilot live", removed=False).due == MAY


def test_s8_what_is_still_to_come_is_not_met() -> None:
    with pytest.raises(Refused):
        deciding.meet_milestone(OPEN, "pilot live", MAY, TODAY)
    with pytest.raises(CharterError):
        deciding.set_milestone(OPEN, None, " ", MAY)
