"""Everybody is asked once on each of their working days, all the year, wherever they are."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.presence import Presence
from bot.recurrence import next_after
from bot.standups import Plan, next_ask, report_day, report_slot, report_times
from tests.bot.travelling import astray, travels
from tests.bot.year import DAY, ZONES, Worker, first_shown, people, walked, wrong

WORKDAYS = frozenset(range(5))


def test_u1_a_year_of_a_hundred_people_in_forty_zones() -> None:
    team = people(120, 20261128)
    assert {worker.zone for worker in team} == set(ZONES)
    assert wrong(team) == []


def test_edge_38_a_year_of_people_who_travel() -> None:
    assert astray(travels(40, 20261128)) == []


def test_u1_where_a_day_was_left_out_nobody_is_asked_on_it() -> None:
    first = datetime(2011, 12, 20, tzinfo=UTC)
    team = [
        Worker("Pacific/Apia", at, WORKDAYS, None, {})
        for at in (time(0), time(9, 30), time(23, 45))
    ]
    assert wrong(team, first, 20) == []
    presence = Presence(1)
    thursday = datetime(2011, 12, 29, 23, tzinfo=UTC)  # 13:00 there; Friday the 30th never was
    due = next_ask(team[1].plan, "Pacific/Apia", presence, thursday)
    assert due is not None
    assert due.astimezone(ZoneInfo("Pacific/Apia")).date() == date(2012, 1, 2)


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/Berlin", (3, 29), (2, 30), "01:00"),  # the gap: at 03:00
        ("Europe/Berlin", (10, 25), (2, 30), "00:30"),  # twice: the first time
        ("America/New_York", (3, 8), (2, 30), "07:00"),
        ("America/New_York", (11, 1), (1, 30), "05:30"),
        ("Australia/Lord_Howe", (10, 4), (2, 15), "15:30"),  # of the day before; half an hour
        ("Australia/Lord_Howe", (4, 5), (1, 45), "14:45"),
        ("Pacific/Chatham", (9, 27), (3, 0), "14:00"),
        ("America/Santiago", (9, 6), (0, 30), "04:00"),  # a gap at midnight
        ("Asia/Kolkata", (3, 29), (2, 30), "21:00"),
        ("Asia/Kathmandu", (3, 29), (2, 30), "20:45"),
        ("Etc/GMT+5", (3, 29), (2, 30), "07:30"),  # five hours behind, whatever the sign says
    ],
)
def test_u2_a_time_that_is_skipped_or_comes_twice_comes_once(
    zone: str, day: tuple[int, int], at: tuple[int, int], utc: str
) -> None:
    wanted = date(2026, *day)
    plan = Plan((), frozenset(range(7)), time(*at), "UTC", time(17), "C1")
    before = datetime(2026, *day, tzinfo=UTC) - 2 * DAY
    found: list[datetime] = []
    while (due := next_ask(plan, zone, Presence(1), before)) is not None and len(found) < 5:
        found.append(due)
        before = due
    there = [one for one in found if one.astimezone(ZoneInfo(zone)).date() == wanted]
    assert [f"{one:%H:%M}" for one in there] == [utc]


@pytest.mark.parametrize("zone", ZONES[::3])
def test_edge_42_a_report_after_midnight_is_of_the_day_before_once_each(zone: str) -> None:
    first, days = datetime(2026, 1, 1, tzinfo=UTC), 365
    plan = Plan((), WORKDAYS, time(22), zone, time(0, 30), "C1")
    seen = walked(zone, first, days)
    moment, told = first, {}
    while (moment := next_after(report_times(plan), moment)) < first + days * DAY:
        day = report_day(plan, moment)
        assert day not in told
        assert report_slot(plan, day) == moment
        told[day] = moment
    wanted = {
        day - timedelta(days=1): found
        for day in seen
        if (day - timedelta(days=1)).weekday() in plan.days
        and (found := first_shown(seen, day, plan.report_at)) is not None
        and first < found < first + days * DAY
    }
    assert told == wanted
