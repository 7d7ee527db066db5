"""A local-time schedule → the moments at which it is due, in UTC. Pure, and safe across DST.

A time that the clock skips comes once, at the first moment after the gap; one that the clock shows
twice comes once, the first time. A day that a zone leaves out altogether (by crossing the date
line) brings nothing, so that no day of anybody's is served twice.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from bot.presence import Half, day_off

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
LOOK = 9
"""Days around a moment in which a weekly schedule is due at least once on either side, even where
a zone leaves one of its days out and its time moves by a day.
"""
FORTNIGHT = timedelta(days=14)
MONTHS = 4
"""The same in months, for a schedule that is due once in each."""
LAST = -1
MOST = 31
"""Days of a month, the longest."""


def _check(at: time, days: frozenset[int] = EVERY_DAY) -> None:
    if not days or not days <= EVERY_DAY:
        raise ValueError(f"no days of a week: {sorted(days)}")
    if at.tzinfo is not None:
        raise ValueError(f"the zone stands beside the time: {at!r}")


@dataclass(frozen=True, slots=True)
class Weekly:
    """At a wall-clock time on some days of the week (Monday is 0), in an IANA zone."""

    days: frozenset[int]
    at: time
    zone: str

    def __post_init__(self) -> None:
        _check(self.at, self.days)


@dataclass(frozen=True, slots=True)
class Fortnightly:
    """Every other week, counted from `first` in both directions: on its day of the week."""

    first: date
    at: time
    zone: str

    def __post_init__(self) -> None:
        _check(self.at)


@dataclass(frozen=True, slots=True)
class Monthly:
    """Once a month: on the `nth` of its days that fall on these days of the week; on the last one
    where it has fewer, and for LAST. So the 31st is the last day of April. Public holidays of the
    `region` are not counted.
    """

    nth: int
    days: frozenset[int]
    at: time
    zone: str
    region: str = ""

    def __post_init__(self) -> None:
        _check(self.at, self.days)
        if self.nth != LAST and not 1 <= self.nth <= MOST:
            raise ValueError(f"no day of a month: {self.nth}")


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many minutes, counted from the epoch: the same moments on every replica."""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"not an interval: {self.minutes} minutes")


Recurrence = Weekly | Fortnightly | Monthly | Every


def next_after(recurrence: Recurrence, moment: datetime) -> datetime:
    """The first moment (UTC) later than `moment` at which it is due."""
    if isinstance(recurrence, Every):
        step = timedelta(minutes=recurrence.minutes)
        return EPOCH + ((moment - EPOCH) // step + 1) * step
    return next(due for due in _around(recurrence, moment, 1) if due > moment)


def latest(recurrence: Recurrence, moment: datetime) -> datetime:
    """The last moment (UTC) at which it was due, `moment` included."""
    if isinstance(recurrence, Every):
        step = timedelta(minutes=recurrence.minutes)
        return EPOCH + (moment - EPOCH) // step * step
    return next(due for due in _around(recurrence, moment, -1) if due <= moment)


def slots(recurrence: Recurrence, first: datetime, end: datetime) -> Iterator[datetime]:
    """When it is due from the slot `first` on, that one included, up to `end`, that one not."""
    due = first
    while due < end:
        yield due
        due = next_after(recurrence, due)


def _around(
    recurrence: Weekly | Fortnightly | Monthly, moment: datetime, way: int
) -> Iterator[datetime]:
    """When it is due from a little before a moment on (`way` 1), or from after it back (-1)."""
    zone = ZoneInfo(recurrence.zone)
    today = moment.astimezone(zone).date()
    match recurrence:
        case Weekly(days=days):
            span = (today + DAY * offset * way for offset in range(-2, 2 * LOOK))
            wanted = (day for day in span if day.weekday() in days)
        case Fortnightly(first=first):
            begun = (today - first) // FORTNIGHT
            wanted = (first + FORTNIGHT * (begun + turn * way) for turn in range(-1, 4))
        case Monthly():
            for turn in range(-1, MONTHS):
                if (due := _in_month(recurrence, today, turn * way, zone)) is not None:
                    yield due
            return
        case _:
            assert_never(recurrence)
    for day in wanted:
        if (due := at_local(day, recurrence.at, zone)) is not None:
            yield due


def _in_month(monthly: Monthly, today: date, turn: int, zone: ZoneInfo) -> datetime | None:
    """When it is due in the month that is `turn` months away, among the days that its zone has."""
    year, month = divmod(today.year * 12 + today.month - 1 + turn, 12)
    last = calendar.monthrange(year, month + 1)[1]
    month_days = (date(year, month + 1, number) for number in range(1, last + 1))
    found = [
        day
        for day in month_days
        if day.weekday() in monthly.days and not is_holiday(day, monthly.region)
    ]
    found = found[::-1] if monthly.nth == LAST else found[min(monthly.nth, len(found)) - 1 :]
    dues = (at_local(day, monthly.at, zone) for day in found)
    return next((due for due in dues if due is not None), None)


def is_holiday(day: date, region: str) -> bool:
    """Whether a day is a public holiday in a region; in none ("") it never is."""
    return bool(region) and day_off(region, day) is Half.DAY


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
    if isinstance(recurrence, Every):
        return {"every": recurrence.minutes}
    clock = {"at": recurrence.at.isoformat("minutes"), "zone": recurrence.zone}
    match recurrence:
        case Weekly(days=days):
            return {"days": sorted(days), **clock}
        case Fortnightly(first=first):
            return {"first": first.isoformat(), **clock}
        case Monthly(nth=nth, days=days, region=region):
            free = {"region": region} if region else {}
            return {"nth": nth, "days": sorted(days), **clock, **free}
        case _:
            assert_never(recurrence)


def recalled(kept: dict[str, Any]) -> Recurrence:
    if "every" in kept:
        return Every(kept["every"])
    at, zone = time.fromisoformat(kept["at"]), kept["zone"]
    if "first" in kept:
        return Fortnightly(date.fromisoformat(kept["first"]), at, zone)
    days = frozenset(kept["days"])
    if "nth" in kept:
        return Monthly(kept["nth"], days, at, zone, kept.get("region", ""))
    return Weekly(days, at, zone)
