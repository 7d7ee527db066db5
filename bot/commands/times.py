"""Times, days of the week and zones, as people write them in commands."""

import re
from datetime import time
from functools import cache
from zoneinfo import available_timezones

from bot.errors import BadInput, Why
from bot.recurrence import EVERY_DAY, WORKDAYS
from bot.workdays import WEEK

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap]m)?", re.IGNORECASE | re.ASCII)
_AHEAD = re.compile(r"(?:utc|gmt)([+-])0?(1?\d)(?::?00)?", re.ASCII)
_TURNED = {"+": "-", "-": "+"}
_SPANS = {
    "weekdays": WORKDAYS,
    "workdays": WORKDAYS,
    "everyday": EVERY_DAY,
    "daily": EVERY_DAY,
}


def read_days(text: str) -> frozenset[int]:
    """`Mon`, `Mon-Thu` (over the weekend too), `weekdays`."""
    if span := _SPANS.get(text.casefold()):
        return span
    first, _, last = text.partition("-")
    begin = read_weekday(first)
    end = read_weekday(last) if last else begin
    return frozenset((begin + n) % 7 for n in range((end - begin) % 7 + 1))


def read_weekday(text: str) -> int:
    """Monday is 0; three letters are enough."""
    word = text.casefold().rstrip(".").removesuffix("s")
    for number, name in enumerate(WEEK):
        if len(word) >= 3 and name.casefold().startswith(word):
            return number
    raise BadInput(Why.BAD_WEEKDAY, {"day": text}, field="day")


def read_time(text: str) -> time:
    """`9`, `9:00`, `17.30`, `9am`, `5:30 pm`."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise BadInput(Why.BAD_TIME, {"time": text}, field="at")
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        raise BadInput(Why.BAD_TIME, {"time": text}, field="at")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise BadInput(Why.BAD_TIME, {"time": text}, field="at") from None


def read_zone(text: str) -> str:
    """`Europe/Berlin`, or the city alone where it names one zone.

    `UTC+5` is five hours ahead, as people mean it; the zone that is so is called Etc/GMT-5.
    """
    wanted = text.strip().casefold().replace(" ", "_")
    if found := _AHEAD.fullmatch(wanted):
        wanted = f"etc/gmt{_TURNED[found[1]]}{int(found[2])}"
    if zone := _zones().get(wanted):
        return zone
    raise BadInput(Why.BAD_ZONE, {"zone": text}, field="zone")


@cache
def _zones() -> dict[str, str]:
    """Zones by how people write them."""
    names = sorted(available_timezones())
    cities: dict[str, list[str]] = {}
    for name in names:
        cities.setdefault(name.rpartition("/")[2].casefold(), []).append(name)
    found = {city: same[0] for city, same in cities.items() if len(same) == 1}
    return found | {name.casefold(): name for name in names}
