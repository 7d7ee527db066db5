"""Row D5: quiet hours and working days, and at most one message a day that nobody asked for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import NEVER, Hours, hours
from bot.people import Person
from bot.presence import Absence, Half, Presence
from bot.routing import When
from bot.routing.budget import GATHER, Budget
from tests.support.clock import T0

USUAL = Hours("Europe/Berlin")
NIGHTS = Hours("Asia/Tokyo", frozenset({5, 6}), time(9), time(21))
ALWAYS = Hours("America/New_York", frozenset(range(7)), NEVER, NEVER)

TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ANYBODY = st.builds(
    Hours,
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    quiet_from=TIMES,
    quiet_until=TIMES,
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026, of which the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (berlin(23, 10), berlin(23, 10)),
        (berlin(23, 7, 59), berlin(23, 8)),
        (berlin(23, 18), berlin(24, 8)),
        (berlin(27, 18), berlin(30, 8)),
        (berlin(28, 12), berlin(30, 8)),
    ],
    ids=["at work", "before", "after", "on Friday evening", "on Saturday"],
)
def test_d5_what_comes_in_quiet_hours_waits_for_the_next_working_morning(
    now: datetime, opens: datetime
) -> None:
    assert USUAL.next_open(now) == opens


def test_hours_of_ones_own() -> None:
    assert NIGHTS.morning == time(8)
    assert not NIGHTS.is_open(berlin(28, 3))  # 11:00 in Tokyo
    assert NIGHTS.is_open(berlin(28, 14))  # 22:00 in Tokyo
    assert ALWAYS.is_open(berlin(29, 3))
    assert ALWAYS.next_morning(berlin(23, 12)) == datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_a_person_has_the_usual_hours_until_they_set_their_own() -> None:
    ana = Person(1, "ana", "Ana Sample", "Ana", timezone="Europe/Berlin")
    assert hours(ana) == USUAL
    own = Person(1, "ana", "Ana Sample", "Ana", work_days=frozenset({0}), quiet_from="20:00")
    assert hours(own) == Hours("UTC", frozenset({0}), time(20), time(8))


@pytest.mark.parametrize(("days", "last"), [(1, 24), (3, 26), (4, 27), (5, 30), (0, 24)])
def test_days_are_counted_as_working_days(days: int, last: int) -> None:
    assert USUAL.last_day(berlin(23, 10), days) == berlin(last, 0).date()


@given(ANYBODY, MOMENTS)
def test_d5_nobody_is_written_to_in_their_quiet_hours(own: Hours, now: datetime) -> None:
    opens = own.next_open(now)
    assert opens >= now
    assert own.is_open(opens)
    assert own.day(own.next_morning(now)) > own.day(now)


@given(ANYBODY, MOMENTS, st.lists(st.tuples(st.integers(0, 3000), st.sampled_from(When))))
def test_d5_at_most_one_message_a_day_that_nobody_asked_for(
    own: Hours, begin: datetime, news: list[tuple[int, When]]
) -> None:
    """Whatever happens when: what was told is told in their hours, one message on one day."""
    now, waiting = begin, None
    sent: list[datetime] = []
    for minutes, when in news:
        now += timedelta(minutes=minutes)
        if waiting is not None and waiting <= now:
            sent.append(waiting)
            waiting = None
        waiting = Budget(own, waiting, sent).due(when, now)
        assert waiting >= now
    days = [own.day(moment) for moment in (*sent, *([waiting] if waiting else []))]
    assert len(days) == len(set(days))
    assert all(own.is_open(moment) for moment in sent)


def test_d5_a_dozen_edits_in_a_minute_are_one_message() -> None:
    waiting: datetime | None = None
    for second in range(0, 60, 5):
        waiting = Budget(USUAL, waiting).due(When.WORKING, T0 + timedelta(seconds=second))
    assert waiting == T0 + GATHER


def test_what_happens_after_the_message_of_the_day_waits_for_the_next_morning() -> None:
    told = Budget(USUAL, None, [berlin(23, 9)])
    assert told.due(When.WORKING, berlin(23, 12)) == berlin(24, 8)
    assert Budget(USUAL).due(When.MORNING, berlin(23, 12)) == berlin(24, 8)
    assert Budget(USUAL, berlin(24, 8)).due(When.WORKING, berlin(23, 12)) == berlin(23, 12, 1)


def test_what_waits_makes_way_for_a_blocker_that_came_at_once() -> None:
    budget = Budget(USUAL, berlin(23, 12, 1), [berlin(23, 12)])
    assert budget.unspent(berlin(23, 12, 1)) == berlin(24, 8)


# Away


def test_u3_what_can_wait_is_told_when_they_are_back() -> None:
    """Away from Tuesday to Thursday, and on Friday morning; a Monday evening before it."""
    leave = Absence(1, date(2026, 11, 24), date(2026, 11, 26))
    friday = Absence(1, date(2026, 11, 27), date(2026, 11, 27), Half.MORNING)
    own = Hours("Europe/Berlin", presence=Presence(1, (leave, friday)))
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert own.next_open(evening) == datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert own.next_morning(evening) == datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert not own.is_open(datetime(2026, 11, 25, 10, tzinfo=UTC))
    assert own.is_open(datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert not own.is_open(datetime(2026, 11, 27, 10, tzinfo=UTC))
    assert own == Hours("Europe/Berlin")
    assert own.last_day(evening, 2) == date(2026, 11, 30)


def test_who_is_away_for_longer_than_anybody_can_see_is_told_as_if_they_were_there() -> None:
    for_good = Absence(1, date(2026, 1, 1), date(2030, 1, 1))
    own = Hours("Europe/Berlin", presence=Presence(1, (for_good,)))
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert own.next_open(evening) == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert own.next_morning(evening) == datetime(2026, 11, 24, 7, tzinfo=UTC)
