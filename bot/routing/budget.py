"""When somebody is told: at most one message a day that they did not ask for, in their own hours.

A blocker on one's own row comes at once all the same; whatever else there is that day waits for the
next morning then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.hours import Hours
from bot.routing.table import When

GATHER = timedelta(minutes=1)
"""So long a message waits for what else happens: a dozen edits in a row are one message."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How somebody's day stands: when what waits is `due` (None: nothing does), what was sent or
    will be sent without delay, and when their own `digest` comes next, which takes the rest along.
    """

    hours: Hours
    waiting: datetime | None = None
    spent: Sequence[datetime] = ()
    digest: datetime | None = None

    def due(self, when: When, now: datetime) -> datetime:
        """When to tell them something that happened now; what waits already goes with it."""
        due = self._earliest(when, now)
        if self.waiting is not None:
            due = min(due, max(self.waiting, now))
        return self._with_digest(self.unspent(due))

    def _with_digest(self, due: datetime) -> datetime:
        """`due`, or after the digest of that day: what it did not take along goes by itself."""
        if self.digest is None:
            return due
        comes = self.hours.next_open(self.digest)
        is_ahead = comes >= due and self.hours.day(comes) == self.hours.day(due)
        return comes + GATHER if is_ahead else due

    def unspent(self, due: datetime) -> datetime:
        """`due`, or the first morning after it of a day on which they were told nothing yet."""
        used = {self.hours.day(moment) for moment in self.spent}
        while self.hours.day(due) in used:
            due = self.hours.next_morning(due)
        return due

    def _earliest(self, when: When, now: datetime) -> datetime:
        if when is When.MORNING and self.hours.is_open(now):
            return self.hours.next_morning(now)
        return self.hours.next_open(now + GATHER)
