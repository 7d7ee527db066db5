"""The playground's clock: ahead only, and through everything that is due on the way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from handlers.playground.clock import FARTHEST, MOMENT, MovableClock, wanted
from tests.handlers.playground.conftest import Clock
from tests.support.clock import T0

HOUR = timedelta(hours=1)


@dataclass
class Due:
    """Moments at which something is due; notes at what time each was seen to."""

    clock: MovableClock
    moments: list[datetime] = field(default_factory=list)
    seen_to: list[datetime] = field(default_factory=list)
    passed_over: list[datetime] = field(default_factory=list)
    settled: int = 0
    every: timedelta | None = None
    stuck: bool = False

    def next_due(self) -> datetime | None:
        return min(self.moments, default=None)

    def pass_over(self) -> None:
        self.passed_over.append(self.clock())

    def settle(self) -> None:
        self.settled += 1
        while not self.stuck and self.moments and (due := min(self.moments)) <= self.clock():
            self.moments.remove(due)
            self.seen_to.append(self.clock())
            if self.every:
                self.moments.append(due + self.every)


class Paced(Due):
    """One at a time, as messages come to one channel."""

    def settle(self) -> None:
        if self.moments and min(self.moments) <= self.clock():
            self.moments.remove(min(self.moments))
            self.seen_to.append(self.clock())


@pytest.fixture
def wall() -> Clock:
    return Clock()


@pytest.fixture
def clock(wall: Clock) -> MovableClock:
    return MovableClock(wall)


def test_it_runs_with_the_real_clock_from_where_it_was_put(
    wall: Clock, clock: MovableClock
) -> None:
    assert clock() == T0
    clock.move(T0 + HOUR, Due(clock))
    wall.passes(minutes=5)
    assert clock() == T0 + HOUR + timedelta(minutes=5)


def test_everything_comes_at_its_own_time_and_in_order(clock: MovableClock) -> None:
    due = Due(clock, [T0 + 5 * HOUR, T0 + HOUR, T0 + 30 * HOUR])
    clock.move(T0 + 24 * HOUR, due)
    assert due.seen_to == [T0 + HOUR, T0 + 5 * HOUR]
    assert clock() == T0 + 24 * HOUR


def test_while_the_clock_is_moved_nobody_is_down(clock: MovableClock) -> None:
    due = Due(clock, [T0 + 5 * HOUR])
    clock.move(T0 + 24 * HOUR, due)
    assert due.passed_over == [T0 + 5 * HOUR, T0 + 24 * HOUR]


def test_what_comes_again_comes_every_time(clock: MovableClock) -> None:
    due = Due(clock, [T0 + HOUR], every=24 * HOUR)
    clock.move(T0 + timedelta(days=7), due)
    assert due.seen_to == [T0 + HOUR + day * 24 * HOUR for day in range(7)]


def test_what_is_due_already_comes_now(clock: MovableClock) -> None:
    due = Due(clock, [T0 - HOUR])
    clock.move(T0 + HOUR, due)
    assert due.seen_to == [T0]


def test_what_stays_due_holds_nothing_up(clock: MovableClock) -> None:
    due = Due(clock, [T0 + HOUR], stuck=True)
    clock.move(T0 + 3 * HOUR, due)
    assert clock() == T0 + 3 * HOUR
    assert due.settled < 100


def test_what_follows_at_once_comes_at_once(clock: MovableClock) -> None:
    due = Paced(clock, [T0 + HOUR] * 3)
    clock.move(T0 + 3 * HOUR, due)
    assert due.seen_to == [T0 + HOUR + at * MOMENT for at in range(3)]


def test_it_never_goes_back(clock: MovableClock) -> None:
    due = Due(clock)
    clock.move(T0 + HOUR, due)
    with pytest.raises(ValueError, match="forward only"):
        clock.move(T0, due)
    with pytest.raises(ValueError, match="at most 31 days"):
        clock.move(T0 + HOUR + FARTHEST + timedelta(seconds=1), due)
    assert clock() == T0 + HOUR


def test_it_begins_where_the_record_ended(wall: Clock) -> None:
    assert MovableClock(wall, T0 + HOUR)() == T0 + HOUR
    assert MovableClock(wall, T0 - HOUR)() == T0
    assert MovableClock(wall, None)() == T0


def test_every_stop_is_told(wall: Clock) -> None:
    told: list[datetime] = []
    clock = MovableClock(wall, moved=lambda: told.append(clock()))
    clock.move(T0 + 2 * HOUR, Due(clock, [T0 + HOUR]))
    assert told == [T0 + HOUR, T0 + 2 * HOUR]


def test_what_is_due_now_is_seen_to_without_a_move(clock: MovableClock) -> None:
    due = Due(clock, [T0, T0 + HOUR])
    clock.tick(due)
    assert due.seen_to == [T0]


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ({"by": 3600}, T0 + HOUR),
        ({"to": (T0 + HOUR).isoformat()}, T0 + HOUR),
        ({"to": "2026-11-28T09:00:00+01:00"}, datetime.fromisoformat("2026-11-28T08:00:00Z")),
    ],
)
def test_the_page_may_ask_for_a_moment_or_a_time_from_now(
    asked: dict[str, object], moment: datetime
) -> None:
    assert wanted(asked, T0) == moment


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"by": "an hour"}, "number of seconds"),
        ({"by": float("nan")}, "number of seconds"),
        ({"by": 1e300}, "number of seconds"),
        ({"to": "tomorrow"}, "a moment like"),
        ({"to": "2026-11-28T09:00:00"}, "needs its zone"),
    ],
)
def test_moments_that_are_none(asked: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        wanted(asked, T0)
