"""The time at which tests happen, unless they say otherwise, and how it goes on in them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""A Monday, on which nothing changes its clocks."""

BETWEEN = timedelta(hours=6)


@dataclass(slots=True)
class Errands:
    """When errands (asking servers) have their turn where a clock runs through days: at stops some
    hours apart. They come so often that days of them would take minutes.
    """

    ran: datetime | None = None

    def have_their_turn(self, now: datetime) -> bool:
        if self.ran is not None and now - self.ran < BETWEEN:
            return False
        self.ran = now
        return True
