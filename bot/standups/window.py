"""Until when somebody may answer: a window of their own time, which may cross midnight."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.moments import known
from bot.recurrence import DAY, at_local
from bot.standups.answers import Entry, State
from bot.standups.plan import Plan


def closes(plan: Plan, day: date, zone: str) -> datetime | None:
    """When the window of a day (somebody's own) closes; None where there is no window. Where their
    clocks leave that moment's day out, it closes with the next one's.
    """
    if plan.closes_at is None:
        return None
    last = day + timedelta(days=plan.closes_at < plan.at)
    where = ZoneInfo(known(zone))
    return at_local(last, plan.closes_at, where) or at_local(last + DAY, plan.closes_at, where)


def is_open(plan: Plan, entry: Entry, zone: str, now: datetime) -> bool:
    """Whether somebody who was asked has not answered, and has time to."""
    end = closes(plan, entry.day, zone)
    return entry.state is State.ASKED and end is not None and now <= end


def is_overdue(plan: Plan, entry: Entry, zone: str) -> bool:
    """Whether somebody said something only after their window had closed."""
    end = closes(plan, entry.day, zone)
    said = entry.posted_at if entry.state is State.POSTED else None
    return end is not None and said is not None and said > end
