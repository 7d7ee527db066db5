"""What came late, or not at all, because nobody kept the clock; by the reader's own clock."""

from datetime import timedelta

from bot.lateness import Downtime, Late
from handlers.views.kit import Block, Piece, moment, paragraph

_SHORT = timedelta(hours=12)
"""Within which a time of the day says enough."""
_TIME = "{time}"
_DAY_AND_TIME = "{date_short_pretty} at {time}"


def late(told: Late | None) -> Block:
    """That this comes late, and why; nothing where it does not."""
    if told is None:
        return {}
    due = moment(told.due, _TIME)
    return paragraph("This comes late: it was due at ", due, "; ", *why(told.down), ".")


def why(down: Downtime | None) -> list[str | Piece]:
    """ "I was down from 09:05 to 09:50"."""
    if down is None:
        return ["something went wrong here"]
    shown = _TIME if down.until - down.since < _SHORT else _DAY_AND_TIME
    return ["I was down from ", moment(down.since, shown), " to ", moment(down.until, shown)]
