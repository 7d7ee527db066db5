"""A simulated year of standups, held against what is found by walking through it.

The walk knows nothing of Charter's rules for clocks: it goes through the year a quarter of an hour
at a time, in UTC, asks `zoneinfo` what the clocks of a zone show, and notes when they first do.
`python -m tests.bot.year` takes a thousand people; a hundred of them are among the tests.
"""

import random
import sys
import time as stopwatch
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.presence import Absence, Half, Presence
from bot.standups import Plan, next_ask

ZONES = (
    *("Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Auckland", "Pacific/Fiji"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Australia/Adelaide", "Australia/Eucla"),
    *("Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Asia/Singapore", "Asia/Yangon"),
    *("Asia/Dhaka", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Kabul", "Asia/Dubai", "Asia/Tehran"),
    *("Asia/Beirut", "Asia/Jerusalem", "Asia/Riyadh", "Africa/Cairo", "Africa/Nairobi"),
    *("Africa/Johannesburg", "Africa/Casablanca", "Europe/Helsinki", "Europe/Berlin"),
    *("Europe/London", "Europe/Lisbon", "Atlantic/Azores", "America/Nuuk", "America/St_Johns"),
    *("America/Sao_Paulo", "America/Santiago", "America/New_York", "America/Havana"),
    *("America/Los_Angeles", "Etc/GMT+5"),
)
STEP = timedelta(minutes=15)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NOON = time(13)

Seen = Mapping[date, tuple[list[time], list[datetime]]]
"""Of each day of a zone, what its clocks show as the day goes on, never going back; and when."""


@cache
def walked(zone: str, first: datetime, days: int) -> Seen:
    there, seen = ZoneInfo(zone), dict[date, tuple[list[time], list[datetime]]]()
    moment = first - 2 * DAY
    while moment < first + (days + 2) * DAY:
        local = moment.astimezone(there)
        shown, when = seen.setdefault(local.date(), ([], []))
        if not shown or local.time() > shown[-1]:
            shown.append(local.time())
            when.append(moment)
        moment += STEP
    return seen


def first_shown(seen: Seen, day: date, at: time) -> datetime | None:
    """When the clocks show `at`, or the first time after it, on a day; None where they do not."""
    shown, when = seen.get(day, ([], []))
    place = bisect_left(shown, at)
    return when[place] if place < len(when) else None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody in a standup; `off` are days on leave, and how much of each."""

    zone: str
    at: time
    days: frozenset[int]
    week: frozenset[int] | None
    off: Mapping[date, Half]

    @property
    def plan(self) -> Plan:
        return Plan((), self.days, self.at, "UTC", time(17), "C1")

    @property
    def presence(self) -> Presence:
        absences = (Absence(1, day, day, half) for day, half in self.off.items())
        return Presence(1, tuple(absences), "", self.week)


def people(number: int, seed: int, first: datetime = FIRST, days: int = 365) -> list[Worker]:
    """A team all over the world, the same for the same seed."""
    chance = random.Random(seed)
    return [_worker(ZONES[n % len(ZONES)], chance, first.date(), days) for n in range(number)]


def _worker(zone: str, chance: random.Random, first: date, days: int) -> Worker:
    usual, all_days = frozenset(range(5)), frozenset(range(7))
    at = (datetime.combine(first, time()) + STEP * chance.randrange(96)).time()
    if chance.random() < 0.5:
        at = chance.choice([time(9, 30), time(2, 30), time(0), time(0, 30), time(23, 45)])
    week = chance.choice([None, None, frozenset({6, 0, 1, 2, 3}), frozenset({0, 1, 3, 4})])
    off: dict[date, Half] = {}
    for _ in range(chance.randrange(6)):
        begins, half = chance.randrange(days), chance.choice([Half.DAY, *Half])
        for n in range(chance.randrange(1, 15)):
            off[first + timedelta(days=begins + n)] = half
    return Worker(zone, at, usual if week is None else all_days, week, off)


def expected(worker: Worker, seen: Seen, first: datetime, days: int) -> list[datetime]:
    """When they are to be asked: once on each day on which they work, as the walk found it."""
    found = []
    for day in seen:
        if day.weekday() not in worker.days or day.weekday() not in (worker.week or range(7)):
            continue
        off, at = worker.off.get(day), worker.at
        if off is Half.DAY or (off is Half.AFTERNOON and at >= NOON):
            continue
        if off is Half.MORNING and at < NOON:
            at = NOON
        moment = first_shown(seen, day, at)
        if moment is not None and first < moment < first + days * DAY:
            found.append(moment)
    return sorted(found)


def asked(worker: Worker, first: datetime, days: int) -> Iterator[datetime]:
    """When Charter asks them."""
    plan, presence, moment = worker.plan, worker.presence, first
    while (due := next_ask(plan, worker.zone, presence, moment)) is not None:
        if due >= first + days * DAY:
            return
        yield due
        moment = due


def wrong(team: list[Worker], first: datetime = FIRST, days: int = 365) -> list[str]:
    """Who is asked at other times than they should be, or not once a day."""
    found = []
    for worker in team:
        told = list(asked(worker, first, days))
        zone = ZoneInfo(worker.zone)
        own = [moment.astimezone(zone).date() for moment in told]
        if len(set(own)) != len(own):
            found.append(f"{worker}: twice on a day")
        wanted = expected(worker, walked(worker.zone, first, days), first, days)
        if odd := set(told) ^ set(wanted):
            found.append(f"{worker}: {min(odd)}, of {len(odd)}")
    return found


def main() -> int:
    began = stopwatch.time()
    team = people(1000, 20261128)
    found = wrong(team)
    zones = len({worker.zone for worker in team})
    print(f"{len(team)} people in {zones} zones, a year: {len(found)} asked otherwise than once")
    print(f"on each of their working days; {stopwatch.time() - began:.0f} s")
    print("\n".join(found[:10]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
