"""What the clock came to late, or too late, and why: nobody kept it for a while."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

TOLD_FROM = timedelta(minutes=5)
"""What is later than this says so; a clock that stood still for less was not down."""
GRACE = timedelta(hours=2)
"""What is found later than this is missed: yesterday's question helps nobody."""
RECALLED = timedelta(days=14)
"""So long people are told of what was missed."""


@dataclass(frozen=True, slots=True)
class Downtime:
    """A time in which nobody kept the clock; `until` is when somebody did again."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Late:
    """Something that comes late, and what kept it; `down` None: something else than the clock."""

    due: datetime
    down: Downtime | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A slot that was found too late: nothing came of it. `person` is whom it was about, if any."""

    kind: str
    subject: int
    person: int | None
    slot: datetime
    down: Downtime | None = None


def downtimes(kept: Iterable[tuple[datetime, datetime]]) -> tuple[Downtime, ...]:
    """The times between those in which the clock was kept, which may lap over one another."""
    whole: list[tuple[datetime, datetime]] = []
    for since, until in sorted(kept):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(until, whole[-1][1]))
        else:
            whole.append((since, until))
    return tuple(Downtime(before[1], after[0]) for before, after in pairwise(whole))


def covering(downs: Sequence[Downtime], moment: datetime) -> Downtime | None:
    """The time without a clock in which a moment went by."""
    return next((down for down in downs if down.since <= moment < down.until), None)


def late(due: datetime, found: datetime, downs: Sequence[Downtime]) -> Late | None:
    """How what was due comes late; None where it comes in time."""
    return None if found - due < TOLD_FROM else Late(due, covering(downs, due))
