"""How long reviews are waited for: in working hours, exactly, and the longest first."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands import Order, ShowReviews, spoken
from bot.hours import Hours
from bot.presence import Absence, Half, Presence
from bot.review_lists import worked
from tests.support.clock import T0
from tests.support.understood import understood

MINUTE = timedelta(minutes=1)
NINE_TO_SIX = Hours("Europe/Berlin", quiet_from=time(18), quiet_until=time(9))
FRIDAY = datetime(2026, 11, 27, 16, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_g4_asked_on_friday_at_17_it_is_two_hours_on_monday_at_10() -> None:
    assert timedelta(hours=65) == MONDAY - FRIDAY
    assert worked(NINE_TO_SIX, FRIDAY, MONDAY) == timedelta(hours=2)


@pytest.mark.parametrize(("half", "hours"), [(Half.DAY, 1), (Half.MORNING, 1), (Half.AFTERNOON, 2)])
def test_g4_days_off_do_not_count(half: Half, hours: int) -> None:
    away = Presence(1, (Absence(1, date(2026, 11, 30), date(2026, 11, 30), half),))
    own = Hours("Europe/Berlin", quiet_from=time(18), quiet_until=time(9), presence=away)
    assert worked(own, FRIDAY, MONDAY) == timedelta(hours=hours)


def test_g4_nothing_is_waited_for_before_it_is_asked() -> None:
    assert worked(NINE_TO_SIX, MONDAY, FRIDAY) == timedelta()


QUIET = st.sampled_from([time(0), time(1, 30), time(2, 30), time(9), time(12), time(18), time(23)])
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
CLOCKS_CHANGE = [(2026, 3, 28), (2026, 3, 7), (2026, 4, 4), (2026, 10, 24), (2026, 10, 31)]
BEGINS = st.builds(
    lambda day, minutes: datetime.combine(date(*day), time(), UTC) + minutes * MINUTE,
    st.sampled_from([*CLOCKS_CHANGE, (2026, 11, 27)]),
    st.integers(0, 1440),
)


@settings(max_examples=60, deadline=None)
@given(
    st.builds(Hours, ZONES, DAYS, QUIET, QUIET),
    st.none() | st.sampled_from([*Half]),
    BEGINS,
    st.integers(0, 3000),
)
def test_g4_it_is_what_counting_the_minutes_comes_to(
    hours: Hours, half: Half | None, since: datetime, minutes: int
) -> None:
    if half is not None:
        day = since.date() + timedelta(days=1)
        away = Presence(1, (Absence(1, day, day, half),))
        hours = Hours(hours.zone, hours.days, hours.quiet_from, hours.quiet_until, away)
    counted = sum(hours.is_open(since + n * MINUTE) for n in range(minutes))
    assert worked(hours, since, since + minutes * MINUTE) == counted * MINUTE


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("reviews", ShowReviews()),
        ("reviews me", ShowReviews(True)),
        ("reviews mine in Churn Radar", ShowReviews(True, "Churn Radar")),
        ("reviews in Churn Radar", ShowReviews(project="Churn Radar")),
        ("reviews Churn Radar", ShowReviews(project="Churn Radar")),
    ],
)
def test_g4_what_is_typed_is_read_and_spoken(typed: str, order: Order) -> None:
    assert understood(typed, T0.date()) == order
    assert understood(spoken(order), T0.date()) == order
