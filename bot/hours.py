"""When somebody works, and when they are left in peace. Pure, and safe across DST."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.moments import known
from bot.people import Person
from bot.presence import NOON, Presence
from bot.recurrence import DAY, WORKDAYS, at_local
from bot.workdays import days_in_words

QUIET_FROM = time(18)
QUIET_UNTIL = time(8)
NEVER = time(0)
"""Quiet from midnight until midnight: never."""

SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ALWAYS = frozenset(range(7))
"""Every day of the week."""

_LONG = 400
"""Days in which whoever is away is back."""
_LOOK = 16
"""Days in which somebody who works one day a week is met, though a zone leaves that one out."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Somebody's working days (Monday is 0), and when it is quiet on these, in their own time.

    Where `quiet_from` is `quiet_until` it is never quiet. `presence` tells when they are away
    besides, where that matters: what can wait is told when they are back.
    """

    zone: str = "UTC"
    days: frozenset[int] = WORKDAYS
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    presence: Presence | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise ValueError(f"no days of a week: {sorted(self.days)}")

    def day(self, moment: datetime) -> date:
        """The day that it is where they are."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def is_open(self, moment: datetime) -> bool:
        """Whether they may be written to."""
        here = moment.astimezone(ZoneInfo(self.zone))
        if here.weekday() not in self.days or self._is_quiet(here.time()):
            return False
        return self.presence is None or not self.presence.is_away_at(here.date(), here.time())

    def _is_quiet(self, at: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    @property
    def words(self) -> str:
        """When it is quiet, as people say it."""
        told = []
        if self.quiet_from != self.quiet_until:
            told.append(f"from {self.quiet_from:%H:%M} to {self.quiet_until:%H:%M}")
        if self.days != ALWAYS:
            told.append(f"all day on {days_in_words(ALWAYS - self.days)}")
        return " and ".join(told) or "never"

    @property
    def typed(self) -> str:
        """What somebody types to have these hours, behind `quiet`."""
        if self.quiet_from == self.quiet_until and self.days == ALWAYS:
            return "off"
        return f"{self.quiet_from:%H:%M}-{self.quiet_until:%H:%M} {_typed_days(self.days)}"

    @property
    def morning(self) -> time:
        """When their day begins: where the night's quiet ends, else at eight, or after it."""
        is_overnight = self.quiet_from > self.quiet_until
        return self.quiet_until if is_overnight or self._is_quiet(QUIET_UNTIL) else QUIET_UNTIL

    def next_open(self, moment: datetime) -> datetime:
        """The first moment, this one included, at which they may be written to."""
        if self.is_open(moment):
            return moment
        ahead = (at for at in self._openings(self.day(moment)) if at >= moment)
        found = next(ahead, None)
        return found if found is not None else self._anyway.next_open(moment)

    def next_morning(self, moment: datetime) -> datetime:
        """When the next of their working days after this one begins."""
        zone = ZoneInfo(self.zone)
        for day in self._working(self.day(moment) + DAY):
            is_off = self.presence is not None and self.presence.is_away_at(day, self.morning)
            if (at := at_local(day, NOON if is_off else self.morning, zone)) is not None:
                return at
        return self._anyway.next_morning(moment)

    @property
    def _anyway(self) -> "Hours":
        """The same, but for who is away for longer than anybody can see."""
        if self.presence is None:
            raise AssertionError("no working day in sight")
        return replace(self, presence=None)

    def last_day(self, moment: datetime, days: int) -> date:
        """The last of so many working days, of which the first is the next after this one."""
        working = self._working(self.day(moment) + DAY, _LOOK * max(1, days))
        return [day for _, day in zip(range(max(1, days)), working, strict=False)][-1]

    def _working(self, first: date, look: int = _LOOK) -> Iterator[date]:
        for offset in range(look if self.presence is None else max(look, _LONG)):
            day = first + timedelta(days=offset)
            is_away = self.presence is not None and self.presence.is_away(day)
            if day.weekday() in self.days and not is_away:
                yield day

    def _openings(self, first: date) -> Iterator[datetime]:
        zone = ZoneInfo(self.zone)
        for day in self._working(first):
            for at in sorted({NEVER, self.quiet_until, *([NOON] if self.presence else [])}):
                opens = at_local(day, at, zone)
                if opens is not None and self.is_open(opens):
                    yield opens


def _typed_days(days: frozenset[int]) -> str:
    return " ".join(SHORT[day] for day in sorted(days))


def hours(person: Person, presence: Presence | None = None) -> Hours:
    """Somebody's hours as they set them, else the usual ones; with their days off, if given."""
    return Hours(
        zone=known(person.timezone),
        days=person.work_days or WORKDAYS,
        quiet_from=_time(person.quiet_from, QUIET_FROM),
        quiet_until=_time(person.quiet_until, QUIET_UNTIL),
        presence=presence,
    )


def _time(kept: str, usual: time) -> time:
    return time.fromisoformat(kept) if kept else usual
