"""The kinds of value a workspace document is written in, and how each is read.

Everything is strict: a number is no text, a text is no number. What cannot be stored or shown alike
everywhere (a NUL, an endless number, a year nobody means) is a fault.
"""

import math
import re
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from bot.errors import NotFound
from bot.presence import region

LONGEST_KEY = 100
LONGEST_LINE = 300
LONGEST_TEXT = 10_000
LONGEST_URL = 2_000
GREATEST_NUMBER = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2999

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})"
)


def midnight(day: date) -> datetime:
    """The first moment of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def read_day(text: str) -> date:
    """A day from `2026-11-23`; raises `ValueError` for anything else."""
    if not _DAY.fullmatch(text):
        raise ValueError(f"must be a day as in 2026-11-23, not '{text:.40}'")
    return date(_year(text), int(text[5:7]), int(text[8:]))


def read_moment(text: str) -> datetime:
    """A moment in UTC from `2026-11-23T10:00:00Z`; raises `ValueError` where it says no zone."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(
            f"must be a moment with its zone, as in 2026-11-23T10:00:00Z, not '{text:.40}'"
        )
    _year(text)
    return datetime.fromisoformat(text).astimezone(UTC)


def read_start(text: str) -> datetime:
    """A moment, or a day, which stands for its first moment in UTC."""
    return midnight(read_day(text)) if _DAY.fullmatch(text) else read_moment(text)


def write_moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def write_start(moment: datetime) -> str:
    """The shortest text that `read_start` reads back to the same moment."""
    day = moment.astimezone(UTC).date()
    return day.isoformat() if midnight(day) == moment else write_moment(moment)


def one_line(text: str, otherwise: str) -> str:
    """A text from elsewhere as the line that a document may hold; `otherwise` where it is empty."""
    stands = "\0" not in text and len(text.splitlines()) == 1 and len(text) <= LONGEST_LINE
    if stands and text == text.strip():
        return text
    return " ".join(text.replace("\0", " ").split())[:LONGEST_LINE].strip() or otherwise


def known_zone(name: str) -> str:
    """A zone from elsewhere; UTC where nobody knows it."""
    try:
        return _zone(name)
    except ValueError:
        return "UTC"


def _year(text: str) -> int:
    year = int(text[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"must lie in a year from {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    return year


def _day(value: object) -> object:
    return read_day(value) if isinstance(value, str) else value


def _moment(value: object) -> object:
    return read_moment(value) if isinstance(value, str) else value


def _start(value: object) -> object:
    return read_start(value) if isinstance(value, str) else value


def _printable(text: str) -> str:
    if "\0" in text:
        raise ValueError("must not hold the character U+0000")
    return text


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise ValueError("must be one line")
    return _printable(text)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"'{name}' is no time zone; write one as in Europe/Berlin, or UTC"
        ) from None
    return name


def _own_zone(name: str) -> str:
    return _zone(name) if name else name


def _region(name: str) -> str:
    if not name:
        return name
    try:
        return region(name)
    except NotFound:
        raise ValueError(f"'{name}' is no region; write one as in DE-BY, or none") from None


def _or_none(text: str | None) -> str | None:
    return text or None


def _channel(name: str) -> str:
    bare = name.lstrip("#").strip()
    if not bare:
        raise ValueError("must name a channel")
    return f"#{bare}"


def _once(lines: list[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _names(value: object) -> object:
    """One name or several of a person elsewhere, always as a list."""
    return [value] if isinstance(value, str) else value


def _scalar(value: object) -> object:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise ValueError(f"must have at most {LONGEST_TEXT} characters")
        return _printable(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("must be a finite number")
    if value is None or isinstance(value, bool | int | float):
        return value
    raise ValueError("must be a text, a number, true, false or null")


_STRIPPED = StringConstraints(strip_whitespace=True, max_length=LONGEST_LINE)

Key = Annotated[str, StringConstraints(pattern=r"^[^\s/\x00]+$", max_length=LONGEST_KEY)]
"""What other parts refer to: no blanks, no slash."""

Line = Annotated[str, _STRIPPED, Field(min_length=1), AfterValidator(_one_line)]
"""One line that is not empty; blanks around it are dropped."""

Lines = Annotated[list[Line], AfterValidator(_once)]
"""A list in which nothing stands twice."""

_Point = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT),
    AfterValidator(_one_line),
]
Points = Annotated[list[_Point], AfterValidator(_once)]
"""Lines that may be long, as in the lists of a scope."""

Label = Annotated[str, _STRIPPED, AfterValidator(_one_line)]
"""One line, or nothing; blanks around it are dropped."""

Keys = Annotated[list[Key], AfterValidator(_once)]

Channel = Annotated[Line, AfterValidator(_channel)]
"""A channel's name, with its `#` or without."""

Channels = Annotated[list[Channel], AfterValidator(_once)]

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_printable)]
"""As many lines as needed, kept as written."""

Note = Annotated[Text | None, AfterValidator(_or_none)]
"""A text, or null; an empty one is the same as null."""

Metric = Annotated[Label | None, AfterValidator(_or_none)]

Url = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s\x00]+$", max_length=LONGEST_URL),
]

Zone = Annotated[str, StringConstraints(max_length=LONGEST_KEY), AfterValidator(_zone)]
OwnZone = Annotated[str, StringConstraints(max_length=LONGEST_KEY), AfterValidator(_own_zone)]
Region = Annotated[str, StringConstraints(max_length=LONGEST_KEY), AfterValidator(_region)]
"""Whose public holidays somebody has."""

Email = Annotated[
    str, StringConstraints(pattern=r"^[^\s@\x00]+@[^\s@\x00]+$", max_length=LONGEST_LINE)
]
SlackId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{2,40}$")]
Names = Annotated[
    Lines,
    BeforeValidator(_names),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]

Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Start = Annotated[
    datetime,
    BeforeValidator(_start),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
            ]
        }
    ),
]
Scalar = Annotated[
    object,
    AfterValidator(_scalar),
    WithJsonSchema({"type": ["string", "number", "boolean", "null"]}),
]
"""A setting of an experiment: kept exactly as written."""

Number = Annotated[float, Field(allow_inf_nan=False)]
