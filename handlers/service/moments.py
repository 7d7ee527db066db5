"""Days that somebody names, as moments of the record."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import Refused, Why
from bot.people import Actor


def beginning(day: date | None, actor: Actor, now: datetime) -> datetime:
    """When a letter begins: now, or the start of a day in the actor's zone. `Refused` for the
    future.
    """
    if day is None:
        return now
    zone = ZoneInfo(actor.zone)
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    if moment > now:
        raise Refused(Why.FUTURE_DATE, {"date": day.isoformat()}, field="since")
    return moment
