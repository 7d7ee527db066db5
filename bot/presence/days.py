"""One person's days: on which of them, and in which half of them, they are there.

Every day here is a day where the person is. Reason somebody is away is theirs: it is told to nobody
else, in no answer and no report.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from bot.presence.regions import Half, day_off
from bot.workdays import WORK_WEEK

__all__ = ["NOON", "Absence", "Half", "Presence", "Reason", "Told"]

NOON = time(13)
"""Where a half day ends and the other begins."""

DAY = timedelta(days=1)
_LOOK = 400
"""Days in which somebody who is away comes back; longer than any leave that can be said."""


class Told(StrEnum):
    """How Charter knows of an absence."""

    SAID = "said"
    STATUS = "status"


class Reason(StrEnum):
    """Reason somebody is not there."""

    LEAVE = "leave"
    STATUS = "status"
    HOLIDAY = "holiday"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody's days off, the first and the last included: whole ones, or a half of each.

    `id` is 0 for one that is not kept (yet). `set_by` is a person too, None: Charter or the
    operator.
    """

    person: int
    first: date
    last: date
    half: Half = Half.DAY
    told: Told = Told.SAID
    id: int = 0
    set_by: int | None = None

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def why(self) -> Reason:
        return Reason.STATUS if self.told is Told.STATUS else Reason.LEAVE


@dataclass(frozen=True, slots=True)
class Presence:
    """All that tells when somebody is there: what was said, the region whose holidays they have
    ("" for none), and the days of their week (None: they never said, so that it depends on nobody
    but others).
    """

    person: int
    absences: tuple[Absence, ...] = ()
    region: str = ""
    week: frozenset[int] | None = None

    def off(self, day: date) -> Half | None:
        """How much of a day they are away: all of it, a half, or (None) nothing."""
        halves = {half for half, _ in self._reasons(day)}
        if Half.DAY in halves or {Half.MORNING, Half.AFTERNOON} <= halves:
            return Half.DAY
        return next(iter(halves), None)

    def is_away(self, day: date) -> bool:
        """Whether they are not there on any part of a day."""
        return self.off(day) is Half.DAY

    def why(self, day: date) -> Reason | None:
        """What is told to them, and to nobody else: what they said goes before all else."""
        reasons = list(self._reasons(day))
        whole = [why for half, why in reasons if half is Half.DAY]
        return next(iter(whole or [why for _, why in reasons]), None)

    def is_away_at(self, day: date, at: time) -> bool:
        """Whether they are away on a day at a time of theirs."""
        off = self.off(day)
        return off is Half.DAY or off is (Half.MORNING if at < NOON else Half.AFTERNOON)

    def asked_at(self, day: date, at: time) -> time | None:
        """When to ask on a day what is usually asked at `at`: then, in the first minute of the
        afternoon for who has the morning off, or (None) not at all.
        """
        if not self.is_away_at(day, at):
            return at
        return NOON if self.off(day) is Half.MORNING else None

    def leave(self, day: date) -> Absence | None:
        """What covers a day: what was said before a status; of several the one that ends last,
        whole days first.
        """
        found = list(self._standing(day))
        return max(found, key=lambda one: (one.half is Half.DAY, one.last, one.id), default=None)

    def back(self, day: date) -> date:
        """The first day from `day` on, this one included, on any part of which they work."""
        return next(self.working_days(day))

    def working(self, first: date, last: date) -> int:
        """On how many of these days, both included, they are there on some part of."""
        return sum(self._works(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def working_days(self, first: date) -> Iterator[date]:
        """The days from `first` on, this one included, on any part of which they work; at last one
        in a year, however it is.
        """
        for n in range(_LOOK):
            if self._works(day := first + timedelta(days=n)):
                yield day
        yield first + DAY * _LOOK

    def _works(self, day: date) -> bool:
        return day.weekday() in (self.week or WORK_WEEK) and not self.is_away(day)

    def _standing(self, day: date) -> Iterator[Absence]:
        """What counts on a day: a status in Slack says nothing where they said something."""
        covering = [one for one in self.absences if one.covers(day)]
        said = [one for one in covering if one.told is Told.SAID]
        yield from said or covering

    def _reasons(self, day: date) -> Iterator[tuple[Half, Reason]]:
        for one in self._standing(day):
            yield one.half, one.why
        if self.region and (off := day_off(self.region, day)) is not None:
            yield off, Reason.HOLIDAY
        if self.week is not None and day.weekday() not in self.week:
            yield Half.DAY, Reason.WEEK
