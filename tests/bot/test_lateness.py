"""What came late, or not at all: the pure part."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.lateness import Downtime, Late, Missed, covering, downtimes, late
from bot.people import Person
from bot.recurrence import Every, Weekly, slots
from bot.standups import Plan, missed_days


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


DOWN = Downtime(at(9, 5), at(9, 50))


def test_u11_between_the_times_in_which_it_was_kept_it_was_down() -> None:
    kept = [(at(9, 50), at(12)), (at(7), at(9, 5)), (at(13), at(14))]
    assert downtimes(kept) == (DOWN, Downtime(at(12), at(13)))
    assert downtimes(kept[:1]) == ()
    assert downtimes([]) == ()


def test_u11_replicas_that_keep_it_side_by_side_make_one_time() -> None:
    kept = [(at(7), at(9)), (at(8), at(8, 30)), (at(8, 59), at(9, 5)), (at(9, 50), at(10))]
    assert downtimes(kept) == (DOWN,)


@pytest.mark.parametrize(
    ("moment", "down"), [((9, 4), None), ((9, 5), DOWN), ((9, 49), DOWN), ((9, 50), None)]
)
def test_u11_a_moment_without_a_clock(moment: tuple[int, int], down: Downtime | None) -> None:
    assert covering([Downtime(at(1), at(2)), DOWN], at(*moment)) == down


def test_u11_late_is_what_comes_five_minutes_after_its_time() -> None:
    assert late(at(9, 30), at(9, 34, 24), [DOWN]) is None
    assert late(at(9, 30), at(9, 50), [DOWN]) == Late(at(9, 30), DOWN)
    assert late(at(10), at(10, 5), [DOWN]) == Late(at(10), None)


def test_slots_that_went_by() -> None:
    daily = Weekly(frozenset(range(5)), time(9, 30), "Europe/Berlin")
    found = list(slots(daily, at(8, 30, 26), at(8, 30, 30)))  # Thursday up to Monday
    assert found == [at(8, 30, 26), at(8, 30, 27)]
    assert list(slots(Every(60), at(9), at(11, 59))) == [at(9), at(10), at(11)]
    assert list(slots(daily, at(8, 30), at(8, 30))) == []


def test_u11_what_was_missed_is_told_by_the_day_of_who_was_to_be_asked() -> None:
    plan = Plan((), frozenset(range(5)), time(9, 30), "Europe/Berlin", time(11), "C1")
    ana = Person(1, "ana", "U1", "Ana", "Ana", "Asia/Tokyo")
    bea = Person(2, "bea", "U2", "Bea", "Bea", "America/New_York")
    day = timedelta(days=1)
    missed = [
        Missed("ask", 7, 1, at(0, 30) - day, None),
        Missed("ask", 7, 1, at(0, 30), DOWN),
        Missed("report", 7, None, at(10), DOWN),
        Missed("ask", 7, 2, at(14, 30), None),
        Missed("ask", 7, 3, at(14, 30), DOWN),
    ]
    [tuesday, monday] = missed_days(missed, plan, {1: ana, 2: bea})
    assert (tuesday.day.day, tuesday.people, tuesday.is_unreported, tuesday.down) == (
        *(24, 2, True),
        DOWN,
    )
    assert (monday.day.day, monday.people, monday.is_unreported, monday.down) == (
        *(23, 1, False),
        None,
    )
