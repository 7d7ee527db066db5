"""Moments in what is told, and by whose clock they are told. One rule holds everywhere:

- A pure date (a deadline, a planned start, a milestone, a last day) is the same for everybody.
- A moment (since when, set on, until, last told) is told by the clock of whoever reads it. Slack
  works that out where it formats dates; anywhere else it is the zone of the one who reads, that of
  the digest where many do, and UTC where neither is known.
- A moment that is the first of a day in UTC was written as that day, in a document: it stays so.
- "For 12 days" counts days of the calendar, by that same clock.

Sentences are made before it is known who reads them. So a moment stands in them as such (`day`),
until it is drawn (`pieces`) or told in a zone (`told`).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_BEGIN, _END = "\ue000", "\ue001"
"""For private use, so that they stand for no letter of any script."""
MARK = f"{_BEGIN}[0-9a-f]{{10}}{_END}"
"""A moment in a sentence, as a pattern."""
_MARK = re.compile(f"({MARK})")
_TORN = re.compile(f"{_BEGIN}[0-9a-f]{{0,10}}|{_END}")
"""What is left of one where a text was cut in the middle of it."""
_OFFSET = re.compile(r"Etc/GMT([+-])(\d{1,2})")
_LAST = int(datetime.max.replace(tzinfo=UTC).timestamp())


def zone_in_words(zone: str) -> str:
    """A zone as people say it: Etc/GMT-5, whose sign is turned about, is "UTC+5"."""
    found = _OFFSET.fullmatch(zone)
    return f"UTC{'-' if found[1] == '+' else '+'}{found[2]}" if found else zone


@cache
def known(zone: str) -> str:
    """A zone as Slack told it; UTC for one that this machine has not heard of."""
    try:
        return ZoneInfo(zone).key
    except (ValueError, ZoneInfoNotFoundError):
        return "UTC"


def own_day(moment: datetime, zone: str) -> date:
    """The day that it is where somebody is."""
    return moment.astimezone(ZoneInfo(known(zone))).date()


def is_day(moment: datetime) -> bool:
    """Whether it was written as a day: it is the first moment of one in UTC."""
    return moment.astimezone(UTC).timetz() == time(tzinfo=UTC)


def day_in(moment: datetime, zone: str) -> date:
    """The day that a moment is told by, to whoever is there."""
    return moment.astimezone(UTC).date() if is_day(moment) else own_day(moment, zone)


def days_since(moment: datetime, today: date, zone: str) -> int:
    """For how many days something lasts, on a day of `zone`; 0 for what is still to come."""
    return max(0, (today - day_in(moment, zone)).days)


def day(moment: datetime) -> str:
    """A moment for a sentence, to be told by its day."""
    seconds = int(moment.timestamp())
    if is_day(moment) or seconds < 0:
        return moment.astimezone(UTC).date().isoformat()
    return f"{_BEGIN}{seconds:010x}{_END}"


def pieces(text: str) -> Iterator[str | datetime]:
    """A sentence in pieces: its words and its moments."""
    if not _is_dated(text):
        yield text
        return
    for part in _MARK.split(text):
        if _MARK.fullmatch(part) and (seconds := int(part[1:-1], 16)) <= _LAST:
            yield datetime.fromtimestamp(seconds, UTC)
        elif words := _TORN.sub("", part):
            yield words


def told(text: str, zone: str = "UTC") -> str:
    """A sentence as it is told in a zone."""
    if not _is_dated(text):
        return text
    return "".join(
        part if isinstance(part, str) else own_day(part, zone).isoformat() for part in pieces(text)
    )


def _is_dated(text: str) -> bool:
    return not text.isascii() and (_BEGIN in text or _END in text)
