"""Times in a sentence, as they were said: "on 1 March", "in January", "since Monday".

What they come to depends on the day and the zone of the one who asks: `bot.qa.periods`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from bot import text
from bot.qa import words


class Lead(Enum):
    """How a time limits what is asked."""

    AT = "at"
    SINCE = "since"
    BEFORE = "before"
    BY = "by"


class Kind(Enum):
    """How a time was said."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    AGO = "ago"
    LAST = "last"
    THIS = "this"
    WEEKDAY = "weekday"
    LAST_WEEKDAY = "last_weekday"
    TODAY = "today"
    YESTERDAY = "yesterday"
    TWO_DAYS = "two_days"
    TOMORROW = "tomorrow"
    NEXT = "next"
    WITHIN = "within"  # from today on
    NEXT_WEEKDAY = "next_weekday"
    SOON = "soon"
    STANDUP = "standup"  # when the asker last posted one


TO_COME = (Kind.TOMORROW, Kind.NEXT, Kind.WITHIN, Kind.NEXT_WEEKDAY, Kind.SOON)


@dataclass(frozen=True, slots=True)
class Said:
    """A time as it was said, at characters `start` up to `end` of the sentence.

    `unclear`: the figures may as well be read the other way round ("03/04").
    """

    lead: Lead
    kind: Kind
    start: int
    end: int
    at: int
    """Where it begins behind its lead."""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    unclear: bool = False
    weekday: int = 0
    count: int = 1
    unit: str = "day"
    led: bool = False


_SLASHED = "slashed"
_FIGURES = (
    ("day", r"(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})"),
    ("month", r"(?P<year>(?:19|20)\d\d)-(?P<number>\d{1,2})"),
    ("day", r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d\d)"),
    ("day", r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\."),
    (_SLASHED, r"(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>(?:19|20)\d\d)"),
    (_SLASHED, r"(?P<day>\d{1,2})/(?P<number>\d{1,2})"),
)
_NEEDS_LEAD = (Kind.MONTH, Kind.YEAR, Kind.QUARTER)
"""Of these, what is not led in may be anything: "May", or four figures."""
_MONTHS, _DAYS = 12, 31
_UNITS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Times:
    """The wordings of one language, ready to be looked for."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    leads: tuple[tuple[Lead, re.Pattern[str]], ...]
    up_to: re.Pattern[str] | None
    clauses: tuple[tuple[Lead, re.Pattern[str]], ...]
    since_when: re.Pattern[str]
    left: re.Pattern[str] | None
    present: Mapping[tuple[str, ...], tuple[str, ...]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    counts: Mapping[str, int]
    units: Mapping[str, str]

    def find(self, sentence: str) -> list[Said]:
        """The times of a sentence from left to right; of those that overlap, the longest."""
        flat = _flat(sentence)
        found = [
            said
            for kind, pattern in self.patterns
            for match in pattern.finditer(flat)
            if (said := self._said(kind, match, flat)) is not None
        ]
        found.sort(key=lambda one: (one.at - one.end, one.start))
        kept: list[Said] = []
        for one in found:
            if not any(one.at < other.end and other.at < one.end for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.at)

    def is_range(self, first: Said, last: Said, sentence: str) -> bool:
        """Whether two times are the ends of one: "from 1 to 14 March" in full."""
        between = _flat(sentence)[first.end : last.at]
        return self.up_to is not None and self.up_to.fullmatch(between) is not None

    def told(self, sentence: str) -> Iterator[tuple[Lead, int, int]]:
        """Where a clause may begin that tells of a time by what happened, and where what
        happened begins: "when PR #41 merged".
        """
        flat = _flat(sentence)
        for lead, pattern in self.clauses:
            yield from ((lead, match.start(), match.end()) for match in pattern.finditer(flat))

    def without_since_when(self, sentence: str) -> str | None:
        """What is left of "since when is Kim …" without its beginning, in its place; else None."""
        found = self.since_when.match(_flat(sentence))
        return " " * found.end() + sentence[found.end() :] if found else None

    def without_leaving(self, event: str) -> str:
        """Who is named, where it is told that they left: "Kim" of "Kim left"."""
        found = self.left.search(_flat(event)) if self.left else None
        return event[: found.start()] if found else event

    def _said(self, kind: str, match: re.Match[str], flat: str) -> Said | None:
        got = match.groupdict()
        month = self.months.get(got.get("month") or "") or _number(got.get("number"))
        day = _number(got.get("day"))
        if month is not None and day is not None and kind == _SLASHED and month > _MONTHS:
            day, month = month, day
        if not 1 <= (month or 1) <= _MONTHS or not 1 <= (day or 1) <= _DAYS or 0 in (month, day):
            return None
        as_kind = Kind.DAY if kind == _SLASHED else Kind(kind)
        lead, start = self._lead(flat, match.start())
        if as_kind in _NEEDS_LEAD and start == match.start() and not (got.get("year") and month):
            return None
        return Said(
            lead,
            as_kind,
            start,
            match.end(),
            match.start(),
            year=_number(got.get("year")),
            month=month,
            day=day,
            unclear=kind == _SLASHED and day != month and (day or 0) <= _MONTHS,
            weekday=self.weekdays.get(got.get("weekday") or "", 0),
            count=_number(got.get("count")) or self.counts.get(got.get("count") or "", 1),
            unit=self.units.get(got.get("unit") or "", "day"),
            led=start < match.start(),
        )

    def _lead(self, flat: str, at: int) -> tuple[Lead, int]:
        """What leads a time in, and where that begins: the longest wording before it."""
        found = [
            (match.start(), lead)
            for lead, pattern in self.leads
            if (match := pattern.search(flat, 0, at)) is not None
        ]
        start, lead = min(found, key=lambda one: one[0], default=(at, Lead.AT))
        return lead, start


_READING = Lock()


def languages() -> Mapping[str, Times]:
    """Every language that has times, by its code. The first who asks reads them, and others wait:
    each would else compile all patterns beside the others.
    """
    with _READING:
        return _languages()


@cache
def _languages() -> Mapping[str, Times]:
    path = Path(words.__file__).parent / "times.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: _read(table) for language, table in tables.items()}


def _read(table: Mapping[str, Any]) -> Times:
    months, weekdays = _numbered(table["months"], 1), _numbered(table["weekdays"], 0)
    counts = _numbered(table["counts"], 1)
    units = {name: unit for unit in _UNITS for name in table["units"].get(unit, ())}
    slots = {
        "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?",
        "number": r"(?P<number>\d{1,2})",
        "year": r"(?P<year>(?:19|20)\d\d)",
        "month": f"(?P<month>{_any(months)})\\.?",
        "weekday": f"(?P<weekday>{_any(weekdays)})",
        "count": rf"(?P<count>\d{{1,3}}|{_any(counts)})",
        "unit": f"(?P<unit>{_any(units)})",
    }
    patterns = [(kind, _whole(figures)) for kind, figures in _FIGURES]
    patterns += [
        (kind.value, _whole(_template(wording, slots)))
        for kind in Kind
        for wording in table.get(kind.value, ())
    ]
    leads = [
        (lead, re.compile(rf"{_START}(?:{_any(table[lead.value])})\s*(?:the\s+)?\Z"))
        for lead in Lead
        if table.get(lead.value)
    ]
    up_to = (
        re.compile(rf"[\s,]*(?:{_any(table['up_to'])})\s*(?:the\s+)?") if table["up_to"] else None
    )
    clauses = [
        (lead, re.compile(rf"{_START}(?:{_any(table[row])}){_STOP}"))
        for lead, row in ((Lead.AT, "event"), (Lead.SINCE, "since"), (Lead.BEFORE, "before"))
        if table[row] and table["event"]
    ]
    since_when = re.compile(rf"\s*(?:and\s+)?(?:{_any(table['since_when'])}){_STOP}")
    left = re.compile(rf"\s+(?:{_any(table['left'])})\s*\Z") if table.get("left") else None
    present = {
        tuple(word.stem for word in text.words(before)): tuple(
            word.surface for word in text.words(now)
        )
        for before, now in table["present"].items()
    }
    return Times(
        tuple(patterns),
        tuple(leads),
        up_to,
        tuple(clauses),
        since_when,
        left,
        present,
        months,
        weekdays,
        counts,
        units,
    )


_HAN = "\u3400-\u9fff"
_START = rf"(?:(?<![^\W_])|(?<=[{_HAN}])|(?=[{_HAN}]))"
_STOP = rf"(?:(?![^\W_])|(?=[{_HAN}])|(?<=[{_HAN}]))"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?<![-/.]){pattern}{_STOP}(?![-/]\w)")


def _template(wording: str, slots: Mapping[str, str]) -> str:
    parts = re.split(r"(\{\w+\}|\s+)", wording)
    return "".join(
        slots[part[1:-1]] if part.startswith("{") else r"[\s,]+" if part.isspace() else part
        for part in map(text.fold, parts)
    )


def _any(names: Iterable[str]) -> str:
    ordered = sorted(names, key=len, reverse=True)
    return (
        "|".join(re.escape(text.fold(name)).replace(r"\ ", r"\s+") for name in ordered) or r"\b\B"
    )


def _numbered(rows: Sequence[Sequence[str]], first: int) -> dict[str, int]:
    return {name: number for number, row in enumerate(rows, first) for name in row}


def _number(figures: str | None) -> int | None:
    return int(figures) if figures and figures.isdigit() else None


def _flat(sentence: str) -> str:
    """Lower case without accents, each character in its place."""
    if sentence.isascii():
        return sentence.lower()
    return "".join(_one(char) for char in sentence)


def _one(char: str) -> str:
    folded = text.fold(char)
    return folded if len(folded) == 1 else char
