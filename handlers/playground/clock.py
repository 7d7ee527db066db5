"""The playground's clock: the real one, moved ahead by hand, stopping at whatever is due."""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.errors import Unavailable
from handlers.playground.double import Double

FARTHEST = timedelta(days=31)
"""How far the clock can be moved at once."""
MOST_STOPS = 10_000
MOMENT, MOMENTS = timedelta(seconds=2), 30
"""What follows at once, as a second message in a channel does, comes after so little time; it is
waited for so many times.
"""
STEP = timedelta(minutes=5)
"""How far it goes on where something stays due after that."""


class Beats(Protocol):
    """What is due by the clock, and what sees to it."""

    def next_due(self) -> datetime | None: ...
    def pass_over(self) -> None: ...
    def settle(self) -> None: ...


class MovableClock:
    """Tells the time of the playground, in aware UTC; it never goes back.

    It begins at the real time, or at `since` where the record is ahead of it. `moved` hears of
    every stop.
    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        since: datetime | None = None,
        moved: Callable[[], None] = lambda: None,
    ) -> None:
        self._wall = wall
        self._ahead = max((since or wall()) - wall(), timedelta())
        self._turn = threading.Lock()
        self._over = False
        self.moved = moved

    def __call__(self) -> datetime:
        return self._wall() + self._ahead

    def tick(self, beats: Beats) -> None:
        """See to what is due now, unless the clock is being moved, which sees to it too."""
        if self._turn.acquire(blocking=False):
            try:
                beats.settle()
            finally:
                self._turn.release()

    def stop(self) -> None:
        """Stop where it is, if it is being moved."""
        self._over = True

    def move(self, to: datetime, beats: Beats) -> None:
        """Go to a moment through everything that is due before it, each at its own time.

        Raises `ValueError` for a moment that is past or too far.
        """
        with self._turn:
            if to < self():
                raise ValueError("The clock goes forward only.")
            if to - self() > FARTHEST:
                raise ValueError(f"The clock goes at most {FARTHEST.days} days at once.")
            before, waited = None, 0
            for _ in range(MOST_STOPS):
                due = beats.next_due()
                if due is None or due > to or self._over:
                    break
                stuck = before is not None and due <= before
                waited = waited + 1 if stuck else 0
                before = due
                step = MOMENT if waited <= MOMENTS else STEP
                self._stop(min(self() + step, to) if stuck else due, beats)
                if stuck and self() >= to:
                    break
            if not self._over:
                self._stop(to, beats)

    def _stop(self, at: datetime, beats: Beats) -> None:
        self._ahead += max(at - self(), timedelta())
        self.moved()
        beats.pass_over()
        beats.settle()


def wanted(asked: Mapping[str, Any], now: datetime) -> datetime:
    """The moment that the page asks for: `to` (ISO, with its zone) or `by` (seconds)."""
    if "by" in asked:
        seconds = asked["by"]
        if not isinstance(seconds, int | float) or not abs(seconds) <= 10**9:
            raise ValueError("The clock moves by a number of seconds.")
        return now + timedelta(seconds=seconds)
    try:
        to = datetime.fromisoformat(str(asked["to"]))
    except ValueError:
        raise ValueError("The clock moves to a moment like 2026-11-28T09:00:00Z.") from None
    if to.tzinfo is None:
        raise ValueError("The moment needs its zone, as in 2026-11-28T09:00:00+01:00.")
    return to.astimezone(UTC)


def turning(
    clock: MovableClock, beats: Callable[[], Beats]
) -> Callable[[Double, Mapping[str, Any]], dict[str, Any]]:
    """The page's deed that moves this clock."""

    def turn(double: Double, asked: Mapping[str, Any]) -> dict[str, Any]:
        try:
            clock.move(wanted(asked, clock()), beats())
        except Unavailable as error:
            raise ValueError("The record does not answer. Try again in a moment.") from error
        return {"now": clock().isoformat()}

    return turn
