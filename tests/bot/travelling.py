"""Somebody who moves about while a standup asks them, lived through rule by rule.

`python -m tests.bot.travelling` takes two hundred people through a year; some are among the tests.
What came of it is held against the walk of `tests.bot.year` wherever nothing moved for two days,
and day by day around each move: asked once, or told that there is none.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.presence import Half, Presence
from bot.recurrence import Weekly, at_local, next_after
from bot.standups import asks_once_more, passed_over, zone_before_moving
from tests.bot.year import DAY, FIRST, NOON, STEP, ZONES, Worker, expected, people, walked

Move = tuple[datetime, str]


@dataclass(slots=True)
class Life:
    """A standup's clock and one person. `asked` are days of theirs, each with when they were asked
    for it; `told` are days of which they heard that there is none.
    """

    at: time
    days: frozenset[int]
    zone: str
    begin: datetime
    presence: Presence
    asked: list[tuple[date, datetime]]
    told: list[date]

    def live(self, moves: Sequence[Move], end: datetime) -> None:
        schedule = wanted = Weekly(self.days, self.at, self.zone)
        due, since = next_after(schedule, self.begin), None
        for moment, zone in [*moves, (end, "")]:
            while due <= moment:
                slot, due = due, next_after(schedule, due)
                if schedule == wanted:
                    due = self._ask(slot, schedule.zone) or due
                    continue
                if (old := zone_before_moving(schedule, wanted, since, slot)) is not None:
                    due = self._ask(slot, old) or due
                if not asks_once_more(schedule, wanted, since, due):
                    self.told += passed_over(schedule, wanted, due, slot)
                    schedule, due = wanted, next_after(wanted, slot)
            if not zone:
                return
            wanted, since = Weekly(self.days, self.at, zone), moment
            if schedule != wanted and not asks_once_more(schedule, wanted, since, due):
                self.told += passed_over(schedule, wanted, due, moment)
                schedule, due = wanted, next_after(wanted, moment)

    def _ask(self, slot: datetime, zone: str) -> datetime | None:
        """Ask, once a day; gives when to come back, where that is later on the same day."""
        there = slot.astimezone(ZoneInfo(zone))
        at = self.presence.asked_at(there.date(), there.time())
        if at is not None and at != there.time():
            return at_local(there.date(), at, ZoneInfo(zone))
        if at is not None and there.date() not in {day for day, _ in self.asked}:
            self.asked.append((there.date(), slot))
        return None


def lived(
    moves: Sequence[Move],
    at: time,
    days: frozenset[int],
    first: str,
    begin: datetime,
    end: datetime,
    presence: Presence | None = None,
) -> tuple[list[tuple[date, datetime]], list[date]]:
    """On which days somebody is asked who moves so, and when; and of which days they hear that they
    were passed over.
    """
    life = Life(at, days, first, begin, presence or Presence(1), [], [])
    life.live(moves, end)
    return life.asked, life.told


def travels(number: int, seed: int, days: int = 365) -> list[tuple[Worker, list[Move]]]:
    """People as in `tests.bot.year`, each of whom moves up to eight times within a year."""
    chance, found = random.Random(seed), []
    for worker in people(number, seed, FIRST, days):
        steps = sorted(chance.sample(range(days * 96), chance.randrange(1, 9)))
        found.append((worker, [(FIRST + STEP * step, chance.choice(ZONES)) for step in steps]))
    return found


def astray(some: Sequence[tuple[Worker, list[Move]]], days: int = 365) -> list[str]:
    """Who was asked otherwise than once on each of their working days, without a word."""
    return [
        f"{worker} {moves}: {why}" for worker, moves in some for why in _odd(worker, moves, days)
    ]


def _odd(worker: Worker, moves: list[Move], days: int) -> Iterator[str]:
    end = FIRST + days * DAY
    asked, told = lived(moves, worker.at, worker.days, worker.zone, FIRST, end, worker.presence)
    named = [day for day, _ in asked]
    if len(set(named)) != len(named):
        yield "twice on a day"
    if [slot for _, slot in asked] != sorted(slot for _, slot in asked):
        yield "out of order"
    lost = [day for day in _working(worker, min(named), max(named)) if day not in {*named, *told}]
    if lost:
        yield f"neither asked nor told: {lost}"
    if idle := [day for day in named if not _works(worker, day)]:
        yield f"asked on days off: {idle}"
    stays = [(FIRST, worker.zone), *moves, (end, "")]
    for (since, zone), (until, _) in pairwise(stays):
        calm, span = since + 2 * DAY, (until - since) // DAY - 4
        if span > 0:
            there = Worker(zone, worker.at, worker.days, worker.week, worker.off)
            wanted = expected(there, walked(zone, FIRST, days), calm, span)
            found = [slot for _, slot in asked if calm < slot < calm + span * DAY]
            if found != wanted:
                yield f"in {zone}, {sorted({*found} ^ {*wanted})[:1]}"


def _working(worker: Worker, first: date, last: date) -> Iterator[date]:
    every = (first + timedelta(days=n) for n in range((last - first).days))
    return (day for day in every if _works(worker, day))


def _works(worker: Worker, day: date) -> bool:
    """Whether a day is to bring a question: one after noon brings none before an afternoon off."""
    off = worker.off.get(day)
    is_off = off is Half.DAY or (off is Half.AFTERNOON and worker.at >= NOON)
    return day.weekday() in worker.days & (worker.week or worker.days) and not is_off


def main() -> int:
    some = travels(200, 20261128)
    found = astray(some)
    moves = sum(len(steps) for _, steps in some)
    print(f"{len(some)} people who move {moves} times within a year: {len(found)} neither asked")
    print("once on each of their working days nor told that there is none")
    print("\n".join(found[:10]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
