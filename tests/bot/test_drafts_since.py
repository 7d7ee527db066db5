"""Since when a standup asks somebody for what they did."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.drafts import FURTHEST, since
from bot.moments import own_day
from tests.bot.support import BEA, PEOPLE
from tests.bot.test_recurrence import MOMENTS, ZONES
from tests.support.clock import T0


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_edge_44_on_monday_it_is_since_friday() -> None:
    bea = replace(PEOPLE[BEA], timezone="Asia/Kolkata")
    friday = at("2026-11-20T09:42", "Asia/Kolkata")
    monday = at("2026-11-23T09:30", "Asia/Kolkata")
    assert since(friday, bea, monday) == friday


def test_edge_44_whoever_never_answered_is_asked_for_one_working_day() -> None:
    monday = at("2026-11-23T09:30", "Asia/Kolkata")
    bea = replace(PEOPLE[BEA], timezone="Asia/Kolkata")
    assert since(None, bea, monday) == at("2026-11-20T00:00", "Asia/Kolkata")
    sunday_to_thursday = replace(bea, work_days=frozenset({6, 0, 1, 2, 3}))
    assert since(None, sunday_to_thursday, monday) == at("2026-11-22T00:00", "Asia/Kolkata")


def test_edge_44_after_a_long_leave_it_is_bounded() -> None:
    long_ago = T0 - timedelta(days=40)
    assert since(long_ago, PEOPLE[BEA], T0) == T0 - FURTHEST


@given(st.sampled_from(ZONES), MOMENTS, st.frozensets(st.integers(0, 6)))
def test_edge_44_the_last_working_day_is_one_of_theirs_in_any_zone(
    zone: str, now: datetime, days: frozenset[int]
) -> None:
    person = replace(PEOPLE[BEA], timezone=zone, work_days=days or None)
    begun = since(None, person, now)
    day, today = own_day(begun, zone), own_day(now, zone)
    assert day < today
    assert now - FURTHEST <= begun < now
    own = days or frozenset(range(5))
    assert day.weekday() in own
    between = [day + timedelta(days=n) for n in range(1, (today - day).days)]
    skipped = [one for one in between if one.weekday() in own]
    # Only a day that the zone itself leaves out, by crossing the date line, is passed over.
    assert all(own_day(at(f"{one}T12:00", zone), zone) != one for one in skipped)
