"""A local-time schedule → the moments at which it is due, in UTC. Pure, and safe across DST.

A time that the clock skips comes once, at the first moment after the gap; one that the clock shows
twice comes once, the first time. A day that a zone leaves out altogether (by crossing the date
line) brings nothing, so that no day of anybody's is served twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

WORKDAYS = frozenset(range(5))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LOOK = 9
"""Days around a moment in which a weekly schedule is due at least once on either side, even where
a zone leaves one of its days out and its time moves by a day.
"""


@dataclass(frozen=True, slots=True)
class Weekly:
    """At a wall-clock time on some days of the week (Monday is 0), in an IANA zone."""

    days: frozenset[int]
    at: time
    zone: str

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise ValueError(f"no days of a week: {sorted(self.days)}")
        if self.at.tzinfo is not None:
            raise ValueError(f"the zone stands beside the time: {self.at!r}")


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes, counted from the epoch: the same moments on every replica."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"not an interval: {self.minutes} minutes")


Recurrence = Weekly | Every


def next_after(recurrence: Recurrence, moment: datetime) -> datetime:
    """The first moment (UTC) later than `moment` at which it is due."""
    match recurrence:
        case Every(minutes=minutes):
            step = timedelta(minutes=minutes)
            return EPOCH + ((moment - EPOCH) // step + 1) * step
        case Weekly():
            today = moment.astimezone(ZoneInfo(recurrence.zone)).date()
            span = (today + DAY * offset for offset in range(-2, 2 * LOOK))
            return next(due for due in _on(recurrence, span) if due > moment)
        case _:
            assert_never(recurrence)


def latest(recurrence: Recurrence, moment: datetime) -> datetime:
    """The last moment (UTC) at which it was due, `moment` included."""
    match recurrence:
        case Every(minutes=minutes):
            step = timedelta(minutes=minutes)
            return EPOCH + (moment - EPOCH) // step * step
        case Weekly():
            today = moment.astimezone(ZoneInfo(recurrence.zone)).date()
            span = (today - DAY * offset for offset in range(-2, 2 * LOOK))
            return next(due for due in _on(recurrence, span) if due <= moment)
        case _:
            assert_never(recurrence)


def _on(weekly: Weekly, days: Iterator[date]) -> Iterator[datetime]:
    zone = ZoneInfo(weekly.zone)
    for day in days:
        if day.weekday() in weekly.days and (due := at_local(day, weekly.at, zone)) is not None:
            yield due


def at_local(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """When a zone's clocks show `at` on `day`, in UTC; None where they leave that day out."""
    wall = datetime.combine(day, at, zone)
    due = wall.astimezone(UTC)
    if due.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return due
    due = _gap_ends(wall.replace(fold=1).astimezone(UTC), due, zone)
    return due if due.astimezone(zone).date() == day else None


def _gap_ends(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two at which the zone's clocks jump, to the second."""
    was = before.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == was:
            low = middle
        else:
            high = middle
    return before + timedelta(seconds=high)


def stored(recurrence: Recurrence) -> dict[str, Any]:
    """A recurrence as JSON; `recalled` reads it back."""
    match recurrence:
        case Every(minutes=minutes):
            return {"every": minutes}
        case Weekly(days=days, at=at, zone=zone):
            return {"days": sorted(days), "at": at.isoformat("minutes"), "zone": zone}
        case _:
            assert_never(recurrence)


def recalled(kept: dict[str, Any]) -> Recurrence:
    if "every" in kept:
        return Every(kept["every"])
    return Weekly(frozenset(kept["days"]), time.fromisoformat(kept["at"]), kept["zone"])
