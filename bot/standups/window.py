"""Until when somebody may answer: a window of their own time, which may cross midnight."""

from datetime import date, datetime, timedelta
from enum import StrEnum
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


class Timing(StrEnum):
    """How an answer stands to its window: FREE where there is none, or it was over before they were
    asked; OPEN and OVER of what is not answered, OVERDUE of what was answered too late.
    """

    FREE = "free"
    OPEN = "open"
    OVER = "over"
    OVERDUE = "overdue"


def end(plan: Plan, entry: Entry, zone: str) -> datetime | None:
    """When the window closes for somebody who was asked; None where it did before that, as it does
    for who has the morning off: they have time.
    """
    moment = closes(plan, entry.day, zone)
    is_past = moment is not None and entry.asked_at is not None and entry.asked_at >= moment
    return None if is_past else moment


def timing(plan: Plan, entry: Entry, zone: str, now: datetime) -> Timing:
    moment = end(plan, entry, zone)
    if moment is None:
        return Timing.FREE
    if entry.state is State.ASKED:
        return Timing.OPEN if now <= moment else Timing.OVER
    return Timing.OVERDUE if is_overdue(plan, entry, zone) else Timing.FREE


def is_open(plan: Plan, entry: Entry, zone: str, now: datetime) -> bool:
    """Whether somebody who was asked has not answered, and has time to."""
    moment = end(plan, entry, zone)
    return entry.state is State.ASKED and moment is not None and now <= moment


def is_overdue(plan: Plan, entry: Entry, zone: str) -> bool:
    """Whether somebody said something only after their window had closed."""
    moment = end(plan, entry, zone)
    said = entry.posted_at if entry.state is State.POSTED else None
    return moment is not None and said is not None and said > moment
