"""`link`: an address, perhaps with the item and the project that it belongs to."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from bot.commands.orders import Order
from bot.commands.reading import read_date, reference, without_project
from bot.commands.words import Word, cleaned, joined, words
from bot.errors import BadInput, Why
from bot.links import checked_title, checked_url
from bot.orders import AddLink

_MARKED = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>", re.IGNORECASE)
_BARE = re.compile(r"(?<!\S)https?://\S+", re.IGNORECASE)
_FIRST = re.compile(r"\S+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:/\S*)?", re.ASCII | re.IGNORECASE)
_TITLE = re.compile(r"\s*[\"“”„«]([^\"“”„«»]+)[\"“”»]")
"""What a page is to be called: in quotes, right behind its address."""
_TO = {"to", "for"}
_REVIEW = {"review", "reviewed", "revisit"}
_BEFORE_A_DAY = {"on", "by", "at", "before", "due", "it", "next"}
_NO = {"no", "without"}
_NEVER = {"none", "never", "off", "no"}
_LONGEST_DAY = 4
_ONE = {"a", "one"}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_AHEAD = re.compile(r"(\d{1,3}|a|one) (day|week|month|quarter|year)s?", re.ASCII)
_WANTED = "link URL to data pipeline in Churn Radar"


def read_link(rest: str, today: date) -> Order:
    found = address_at(rest)
    if found is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "url"}, field="url")
    url = checked_url(typed_url(found))
    after = rest[found.end() :]
    named = _TITLE.match(after)
    title = checked_title(named[1]) if named else None
    typed = words(rest[: found.start()] + " " + after[named.end() if named else 0 :])
    some, review, unreviewed = _without_review(typed, today)
    item, project = without_project(some)
    if not item:
        return AddLink(url, None, project, title, review, unreviewed)
    if item[0].key not in _TO:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(item), "wanted": _WANTED}, "item")
    named_item = reference(item[1:], "item")
    return AddLink(url, named_item, project, title, review, unreviewed)


def _without_review(some: Sequence[Word], today: date) -> tuple[Sequence[Word], date | None, bool]:
    """What is left beside `review DATE` (`reviewed by DATE`, `review in 3 months`) or `no review`.

    A stage may be called "Code review": behind `to` it takes a day, or `no`, to be another thing.
    """
    for at, word in enumerate(some):
        if word.quoted or word.key not in _REVIEW:
            continue
        if at and some[at - 1].key in _NO:
            return [*some[: at - 1], *some[at + 1 :]], None, True
        begin = at + 1
        while begin < len(some) and some[begin].key in _BEFORE_A_DAY:
            begin += 1
        if begin < len(some) and some[begin].key in _NEVER:
            return [*some[:at], *some[begin + 1 :]], None, True
        for end in range(min(len(some), begin + _LONGEST_DAY), begin, -1):
            if (day := _day(joined(some[begin:end]), today)) is not None:
                return [*_before(some[:at]), *some[end:]], day, False
        if not any(one.key in _TO for one in some[:at]):
            said = joined(some[begin : begin + _LONGEST_DAY])
            if not said:
                raise BadInput(Why.EMPTY_TEXT, {"field": "date"}, field="date")
            raise BadInput(Why.BAD_DATE, {"date": said}, field="date")
    return some, None, False


def _before(some: Sequence[Word]) -> Sequence[Word]:
    """Without the "to be" of "to be reviewed"."""
    for said in ("be", "to"):
        if some and some[-1].key == said:
            some = some[:-1]
    return some


def _day(said: str, today: date) -> date | None:
    """A day to come: a date, or "in 3 months", "3 months"."""
    if found := _AHEAD.fullmatch(said.casefold().removeprefix("in ")):
        number, unit = 1 if found[1] in _ONE else int(found[1]), found[2]
        if unit in _DAYS:
            return today + timedelta(days=_DAYS[unit] * number)
        return _months_on(today, number * _MONTHS[unit])
    try:
        return read_date(said, today, ahead=True)
    except BadInput:
        return None


def _months_on(day: date, number: int) -> date:
    """The same day of a later month, or the last one that it has."""
    years, month = divmod(day.month - 1 + number, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def address_at(rest: str) -> re.Match[str] | None:
    """Where an address stands in what somebody typed: one that Slack marked up, a bare one, or the
    first word.
    """
    return _MARKED.search(rest) or _BARE.search(rest) or _FIRST.search(rest)


def typed_url(found: re.Match[str]) -> str:
    """That address; of a host without a scheme as a browser takes it."""
    typed = cleaned(found[1] if found.re is _MARKED else found[0])
    return f"https://{typed}" if _HOST.fullmatch(typed) else typed
