"""How a channel's digest is set: how often, on which days, at what time and in which zone."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from bot.recurrence import WORKDAYS, Weekly
from bot.workdays import WEEK

MONDAY = 0
MORNING = time(9)


class Cadence(StrEnum):
    """How often a digest comes: on each working day (Monday to Friday), or once a week."""

    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def period(self) -> timedelta:
        return timedelta(days=1 if self is Cadence.DAILY else 7)


@dataclass(frozen=True, slots=True)
class DigestPlan:
    cadence: Cadence
    days: frozenset[int]
    at: time
    zone: str

    @property
    def weekly(self) -> Weekly:
        return Weekly(self.days, self.at, self.zone)

    @property
    def words(self) -> str:
        """ "weekly on Monday at 09:00 (Europe/Berlin)"."""
        days = " and ".join(WEEK[day] for day in sorted(self.days))
        on = "from Monday to Friday" if self.days == WORKDAYS else f"on {days}"
        return f"{self.cadence.value} {on} at {self.at:%H:%M} ({self.zone})"


def plan(cadence: Cadence, day: int | None, at: time | None, zone: str) -> DigestPlan:
    """A plan as it is where nothing else is said: at nine in the morning, weekly on Monday."""
    days = WORKDAYS if cadence is Cadence.DAILY else frozenset({MONDAY if day is None else day})
    return DigestPlan(cadence, days, at or MORNING, zone)
