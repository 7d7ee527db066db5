"""Hand-overs that wait for an answer: when somebody is told again, and when it is over."""

from datetime import datetime, timedelta

from bot.project import Offer

REMINDED_AFTER = timedelta(days=3)
"""Who has to answer is told once more then."""
OVER_AFTER = timedelta(days=11)
"""So long after they were told again an offer is over, and both sides hear of it."""


def ago(then: datetime, now: datetime) -> str:
    """How long something is ago: "1 s ago", "5 min ago", "3 h ago", "2 d ago"."""
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"


def is_over(reminded_at: datetime | None, now: datetime) -> bool:
    return reminded_at is not None and now - reminded_at >= OVER_AFTER


def is_waiting(offer: Offer, now: datetime) -> bool:
    """Whether who has to answer should be told once more."""
    return now - offer.offered_at >= REMINDED_AFTER
