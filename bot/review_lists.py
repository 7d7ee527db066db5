"""Which reviews are waited for, and for how long, in the working hours of whoever is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.acting import Acting
from bot.hours import Hours
from bot.links import Linked
from bot.people import Person
from bot.presence import NOON
from bot.project import Project
from bot.recurrence import DAY
from bot.reviewing import owed
from bot.sources.base import PullRequest

_QUARTER = timedelta(minutes=15)
"""Clocks change on a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A review that is waited for. `who` is a login or a team at the host, `person` who that is, if
    anybody is known to be. `age` is working time; `back` is the day on which they are there again,
    where they are away, and `acts` who acts for them.
    """

    linked: Linked
    pull: PullRequest
    who: str
    person: int | None
    since: datetime | None
    age: timedelta
    back: date | None = None
    acts: Acting | None = None
    is_hidden: bool = False
    """Whether the reader may know its number and state alone."""
    last_seen: str = ""
    """Where its host does not answer: when it was seen last, and why not since."""


@dataclass(frozen=True, slots=True)
class ReviewsShown:
    """The waits, the longest first. `project` is the one that is looked at; None: all."""

    waits: Sequence[Wait]
    project: Project | None
    projects: Mapping[int, str]
    people: Mapping[int, Person]
    logins: Mapping[str, int]
    is_mine: bool = False


def ordered(waits: Iterable[Wait]) -> tuple[Wait, ...]:
    """The longest wait first; of equals what was asked first."""
    return tuple(
        sorted(
            waits,
            key=lambda one: (-one.age, one.since or datetime.max.replace(tzinfo=UTC), one.who),
        )
    )


def waits(
    pull: PullRequest, logins: Mapping[str, int], hours: Mapping[int, Hours], now: datetime
) -> dict[str, timedelta]:
    """For how long each who owes it a review is waited for, by their names in lower case: in their
    own working hours, where they are known, else in the usual ones.
    """
    return {
        key: worked(hours.get(logins.get(key, -1), Hours()), since, now)
        for key, who in owed(pull).items()
        if (since := pull.asked.get(who) or pull.opened) is not None
    }


def worked(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """How much of this time lies in somebody's working hours: no evening, no day off."""
    if until <= since:
        return timedelta()
    cuts = [since, *sorted({cut for cut in _cuts(hours, since, until) if since < cut < until})]
    ends = [*cuts[1:], until]
    return sum(
        (end - begin for begin, end in zip(cuts, ends, strict=True) if hours.is_open(begin)),
        timedelta(),
    )


def _cuts(hours: Hours, since: datetime, until: datetime) -> Iterator[datetime]:
    """Every moment at which somebody's hours can begin or end, and some at which they do not."""
    zone = ZoneInfo(hours.zone)
    day, last = hours.day(since) - DAY, hours.day(until) + DAY
    while day <= last:
        begins, ends = (
            datetime.combine(each, time(), zone).astimezone(UTC) for each in (day, day + DAY)
        )
        for at in {time(), NOON, hours.quiet_from, hours.quiet_until}:
            for fold in (0, 1):
                here = datetime.combine(day, at.replace(fold=fold), zone)
                yield here.astimezone(UTC)
        if ends - begins != DAY:
            while begins < ends:
                yield begins
                begins += _QUARTER
        day += DAY
