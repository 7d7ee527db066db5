"""U10: when somebody who has not answered a standup is reminded."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import Hours
from bot.presence import Absence, Half, Presence
from bot.standups import QUESTIONS, Entry, Plan, State, closes, reminder, report_slot

DAY = date(2026, 11, 24)
OWN = Hours("UTC")
PLAN = Plan(QUESTIONS, frozenset(range(5)), time(9, 30), "UTC", time(17), "C1")


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def entry(asked: datetime, state: State = State.ASKED, key: int = 1) -> Entry:
    answers = tuple((question, "") for question in QUESTIONS)
    return Entry(key, key, 1, DAY, state, answers, asked_at=asked)


def away(half: Half) -> Presence:
    return Presence(1, absences=(Absence(1, DAY, DAY, half),))


ASKED = entry(at(9, 30))


@pytest.mark.parametrize(
    ("plan", "own", "wanted"),
    [
        (PLAN, OWN, at(10, 30)),
        (replace(PLAN, report_at=time(11)), OWN, at(10, 15)),
        (replace(PLAN, closes_at=time(10)), OWN, at(9, 45)),
        (replace(PLAN, report_at=time(9, 30)), OWN, None),
        (replace(PLAN, reminds=False), OWN, None),
        (PLAN, replace(OWN, quiet_until=time(11)), at(11)),
        (replace(PLAN, report_at=time(11)), replace(OWN, quiet_until=time(11)), None),
        (PLAN, replace(OWN, days=frozenset({0, 2})), None),
    ],
)
def test_u10_an_hour_later_or_halfway_and_only_in_working_hours(
    plan: Plan, own: Hours, wanted: datetime | None
) -> None:
    assert reminder([(plan, ASKED)], own, at(9, 30)) == wanted


def test_u10_not_while_they_are_away() -> None:
    morning = away(Half.MORNING)
    assert reminder([(PLAN, ASKED)], replace(OWN, presence=morning), at(9, 30)) == at(13)
    whole = away(Half.DAY)
    assert reminder([(PLAN, ASKED)], replace(OWN, presence=whole), at(9, 30)) is None


@pytest.mark.parametrize("state", [State.POSTED, State.SKIPPED, State.NOTHING_NEW])
def test_u10_who_has_said_something_is_not_reminded(state: State) -> None:
    said = entry(at(9, 30), state)
    assert reminder([(PLAN, said)], OWN, at(9, 30)) is None
    other = entry(at(11), key=2)
    assert reminder([(PLAN, said), (PLAN, other)], OWN, at(11)) == at(12)


@given(
    asked=st.times(),
    ends=st.times(),
    report=st.times(),
    quiet=st.times(),
    until=st.times(),
    zone=st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_u10_never_after_the_end_nor_in_quiet_hours(
    asked: time, ends: time, report: time, quiet: time, until: time, zone: str
) -> None:
    plan = replace(PLAN, at=asked, closes_at=ends, report_at=report)
    own = Hours(zone, quiet_from=quiet.replace(second=0), quiet_until=until.replace(second=0))
    moment = at(asked.hour, asked.minute)
    due = reminder([(plan, entry(moment))], own, moment)
    if due is not None:
        closed, told = closes(plan, DAY, zone), report_slot(plan, DAY)
        assert closed is not None
        assert told is not None
        was_over = closed <= moment  # before they were asked: then only the report ends it
        assert moment <= due < (told if was_over else min(closed, told))
        assert own.is_open(due)
