""" "Still true?": how long ago somebody said so of a project, and when to ask again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.moments import days_since, own_day

WEEK = timedelta(days=7)
"""Nobody is asked twice within this."""


@dataclass(frozen=True, slots=True)
class Review:
    """When a project was last confirmed, or else begun (`is_confirmed` False), and after how many
    days its own setting wants that again: None is the workspace's, 0 never.
    """

    since: datetime
    is_confirmed: bool
    every: int | None = None

    def limit(self, usual: int) -> int:
        """The days that count; `usual` are the workspace's."""
        return usual if self.every is None else self.every

    def age(self, now: datetime, zone: str) -> int:
        """For how many days that is so by now, on the clock of a zone."""
        return days_since(self.since, own_day(now, zone), zone)

    def overdue(self, now: datetime, usual: int, zone: str) -> int:
        """For how many days it stands unconfirmed, where that is longer than wanted; else 0."""
        limit, age = self.limit(usual), self.age(now, zone)
        return age if limit and age >= limit else 0

    def words(self, now: datetime, usual: int, zone: str) -> str:
        """ "confirmed 12 d ago", "unconfirmed for 37 days"; empty where there is nothing to say."""
        days = self.overdue(now, usual, zone)
        if days:
            return f"unconfirmed for {days} {'day' if days == 1 else 'days'}"
        if not self.is_confirmed:
            return ""
        age = self.age(now, zone)
        return f"confirmed {age} d ago" if age else "confirmed today"


def is_to_ask(review: Review, asked: datetime | None, now: datetime, usual: int, zone: str) -> bool:
    """Whether to ask (again) somebody in a zone: once in a period, and never twice in a week."""
    if not review.overdue(now, usual, zone):
        return False
    pause = max(WEEK, timedelta(days=review.limit(usual)))
    return asked is None or asked < review.since or now - asked >= pause
