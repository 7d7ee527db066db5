"""Until when an answer is on time, in each person's own time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standups import (
    QUESTIONS,
    Entry,
    Plan,
    State,
    Timing,
    closes,
    is_open,
    is_overdue,
    report,
    report_day,
    report_slot,
    report_time,
    timing,
)
from tests.bot.support import ANA, BEA, CY, PEOPLE, project
from tests.bot.test_standups import MOMENTS, ZONES

DAY = date(2026, 11, 24)
MORNING = Plan(
    QUESTIONS, frozenset(range(5)), time(9, 30), "UTC", time(12), "C1", closes_at=time(12)
)
NIGHT = replace(MORNING, at=time(22), closes_at=time(2), report_at=time(2))


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def entry(who: int, posted: datetime | None = None) -> Entry:
    state = State.POSTED if posted else State.ASKED
    answers = tuple((question, "x" if posted else "") for question in QUESTIONS)
    return Entry(who, 3, who, DAY, state, answers, asked_at=at(9, 30), posted_at=posted)


@pytest.mark.parametrize(
    ("plan", "zone", "end"),
    [
        (MORNING, "Europe/Berlin", at(11)),
        (MORNING, "America/New_York", at(17)),
        (NIGHT, "Europe/Berlin", at(1, day=25)),
        (NIGHT, "Asia/Kolkata", at(20, 30)),
        (replace(MORNING, closes_at=None), "UTC", None),
    ],
)
def test_edge_42_a_window_is_of_ones_own_time_and_may_cross_midnight(
    plan: Plan, zone: str, end: datetime | None
) -> None:
    assert closes(plan, DAY, zone) == end


@pytest.mark.parametrize(
    ("asked_at", "posted", "now", "stands"),
    [
        (at(9, 30), None, at(12), Timing.OPEN),
        (at(9, 30), None, at(12, 1), Timing.OVER),
        (at(9, 30), at(12), at(15), Timing.FREE),
        (at(9, 30), at(12, 1), at(15), Timing.OVERDUE),
        (at(13), None, at(13, 1), Timing.FREE),  # after a morning off
        (at(13), at(14), at(15), Timing.FREE),
    ],
)
def test_edge_42_who_is_asked_after_the_window_has_closed_is_not_late(
    asked_at: datetime, posted: datetime | None, now: datetime, stands: Timing
) -> None:
    asked = replace(entry(ANA, posted), asked_at=asked_at)
    assert timing(MORNING, asked, "UTC", now) is stands
    assert is_open(MORNING, asked, "UTC", now) is (stands is Timing.OPEN)
    assert is_overdue(MORNING, asked, "UTC") is (stands is Timing.OVERDUE)


def test_edge_42_what_is_said_after_midnight_is_of_the_day_before() -> None:
    assert not is_overdue(NIGHT, entry(ANA, at(1, 59, 25)), "UTC")
    assert is_overdue(NIGHT, entry(ANA, at(2, 1, 25)), "UTC")
    assert is_open(NIGHT, entry(ANA), "UTC", at(1, 59, 25))
    assert not is_open(NIGHT, entry(ANA), "UTC", at(2, 1, 25))
    assert not is_open(NIGHT, entry(ANA, at(23)), "UTC", at(23, 30))
    assert (report_slot(NIGHT, DAY), report_day(NIGHT, at(2, day=25))) == (at(2, day=25), DAY)
    assert report_time(time(22), time(2)) == time(2)


def test_u1_the_report_says_who_still_has_time_and_who_took_longer() -> None:
    people = {
        key: replace(PEOPLE[key], slack_id=f"U{key}", timezone=zone)
        for key, zone in ((ANA, "UTC"), (BEA, "America/New_York"), (CY, "Asia/Kolkata"))
    }
    entries = [entry(ANA, at(12, 1)), entry(BEA), entry(CY)]
    told = report(project(), MORNING, DAY, entries, (ANA, BEA, CY), people, at(12, 5))
    assert told is not None
    assert told.overdue == frozenset({ANA})
    assert [(one.person, one.at, one.zone) for one in told.still] == [
        (BEA, time(12), "America/New_York")
    ]


@given(st.times(), st.times(), ZONES, MOMENTS)
def test_edge_42_every_day_closes_once_after_it_was_asked(
    begin: time, end: time, zone: str, moment: datetime
) -> None:
    begin, end = (one.replace(second=0, microsecond=0) for one in (begin, end))
    if begin == end:
        return
    plan = replace(MORNING, at=begin, closes_at=end)
    shut = closes(plan, moment.date(), zone)
    following = closes(plan, date.fromordinal(moment.date().toordinal() + 2), zone)
    assert shut is not None
    assert following is not None
    assert shut < following
