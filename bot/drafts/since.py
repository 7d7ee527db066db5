"""From when on a draft tells: since somebody's last standup of the project, where they are."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.moments import known, own_day
from bot.people import Person
from bot.recurrence import at_local
from bot.workdays import WORK_WEEK

FURTHEST = timedelta(days=14)
"""Of what was longer ago no draft tells, however long somebody was away."""


def since(answered: datetime | None, person: Person, now: datetime) -> datetime:
    """When they answered last; the beginning of their last working day where they never did."""
    begun = answered if answered is not None else _last_working_day(person, now)
    return max(begun, now - FURTHEST)


def _last_working_day(person: Person, now: datetime) -> datetime:
    """The beginning of the last working day before today, in their zone (UTC)."""
    zone, days = known(person.timezone), person.work_days or WORK_WEEK
    today = own_day(now, zone)
    for back in range(1, FURTHEST.days + 1):
        day = today - timedelta(days=back)
        begin = at_local(day, time(), ZoneInfo(zone)) if day.weekday() in days else None
        if begin is not None:
            return begin
    return now - FURTHEST
