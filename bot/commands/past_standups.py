"""`standups`: what was said in them, by whom, when and about what."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.commands.looking import ShowStandups
from bot.commands.orders import Order
from bot.commands.reading import read_date, reference, without_project
from bot.commands.speaking import name_word, within
from bot.commands.standups import is_about_setting, read_standup
from bot.commands.words import Word, joined, plain, words
from bot.errors import BadInput, Why

LONGEST_SPAN = 3660
"""Days that "last 90 days" may go back."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    r"|today|yesterday)"
)
_UP_TO = r"\s*(?:\.{2,3}|\bto\b|\buntil\b|\btill\b|\bthrough\b|\band\b|\s-\s)\s*"
_SPAN = re.compile(
    rf"(?<![\w@-])(?:(?:from|between)\s+)?(?P<first>{_DAY}){_UP_TO}(?P<last>{_DAY})(?![\w-])"
    rf"|(?<![\w@-])(?:since|from)\s+(?P<since>{_DAY})(?![\w-])"
    rf"|(?<![\w@-])(?:until|before)\s+(?P<until>{_DAY})(?![\w-])"
    rf"|(?<![\w@-])(?:on\s+)?(?P<on>{_DAY})(?![\w-])"
    rf"|(?<![\w@-])in\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?(?![\w-])"
    r"|(?<![\w@-])(?P<which>this|last)\s+(?P<unit>week|month|year)(?![\w-])"
    r"|(?<![\w@-])(?:(?:in|for)\s+)?(?:the\s+)?last\s+(?P<count>\d{1,4})\s+(?P<units>day|week)s?"
    r"(?![\w-])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?<![\w@-])page\s+(\d{1,6})\s*$", re.IGNORECASE)
_ORDER = re.compile(r"(?<![\w@-])by\s+(stage|person)(?![\w-])", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_BLOCKERS = {"blockers", "blocker", "blocked"}
_ME = {"me", "mine", "my"}
_WANTED = "standups @bea last week in Churn Radar"


def read_standups(rest: str, today: date) -> Order:
    """Somebody, an item, blockers, days and a project, in any order; all of them optional."""
    if is_about_setting(rest):
        return read_standup(rest, today)
    text, page = _cut_out(_PAGE, plain(rest))
    text, span = _cut_out(_SPAN, text)
    first, last = _days(span, today) if span else (None, None)
    text, order = _cut_out(_ORDER, text)
    before, project = without_project(words(text))
    blockers = any(word.key in _BLOCKERS for word in before)
    said = [word for word in before if word.key not in _BLOCKERS]
    person, item = _about(said)
    by_stage = order is not None and order[1].casefold() == "stage"
    at = int(page[1]) if page else 1
    return ShowStandups(person, item, project, first, last, blockers, by_stage, at)


def _cut_out(wanted: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without what is looked for, and that; what stands in quotes is somebody's name."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    for found in wanted.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in quoted):
            return f"{text[: found.start()]} {text[found.end() :]}", found
    return text, None


def _days(span: re.Match[str], today: date) -> tuple[date | None, date | None]:
    """The first and the last day that are meant; None where it is open."""
    said = span.groupdict()
    if said["first"]:
        ends = [read_date(said[end], today, ahead=False) for end in ("first", "last")]
        return min(ends), max(ends)
    for name in ("since", "until", "on"):
        if said[name]:
            day = read_date(said[name], today, ahead=False)
            return day if name != "until" else None, day if name != "since" else None
    if said["month"]:
        day = read_date(f"1 {said['month']} {said['year'] or ''}".strip(), today, ahead=False)
        return _around(day, "month")
    if said["count"]:
        days = int(said["count"]) * (7 if said["units"].casefold() == "week" else 1)
        return today - timedelta(days=min(max(days, 1), LONGEST_SPAN) - 1), today
    return _named(said["which"].casefold(), said["unit"].casefold(), today)


def _named(which: str, unit: str, today: date) -> tuple[date, date]:
    """This or the last week (from Monday on), month or year."""
    first, last = _around(today, unit)
    return (first, last) if which == "this" else _around(first - timedelta(days=1), unit)


def _around(day: date, unit: str) -> tuple[date, date]:
    match unit:
        case "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            after = day.replace(day=28) + timedelta(days=4)
            return day.replace(day=1), after.replace(day=1) - timedelta(days=1)
        case _:
            return date(day.year, 1, 1), date(day.year, 12, 31)


def _about(some: Sequence[Word]) -> tuple[str | None, str | None]:
    """Whose, and about what: "@bea labels", "of Bea Lind about labels", "labels"."""
    if not some:
        return None, None
    about = next((at for at, word in enumerate(some) if word.key == "about"), None)
    who, what = (some[:about], some[about + 1 :]) if about is not None else (some, ())
    if who and who[0].key == "of":
        who = who[1:]
        if not who:
            raise BadInput(Why.WORDS_LEFT_OVER, {"words": "of", "wanted": _WANTED}, "person")
    elif about is None and who and not _is_called(who[0]):
        return None, reference(who, "item")
    elif who:
        who, more = who[:1], who[1:]
        if more and what:
            raise BadInput(
                Why.WORDS_LEFT_OVER, {"words": joined(more), "wanted": _WANTED}, "person"
            )
        what = what or more
    person = "me" if len(who) == 1 and who[0].key in _ME else None
    return (
        person or (reference(who, "person") if who else None),
        reference(what, "item") if what or about is not None else None,
    )


def _is_called(word: Word) -> bool:
    return word.text.startswith(("@", "<@", "<!subteam")) or word.key in _ME


def standups_spoken(order: ShowStandups) -> str:
    """The command without `/charter`, with ISO dates."""
    parts = ["standups"]
    if order.person:
        parts.append(f"of {name_word(order.person)}")
    if order.item:
        parts.append(f"about {name_word(order.item)}")
    if order.blockers:
        parts.append("blockers")
    if order.by_stage:
        parts.append("by stage")
    first, last = (day.isoformat() if day else "" for day in (order.first, order.last))
    if first and last:
        parts.append(f"from {first} to {last}")
    elif first or last:
        parts.append(f"since {first}" if first else f"until {last}")
    told = f"{' '.join(parts)}{within(order.project)}"
    return f"{told} page {order.page}" if order.page > 1 else told
