"""Days as people say them: `until Wed`, `3-7 Aug`, `3 days`, `next week`, `Friday morning`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands.reading import read_date
from bot.commands.times import read_weekday
from bot.commands.words import Word, joined
from bot.errors import BadInput, Why
from bot.presence import Half

_FILLING = {"from", "on", "for", "the", "in", "of", "all", "office", "leave", "starting", "due"}
_UNTIL = {"until", "till", "til", "through", "thru", "to", "-", "up"}
_BEGINNING = {"today", "tomorrow", "this", "next"}
_HALVES = {
    "morning": Half.MORNING,
    "mornings": Half.MORNING,
    "am": Half.MORNING,
    "afternoon": Half.AFTERNOON,
    "afternoons": Half.AFTERNOON,
    "pm": Half.AFTERNOON,
}
_NUMBERS = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = re.compile(
    rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})(?: working)? ?(work-?days?|days?|weeks?|d|w)", re.ASCII
)
_JOINED = re.compile(r"(\d{1,2})-(\d{1,2})(?:\.? (.+))?", re.ASCII)
_BETWEEN = re.compile(r"([a-z]{3,9})-([a-z]{3,9})", re.ASCII)
_WEEK = 7
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both included, or (`last` None) `days` working days from `first`."""

    first: date
    last: date | None
    days: int = 0
    half: Half = Half.DAY


def read_span(some: Sequence[Word], today: date) -> Span:
    """The days that these words say. `BadInput` where they say none, or too many."""
    kept, half = _without_half(some)
    span = _read(kept, today)
    last = span.last or span.first + timedelta(days=span.days)
    if last < span.first:
        raise BadInput(Why.AWAY_BACKWARDS, {"date": last.isoformat()}, field="until")
    if (last - span.first).days > _MOST_DAYS:
        raise BadInput(Why.AWAY_LONG, {"date": last.isoformat()}, field="until")
    return Span(span.first, span.last, span.days, half)


def begins_days(word: Word) -> bool:
    """Whether days begin with it, and not the name of somebody."""
    if word.quoted:
        return False
    if word.key in _UNTIL | _FILLING | _BEGINNING | _HALVES.keys() or word.text[:1].isdigit():
        return True
    try:
        read_weekday(word.key.split("-")[0])
    except BadInput:
        return word.key in _NUMBERS
    return True


def _without_half(some: Sequence[Word]) -> tuple[list[Word], Half]:
    halves = [_HALVES[word.key] for word in some if word.key in _HALVES]
    kept = [word for word in some if word.key not in _HALVES and word.key not in _FILLING]
    return kept, halves[0] if halves else Half.DAY


def _read(some: Sequence[Word], today: date) -> Span:
    said = joined(some).casefold().rstrip(".!")
    if not said or said == "this":
        return Span(today, today)
    if said in {"this week", "next week"}:
        monday = today - timedelta(days=today.weekday())
        first = max(today, monday) if said == "this week" else monday + timedelta(days=_WEEK)
        return Span(first, first - timedelta(days=first.weekday()) + timedelta(days=_WEEK - 1))
    if found := _COUNTED.fullmatch(said):
        return _counted(found[1], found[2], today)
    ends = [n for n, word in enumerate(some) if word.key in _UNTIL]
    if ends:
        return _until(some[: ends[0]], some[ends[-1] + 1 :], today)
    if found := _JOINED.fullmatch(said):
        return _joined(found[1], found[2], found[3] or "", today)
    if found := _BETWEEN.fullmatch(said):
        first = _day(found[1], today)
        return Span(first, _day(found[2], first))
    return _one(said, today)


def _one(said: str, today: date) -> Span:
    day = _day(said, today)
    return Span(day, day)


def _until(before: Sequence[Word], after: Sequence[Word], today: date) -> Span:
    """`3 to 7 August`, `Mon - Wed`, `until 3 August`."""
    begin, end = joined(before), joined(after)
    if not end:
        raise BadInput(Why.EMPTY_TEXT, {"field": "last day"}, field="away")
    if begin.isascii() and begin.isdecimal():
        return _joined(begin, end.split(" ")[0], end.partition(" ")[2], today)
    first = _day(begin, today) if begin else today
    return Span(first, _day(end, first))


def _joined(begin: str, end: str, month: str, today: date) -> Span:
    """Days of one month: the first of them is the nearest one to come."""
    first = read_date(f"{begin} {month}", today, ahead=True)
    return Span(first, read_date(f"{end} {month}", first, ahead=True))


def _counted(number: str, unit: str, today: date) -> Span:
    count = int(number) if number.isdecimal() else max(1, _NUMBERS.index(number))
    if count == 0:
        raise BadInput(Why.EMPTY_TEXT, {"field": "last day"}, field="away")
    if unit[:2] in {"w", "we"}:
        return Span(today, today + timedelta(days=_WEEK * count - 1))
    return Span(today, None, count)


def _day(said: str, today: date) -> date:
    """One day: a date, or the next day of that name, today included."""
    bare = " ".join(said.casefold().removeprefix("this ").split()).rstrip(".,")
    later = bare.startswith("next ")
    try:
        number = read_weekday(bare.removeprefix("next "))
    except BadInput:
        return read_date(said, today, ahead=True)
    day = today + timedelta(days=(number - today.weekday()) % _WEEK)
    return day + timedelta(days=_WEEK) if later and day == today else day
