"""What a standup says of its times, and the rows and marks of its report."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.rounds import Asked, Seat
from bot.standups import SaidLine, State, Timing, by_stage
from handlers.views import standups
from tests.handlers.views.test_standups import PLAN, SHOWN, a_day, asked, entry, report
from tests.handlers.views.worlds import CHURN, PEOPLE, T0, sound


def test_who_is_asked_only_after_the_report_is_named() -> None:
    """09:30 in New York is 15:30 in Berlin, where the report is told at 11:00."""
    assert "only after that" not in standups.shown(SHOWN).text
    seats = (*SHOWN.seats, Seat(2, T0 + timedelta(hours=5), "America/New_York"))
    told = sound(standups.shown(replace(SHOWN, seats=seats))).text
    assert f"{PEOPLE[2].name} is asked only after that; what they say is added to it." in told


@pytest.mark.parametrize(
    ("timing", "is_reported", "said"),
    [
        (Timing.OPEN, False, "You are on time until 10:30; the report goes to #churn-radar at"),
        (Timing.OVER, False, "The time to answer was until 10:30, an answer is late now; the"),
        (Timing.OVERDUE, True, "Your answer came late, after 10:30; the report is in #churn-r"),
        (Timing.FREE, False, "The report goes to #churn-radar at 11:00 in Berlin. What you say la"),
        (Timing.FREE, True, "The report is in #churn-radar. What you say now, or say otherwise"),
    ],
)
def test_edge_42_the_question_tells_the_time_that_there_is(
    timing: Timing, is_reported: bool, said: str
) -> None:
    window = replace(PLAN, closes_at=time(10, 30))
    one = replace(asked(State.ASKED, plan=window), timing=timing, is_reported=is_reported)
    assert said in sound(standups.asked(a_day(one))).text


def test_u5_each_line_has_a_row_of_its_own_and_its_stage_once() -> None:
    said = (
        SaidLine(0, "Data pipeline: in progress → done", 10, evidence="stage/10"),
        SaidLine(2, "no export, for the 3rd time", 10, evidence="blocker/4"),
    )
    one = replace(entry(State.POSTED, "the loader\n\nits tests", who=1), said=said)
    [page] = standups.reported(report(one, items={10: "Data pipeline"}))
    assert [line.removeprefix("• ") for line in sound(page).text.splitlines()][1:] == [
        "Blocked",
        "Ana Ruiz: Data pipeline: no export, for the 3rd time",
        "Ana Ruiz",
        "Done the loader",
        "Done its tests",
        "Done Data pipeline: in progress → done",
    ]
    told = sound(standups.asked(a_day(Asked(CHURN, one, PLAN, "x")))).text
    assert "Data pipeline: Data pipeline" not in told
    assert "Data pipeline: no export" in told


def test_u5_by_stage_who_took_longer_is_told_too() -> None:
    late = entry(State.POSTED, "the loader", who=1)
    told = report(late, sections=by_stage(CHURN, [late]), overdue=frozenset({1}))
    assert "Ana Ruiz (late) Done the loader" in sound(standups.reported(told)[0]).text
