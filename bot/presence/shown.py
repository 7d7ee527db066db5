"""What a use case of people's own days gives back to those who word it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.people import Person
from bot.presence.days import Absence, Presence


@dataclass(frozen=True, slots=True)
class AwayShown:
    """When somebody is away, from `today` (theirs) on. `is_own`: they look themselves; to others
    only days are told. `region_before`: they have just said whose holidays they have, and this was
    so until then.
    """

    person: Person
    presence: Presence
    today: date
    is_own: bool
    region_before: str | None = None

    @property
    def ahead(self) -> tuple[Absence, ...]:
        """What was said, and is not over."""
        return tuple(one for one in self.presence.absences if one.last >= self.today)


@dataclass(frozen=True, slots=True)
class AwaySaid:
    """Days that were just said, and those that give way to them. `offers_deputy`: who is away
    answers for something that is open, and nobody acts for them in these days.
    """

    shown: AwayShown
    days: Absence
    ended: tuple[Absence, ...] = ()
    offers_deputy: bool = False


@dataclass(frozen=True, slots=True)
class AwayEnded:
    """Days that are over, or called off."""

    shown: AwayShown
    days: Absence


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who is away today, and the first day on which they work again."""

    person: int
    back: date
    is_half: bool = False


@dataclass(frozen=True, slots=True)
class AwayList:
    """Who is away today, of those who work in the projects that the reader sees; of `everybody`
    there, the reader left out.
    """

    gone: tuple[Gone, ...]
    everybody: int
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class ZoneShown:
    """Somebody's time zone at `now`; where it was just set, `own_before` is the word of theirs that
    it was until now, empty for Slack's.
    """

    person: Person
    now: datetime
    own_before: str | None = None
