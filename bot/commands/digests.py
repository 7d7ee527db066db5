"""`digest`: how often a channel is told what changed, at what time, in which zone."""

import re
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from zoneinfo import available_timezones

from bot.cadence import Cadence
from bot.commands.orders import Order, PreviewDigest, ShowDigest
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import EndDigest, SetDigest
from bot.workdays import WEEK

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap]m)?", re.IGNORECASE | re.ASCII)
_OFF = {"off", "stop", "end", "never", "none"}
_SHOW = {"", "show", "status"}
_CLAUSES = {"at": "time", "in": "zone", "on": "day"}


def read_digest(rest: str, today: date) -> Order:
    some = words(rest)
    verb, more = (some[0].key, some[1:]) if some else ("", ())
    if verb in {"daily", "weekly"}:
        return _set(Cadence(verb), more)
    orders: dict[str, Order] = {
        **dict.fromkeys(_SHOW, ShowDigest()),
        **dict.fromkeys(_OFF, EndDigest()),
        "preview": PreviewDigest(),
    }
    if verb not in orders or more:
        raise _left_over(joined(more or some), "digest weekly Monday at 9:00")
    return orders[verb]


def _left_over(words: str, wanted: str) -> BadInput:
    return BadInput(Why.WORDS_LEFT_OVER, {"words": words, "wanted": wanted}, field="digest")


def _set(cadence: Cadence, some: Sequence[Word]) -> SetDigest:
    """Days, `at TIME` and `in ZONE`, in any order; a time needs no `at`, a day no `on`."""
    said: dict[str, str] = {}
    clause = "on"
    for word in some:
        if word.key in _CLAUSES:
            clause = word.key
            said.setdefault(clause, "")
            continue
        if clause == "on" and word.text[:1].isdigit():
            clause = "at"
        said[clause] = f"{said.get(clause, '')} {word.text}".strip()
    for clause, text in said.items():
        if not text:
            field = _CLAUSES[clause]
            raise BadInput(Why.EMPTY_TEXT, {"field": field}, field)
    if cadence is Cadence.DAILY and "on" in said:
        raise _left_over(said["on"], "digest daily at 9:00")
    return SetDigest(
        cadence,
        read_weekday(said["on"]) if "on" in said else None,
        read_time(said["at"]) if "at" in said else None,
        read_zone(said["in"]) if "in" in said else None,
    )


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
    """`Europe/Berlin`, or the city alone where it names one zone."""
    wanted = text.strip().casefold().replace(" ", "_")
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
