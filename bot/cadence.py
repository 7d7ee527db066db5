"""How a digest, a brief or a file is set: how often, on which days, when and in which zone."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.moments import zone_in_words
from bot.presence import NO_HOLIDAYS
from bot.recurrence import (
    EVERY_DAY,
    LAST,
    WORKDAYS,
    Fortnightly,
    Monthly,
    Recurrence,
    Weekly,
    is_holiday,
    next_after,
)
from bot.sheets.forms import Form
from bot.workdays import WEEK, days_in_words

MONDAY = frozenset({0})
MORNING = time(9)


class Cadence(StrEnum):
    """How often a digest comes: on each working day, once a week or every other, once a month."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"

    @property
    def period(self) -> timedelta:
        """So long before it was set begins what the first one tells."""
        return timedelta(days=_PERIODS[self])


_PERIODS = {Cadence.DAILY: 1, Cadence.WEEKLY: 7, Cadence.BIWEEKLY: 14, Cadence.MONTHLY: 30}
_USUAL = {
    Cadence.DAILY: WORKDAYS,
    Cadence.WEEKLY: MONDAY,
    Cadence.BIWEEKLY: MONDAY,
    Cadence.MONTHLY: WORKDAYS,
}


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """`days` of the week (Monday is 0). A monthly one comes on the `nth` of those in a month (LAST
    for the last), one of every other week is counted from `first`. `heartbeat`: where nothing has
    changed it says that, in one line. Without a zone it holds where its reader is. A daily one does
    not come on public holidays of the `region`, and these are no working days of a month.
    """

    cadence: Cadence
    days: frozenset[int]
    at: time
    zone: str
    nth: int = 0
    first: date | None = None
    heartbeat: bool = False
    region: str = ""

    def there(self, zone: str) -> "DigestPlan":
        """The plan where its reader is."""
        return self if self.zone else replace(self, zone=zone)

    @property
    def knows_holidays(self) -> bool:
        """Whether they make a difference: to daily ones, and to working days of a month."""
        is_monthly = self.cadence is Cadence.MONTHLY
        return self.cadence is Cadence.DAILY or (is_monthly and 1 < len(self.days) < len(WEEK))

    def rests(self, slot: datetime) -> bool:
        """Whether it does not come at a time at which it is due, for that is a public holiday."""
        day = slot.astimezone(ZoneInfo(self.zone)).date()
        return self.cadence is Cadence.DAILY and is_holiday(day, self.region)

    def next_after(self, moment: datetime) -> datetime:
        """When it comes next."""
        due = next_after(self.recurrence, moment)
        while self.rests(due):
            due = next_after(self.recurrence, due)
        return due

    @property
    def recurrence(self) -> Recurrence:
        match self.cadence:
            case Cadence.DAILY | Cadence.WEEKLY:
                return Weekly(self.days, self.at, self.zone)
            case Cadence.BIWEEKLY:
                assert self.first is not None, "counted from a day"
                return Fortnightly(self.first, self.at, self.zone)
            case Cadence.MONTHLY:
                return Monthly(self.nth, self.days, self.at, self.zone, self.region)
            case _:
                assert_never(self.cadence)

    @property
    def words(self) -> str:
        """ "weekly on Monday at 09:00 (Europe/Berlin)", and what it does where nothing changed."""
        told = f"{self._days} at {self.at:%H:%M} ({zone_in_words(self.zone) or 'local time'})"
        if self.region not in {"", NO_HOLIDAYS}:
            told += f", not on public holidays ({self.region})"
        return f"{told}, with a heartbeat" if self.heartbeat else told

    @property
    def _days(self) -> str:
        match self.cadence:
            case Cadence.DAILY if len(self.days) == len(WEEK):
                return "daily"
            case Cadence.DAILY:
                return f"daily from {days_in_words(self.days)}"
            case Cadence.WEEKLY:
                return f"weekly on {days_in_words(self.days)}"
            case Cadence.BIWEEKLY:
                return f"every other week on {days_in_words(self.days)}"
            case Cadence.MONTHLY:
                return f"monthly on the {day_of_month(self.nth, self.days)}"
            case _:
                assert_never(self.cadence)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """How often a file comes by itself, and in which form."""

    when: DigestPlan
    form: Form = Form.XLSX

    @property
    def words(self) -> str:
        """ "weekly on Monday at 08:00 (Europe/Berlin), as csv"."""
        return self.when.words if self.form is Form.XLSX else f"{self.when.words}, as {self.form}"


def day_of_month(nth: int, days: frozenset[int]) -> str:
    """ "last working day", "first Friday", "15th", "last day"."""
    which = "last" if nth == LAST else ordinal(nth)
    if days == EVERY_DAY:
        return "last day" if nth == LAST else which
    if len(days) == 1:
        return f"{which} {days_in_words(days)}"
    return f"{which} working day" + ("" if days == WORKDAYS else f" ({days_in_words(days)})")


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th"."""
    tens, ones = divmod(number, 10)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(ones, "th") if tens != 1 else "th"
    return f"{number}{ending}"


def plan(
    cadence: Cadence,
    days: Collection[int] | None,
    at: time | None,
    zone: str,
    now: datetime,
    nth: int = 0,
) -> DigestPlan:
    """A plan as it is where nothing else is said: at nine in the morning, weekly on Monday, monthly
    on the last working day; every other week from the next of these days on.
    """
    wanted = frozenset(days) if days else _USUAL[cadence]
    made = DigestPlan(cadence, wanted, at or MORNING, zone)
    if cadence is Cadence.MONTHLY:
        return replace(made, nth=nth or LAST)
    if cadence is Cadence.BIWEEKLY:
        due = next_after(Weekly(wanted, made.at, zone), now)
        return replace(made, first=due.astimezone(ZoneInfo(zone)).date())
    return made


def set_again(
    wanted: DigestPlan, present: DigestPlan | None, heartbeat: bool | None, usual: str = ""
) -> DigestPlan:
    """A plan in the place of another one: the weeks go on being counted where they were, and the
    heartbeat and the holidays stay, where nothing is said of them.
    """
    region = wanted.region or (present.region if present else usual)
    wanted = replace(wanted, region=region if wanted.knows_holidays else "")
    if present is None:
        return replace(wanted, heartbeat=bool(heartbeat))
    stays = wanted.cadence is present.cadence and wanted.days == present.days
    first = present.first if stays else wanted.first
    beats = present.heartbeat if heartbeat is None else heartbeat
    return replace(wanted, first=first, heartbeat=beats)
