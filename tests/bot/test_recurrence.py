"""When something is due: checked by cases, and over every zone by counting minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recurrence import (
    WORKDAYS,
    Every,
    Recurrence,
    Weekly,
    at_local,
    latest,
    next_after,
    recalled,
    stored,
)

EVERY_DAY = frozenset(range(7))
ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("posix", "right")))
MOMENTS = st.integers(946_684_800, 2_140_000_000).map(
    lambda when: datetime.fromtimestamp(when, UTC)
)
WEEKLY = st.builds(
    Weekly,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sampled_from(ZONES),
)
ANY = st.one_of(WEEKLY, st.builds(Every, st.integers(1, 3000)))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(at: str, zone: str) -> Weekly:
    return Weekly(EVERY_DAY, time.fromisoformat(at), zone)


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        # An ordinary day, and a weekend between.
        (Weekly(WORKDAYS, time(9, 30), "Europe/Berlin"), "2026-11-27 08:00", "2026-11-27 08:30"),
        (Weekly(WORKDAYS, time(9, 30), "Europe/Berlin"), "2026-11-27 08:30", "2026-11-30 08:30"),
        (Weekly(frozenset({6}), time(9), "Asia/Kolkata"), "2026-11-27 00:00", "2026-11-29 03:30"),
        (daily("09:30", "Asia/Kathmandu"), "2026-11-27 00:00", "2026-11-27 03:45"),
        # The clock skips 02:30: the first moment after, once.
        (daily("02:30", "Europe/Berlin"), "2027-03-27 12:00", "2027-03-28 01:00"),
        (daily("02:30", "Europe/Berlin"), "2027-03-28 01:00", "2027-03-29 00:30"),
        (daily("03:00", "Europe/Berlin"), "2027-03-27 12:00", "2027-03-28 01:00"),
        (daily("02:15", "Australia/Lord_Howe"), "2026-10-03 12:00", "2026-10-03 15:30"),
        # It shows 02:30 twice: the first time.
        (daily("02:30", "Europe/Berlin"), "2026-10-24 12:00", "2026-10-25 00:30"),
        (daily("02:30", "Europe/Berlin"), "2026-10-25 00:30", "2026-10-26 01:30"),
        (daily("01:45", "Australia/Lord_Howe"), "2027-04-03 12:00", "2027-04-03 14:45"),
        # The wall clock stays, whatever the offset does.
        (daily("09:30", "Europe/Berlin"), "2026-10-24 12:00", "2026-10-25 08:30"),
        (daily("09:30", "America/New_York"), "2026-10-31 20:00", "2026-11-01 14:30"),
        # Samoa left out 30 December 2011, and midnight is skipped where DST begins at midnight.
        (daily("09:30", "Pacific/Apia"), "2011-12-29 20:00", "2011-12-30 19:30"),
        (daily("00:00", "America/Havana"), "2026-03-07 12:00", "2026-03-08 05:00"),
        # A POSIX sign means the other way round.
        (daily("09:30", "Etc/GMT+5"), "2026-11-27 00:00", "2026-11-27 14:30"),
        (Every(10), "2026-11-27 08:00", "2026-11-27 08:10"),
        (Every(10), "2026-11-27 08:09", "2026-11-27 08:10"),
    ],
)
def test_the_next_time(schedule: Recurrence, after: str, due: str) -> None:
    assert next_after(schedule, utc(after)) == utc(due)
    assert latest(schedule, utc(due)) == utc(due)
    assert latest(schedule, utc(due) - timedelta(seconds=1)) <= utc(after)


@given(ANY, MOMENTS)
def test_next_and_latest_leave_nothing_out(schedule: Recurrence, moment: datetime) -> None:
    before, after = latest(schedule, moment), next_after(schedule, moment)
    assert before <= moment < after
    assert next_after(schedule, before) == after
    assert latest(schedule, after - timedelta(microseconds=1)) == before


@given(WEEKLY, MOMENTS)
def test_each_local_day_is_served_at_most_once(schedule: Weekly, moment: datetime) -> None:
    zone = ZoneInfo(schedule.zone)
    served: list[date] = []
    for _ in range(10):
        moment = next_after(schedule, moment)
        served.append(moment.astimezone(zone).date())
    assert len(set(served)) == len(served)
    assert all(day.weekday() in schedule.days for day in served)


@given(st.sampled_from(ZONES), MOMENTS, st.integers(0, 1439))
def test_a_time_of_day_is_found_as_a_watcher_of_the_clock_finds_it(
    zone: str, moment: datetime, minute: int
) -> None:
    """The first minute of the day at which the clock shows that time or a later one."""
    here, day, at = ZoneInfo(zone), moment.date(), time(minute // 60, minute % 60)
    start = datetime.combine(day, time(), UTC) - timedelta(hours=16)
    watched = (start + timedelta(minutes=n) for n in range(60 * 56))
    shown = ((when, when.astimezone(here)) for when in watched)
    first = next((when for when, wall in shown if wall.date() == day and wall.time() >= at), None)
    found = at_local(day, at, here)
    # Where a day begins later than at midnight or ends before, the minute after it may be meant.
    if first is None:
        assert found is None or found.astimezone(here).date() == day
    else:
        assert found is not None
        assert first - timedelta(minutes=1) < found <= first


@given(ANY)
def test_what_is_stored_is_recalled(schedule: Recurrence) -> None:
    assert recalled(stored(schedule)) == schedule


def test_what_is_no_schedule_is_refused() -> None:
    for days in (frozenset[int](), frozenset({7})):
        with pytest.raises(ValueError, match="days"):
            Weekly(days, time(9), "UTC")
    with pytest.raises(ValueError, match="interval"):
        Every(0)
    with pytest.raises(ValueError, match="zone"):
        Weekly(WORKDAYS, time(9, tzinfo=UTC), "UTC")
