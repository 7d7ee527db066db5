"""When something is due: checked by cases, and over every zone by counting minute by minute."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recurrence import (
    EVERY_DAY,
    LAST,
    WORKDAYS,
    Every,
    Fortnightly,
    Monthly,
    Recurrence,
    Weekly,
    at_local,
    latest,
    next_after,
    recalled,
    stored,
)

ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("posix", "right")))
MOMENTS = st.integers(946_684_800, 2_140_000_000).map(
    lambda when: datetime.fromtimestamp(when, UTC)
)
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
CLOCK = (st.builds(time, st.integers(0, 23), st.integers(0, 59)), st.sampled_from(ZONES))
WEEKLY = st.builds(Weekly, DAYS, *CLOCK)
FORTNIGHTLY = st.builds(Fortnightly, st.dates(date(2000, 1, 1), date(2037, 1, 1)), *CLOCK)
REGIONS = st.sampled_from(["", "", "", "DE-BY"])
MONTHLY = st.builds(Monthly, st.just(LAST) | st.integers(1, 31), DAYS, *CLOCK, REGIONS)
GERMAN = holidays.country_holidays("DE", subdiv="BY")
Dated = Weekly | Fortnightly | Monthly
DATED = st.one_of(WEEKLY, FORTNIGHTLY, MONTHLY)
ANY = st.one_of(DATED, st.builds(Every, st.integers(1, 3000)))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(at: str, zone: str) -> Weekly:
    return Weekly(EVERY_DAY, time.fromisoformat(at), zone)


def monthly(
    nth: int, days: Collection[int], zone: str = "Europe/Berlin", region: str = ""
) -> Monthly:
    return Monthly(nth, frozenset(days), time(9, 30), zone, region)


FRIDAYS = Fortnightly(date(2026, 11, 27), time(9, 30), "Europe/Berlin")


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
        # Every other Friday, counted from one of them on, and back from it.
        (FRIDAYS, "2026-11-27 08:00", "2026-11-27 08:30"),
        (FRIDAYS, "2026-11-27 08:30", "2026-12-11 08:30"),
        (FRIDAYS, "2026-11-01 00:00", "2026-11-13 08:30"),
        # Days of a month: the last Friday, the last working day, the 31st of a shorter one.
        (monthly(LAST, {4}), "2026-11-01 00:00", "2026-11-27 08:30"),
        (monthly(LAST, {4}), "2026-11-27 08:30", "2026-12-25 08:30"),
        (monthly(LAST, WORKDAYS), "2027-01-15 00:00", "2027-01-29 08:30"),
        (monthly(1, WORKDAYS), "2027-04-30 12:00", "2027-05-03 07:30"),
        (monthly(31, EVERY_DAY), "2027-02-01 00:00", "2027-02-28 08:30"),
        (monthly(31, EVERY_DAY), "2027-02-28 08:30", "2027-03-31 07:30"),
        (monthly(29, EVERY_DAY), "2028-02-01 00:00", "2028-02-29 08:30"),
        # Friday, 30 December 2011 was the last working day of the year, but for Samoa.
        (monthly(LAST, WORKDAYS, "Pacific/Apia"), "2011-12-01 12:00", "2011-12-29 19:30"),
        # Sunday to Thursday: July 2027 ends with a Saturday.
        (monthly(LAST, {6, 0, 1, 2, 3}), "2027-07-01 00:00", "2027-07-29 07:30"),
        # On 29 March 2024 it is Good Friday, and on 1 January 2027 the first of the year.
        (monthly(LAST, WORKDAYS, region="DE"), "2024-03-01 00:00", "2024-03-28 08:30"),
        (monthly(LAST, WORKDAYS, region="US"), "2024-03-01 00:00", "2024-03-29 08:30"),
        (monthly(1, WORKDAYS, region="DE"), "2026-12-31 00:00", "2027-01-04 08:30"),
        (monthly(1, EVERY_DAY), "2026-12-31 00:00", "2027-01-01 08:30"),
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


def days_of(schedule: Dated, start: date, end: date) -> list[date]:
    """The days of a schedule, by looking at each day of the calendar whether it is one."""
    every = [start + timedelta(days=n) for n in range((end - start).days)]
    if isinstance(schedule, Weekly):
        return [day for day in every if day.weekday() in schedule.days]
    if isinstance(schedule, Fortnightly):
        return [day for day in every if (day - schedule.first).days % 14 == 0]
    here = ZoneInfo(schedule.zone)
    found: list[date] = []
    for month in sorted({(day.year, day.month) for day in every}):
        some = [day for day in every if (day.year, day.month) == month]
        fit = [
            day
            for day in some
            if day.weekday() in schedule.days
            and at_local(day, schedule.at, here) is not None
            and not (schedule.region and day in GERMAN)
        ]
        if not fit:
            continue  # all of them are holidays
        nth = schedule.nth if schedule.nth != LAST else len(fit)
        found.append(fit[min(nth, len(fit)) - 1])
    return found


@given(DATED, MOMENTS)
def test_d1_a_schedule_is_due_on_the_days_of_the_calendar_that_it_names(
    schedule: Dated, moment: datetime
) -> None:
    """Each of its days is served once, at its time, and no other one is."""
    here = ZoneInfo(schedule.zone)
    today = moment.astimezone(here).date()
    start = today.replace(day=1)
    end = (start + timedelta(days=100)).replace(day=1)
    moments = (at_local(day, schedule.at, here) for day in days_of(schedule, start, end))
    wanted = [due for due in moments if due is not None and due > moment]
    found = []
    for _ in wanted:
        moment = next_after(schedule, moment)
        found.append(moment)
    assert found == wanted
    served = [due.astimezone(here).date() for due in found]
    assert sorted(set(served)) == served


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
    for nth in (0, -2, 32):
        with pytest.raises(ValueError, match="day of a month"):
            monthly(nth, WORKDAYS)
    with pytest.raises(ValueError, match="interval"):
        Every(0)
    with pytest.raises(ValueError, match="zone"):
        Weekly(WORKDAYS, time(9, tzinfo=UTC), "UTC")
