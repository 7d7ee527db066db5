"""When somebody is there, by which clock, and if they are reminded. All of it is of no project."""

from dataclasses import dataclass
from datetime import date

from bot.presence import Half, Told


@dataclass(frozen=True, slots=True)
class AbsenceSet:
    """Somebody is away from the first to the last day, both included; why is not kept."""

    person: int
    first_day: date
    last_day: date
    half: Half = Half.DAY
    told: Told = Told.SAID


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    """It is over, or called off: `ended_on` is the first day that it counts no more."""

    absence: int
    person: int
    first_day: date
    last_day: date
    ended_on: date
    half: Half = Half.DAY


@dataclass(frozen=True, slots=True)
class RegionSet:
    """Whose public holidays somebody has; empty: they have not said."""

    person: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RemindersSet:
    """Whether standups may remind somebody."""

    person: int
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class ZoneSet:
    """Somebody's own word on their time zone; empty: what Slack says. `slack` is that."""

    person: int
    before: str
    after: str


PresenceChange = AbsenceSet | AbsenceEnded | RegionSet | RemindersSet | ZoneSet
