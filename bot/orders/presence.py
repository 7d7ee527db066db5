"""What somebody says of their own days: when they are away, which zone and which holidays."""

from dataclasses import dataclass
from datetime import date

from bot.presence import Half


@dataclass(frozen=True, slots=True)
class SetAway:
    """Somebody (None: who says it) is away from `first` to `last`, both included, or (`days`) for
    so many of their working days from `first` on; the whole day, or a half of each.
    """

    first: date
    last: date | None = None
    days: int = 0
    half: Half = Half.DAY
    person: str | None = None


@dataclass(frozen=True, slots=True)
class EndAway:
    """They are back: the absence that covers `day` (None: today, else the next one) is over."""

    day: date | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class SetRegion:
    """Whose public holidays they have, as they say it; empty for those of the workspace."""

    region: str


@dataclass(frozen=True, slots=True)
class SetReminders:
    """Whether standups may remind them."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetZone:
    """The time zone that they are in, as they say it; empty for the one that Slack tells."""

    zone: str
