"""`digest`: how often a channel, or somebody by themselves, is told what changed; at what time, and
in which zone.
"""

import re
from collections.abc import Sequence
from datetime import date

from bot.cadence import MORNING, Cadence, DigestPlan
from bot.commands.digesting import (
    OpenDigest,
    OpenOwnDigest,
    PreviewDigest,
    PreviewOwnDigest,
    ShowDigest,
    ShowOwnDigest,
)
from bot.commands.orders import Order
from bot.commands.times import read_days, read_time, read_weekday, read_zone
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import EndDigest, EndOwnDigest, SetDigest, SetOwnDigest
from bot.presence import region
from bot.recurrence import EVERY_DAY, LAST, MOST, WORKDAYS

OFTEN = {**{each.value: each for each in Cadence}, "fortnightly": Cadence.BIWEEKLY}
EVERY = {"every", "each"}
_MINE = {"me", "my", "mine"}
_OFF = {"off", "stop", "end", "never", "none"}
_SHOW = {"", "show", "status"}
_FORM = {"set", "form", "edit", "change", "setup"}
_CLAUSES = {"at": "time", "in": "zone", "on": "day", "with": "heartbeat", "without": "heartbeat"}
_CLAUSES |= {"holidays": "region", "holiday": "region"}
_SPANS = {"week": Cadence.WEEKLY, "month": Cadence.MONTHLY}
_SPANS |= dict.fromkeys(("day", "weekday", "workday", "morning"), Cadence.DAILY)
_OTHER = {"other", "second", "2"}
_BESIDE = {"the", "of", "each", "every", "month", "and", "from"}
"""Words beside a day that say nothing more."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?", re.ASCII)
_WORKED = {"workday", "weekday", "working day", "work day", "business day", "week day"}
_MOST_WEEKS = 4
"""Every month has as many Mondays; only some have a fifth."""

_MONTHLY = "digest monthly last working day at 16:00"
_WANTED = {
    Cadence.DAILY: "digest daily at 9:00",
    Cadence.WEEKLY: "digest weekly Monday at 9:00",
    Cadence.BIWEEKLY: "digest biweekly Monday at 9:00",
    Cadence.MONTHLY: _MONTHLY,
}


def read_digest(rest: str, today: date) -> Order:
    some = words(rest)
    mine = bool(some) and some[0].key in _MINE
    some = some[1:] if mine else some
    verb, more = (some[0].key, some[1:]) if some else ("", ())
    if (wanted := how_often(some)) is not None:
        return SetOwnDigest(wanted) if mine else wanted
    orders: dict[str, Order] = {
        **dict.fromkeys(_SHOW, ShowOwnDigest() if mine else ShowDigest()),
        **dict.fromkeys(_OFF, EndOwnDigest() if mine else EndDigest()),
        **dict.fromkeys(_FORM, OpenOwnDigest() if mine else OpenDigest()),
        "preview": PreviewOwnDigest() if mine else PreviewDigest(),
    }
    if verb not in orders or more:
        raise _left_over(joined(more or some), Cadence.WEEKLY)
    return orders[verb]


def how_often(some: Sequence[Word]) -> SetDigest | None:
    """How often something comes, as `digest` has it, or `every Monday at 8:00`; None where the
    words do not begin so.
    """
    if some and some[0].key in EVERY:
        return _set(*_every(some[1:]))
    cadence = OFTEN.get(some[0].key) if some else None
    return _set(cadence, some[1:]) if cadence else None


def _every(some: Sequence[Word]) -> tuple[Cadence, Sequence[Word]]:
    """What `every` comes to: `day`, `week`, `other week`, `month`, or a day of the week."""
    first = some[0].key if some else ""
    if first in _OTHER:
        is_week = len(some) > 1 and some[1].key.removesuffix("s") == "week"
        return Cadence.BIWEEKLY, some[2 if is_week else 1 :]
    if cadence := _SPANS.get(first):
        return cadence, some[1:]
    if "-" in first or "," in first:
        return Cadence.DAILY, some
    if first in _ORDINALS:
        return Cadence.MONTHLY, some
    return Cadence.WEEKLY, some


def _left_over(words: str, cadence: Cadence) -> BadInput:
    facts = {"words": words, "wanted": _WANTED[cadence]}
    return BadInput(Why.WORDS_LEFT_OVER, facts, field="digest")


def _set(cadence: Cadence, some: Sequence[Word]) -> SetDigest:
    """Days, `at TIME`, `in ZONE` and `with heartbeat`, in any order; a time needs no `at`, a day no
    `on`.
    """
    said = _parted(cadence, some)
    for clause, text in said.items():
        if not text:
            field = _CLAUSES[clause]
            raise BadInput(Why.EMPTY_TEXT, {"field": field}, field)
    days, nth = _days(cadence, said["on"]) if "on" in said else (None, 0)
    return SetDigest(
        cadence,
        days,
        read_time(said["at"]) if "at" in said else None,
        read_zone(said["in"]) if "in" in said else None,
        nth,
        _heartbeat(cadence, said),
        _region(cadence, days, said),
    )


def _parted(cadence: Cadence, some: Sequence[Word]) -> dict[str, str]:
    """What is said by which clause: `on` the days, `at` the time, `in` the zone."""
    said: dict[str, str] = {}
    clause = "on"
    for word in some:
        if word.key in _CLAUSES:
            clause = word.key
            said.setdefault(clause, "")
            continue
        if clause == "on" and word.key in _BESIDE:
            continue
        if word.key == "heartbeat" and clause not in {"with", "without"}:
            clause = "with"
        elif clause == "on" and word.text[:1].isdigit() and not _is_day(cadence, word, said):
            clause = "at"
        said[clause] = f"{said.get(clause, '')} {word.text}".strip()
    return said


def _is_day(cadence: Cadence, word: Word, said: dict[str, str]) -> bool:
    """Whether a number is the day of a month: the first one that is no time."""
    return cadence is Cadence.MONTHLY and not said.get("on") and bool(_NUMBER.fullmatch(word.key))


def _heartbeat(cadence: Cadence, said: dict[str, str]) -> bool | None:
    for clause, is_on in (("with", True), ("without", False)):
        if clause in said:
            if said[clause].casefold() not in {"heartbeat", "a heartbeat"}:
                raise _left_over(f"{clause} {said[clause]}", cadence)
            return is_on
    return None


def _region(cadence: Cadence, days: frozenset[int] | None, said: dict[str, str]) -> str | None:
    """Whose public holidays count; where they make no difference, nothing is to be said of them."""
    text = said.get("holidays") or said.get("holiday")
    if text is None:
        return None
    plan = DigestPlan(cadence, days or WORKDAYS, MORNING, "UTC")
    if not plan.knows_holidays:
        raise _left_over(f"holidays {text}", cadence)
    return region(text)


def _days(cadence: Cadence, text: str) -> tuple[frozenset[int], int]:
    if cadence is Cadence.MONTHLY:
        return _of_month(text)
    told = [each for word in text.split() for each in word.split(",") if each]
    if cadence is not Cadence.DAILY:
        return frozenset({read_weekday(" ".join(told))}), 0
    days = frozenset(day for each in told for day in read_days(each))
    if len(days) == 1:
        raise _left_over(text, Cadence.WEEKLY)
    return days, 0


def _of_month(text: str) -> tuple[frozenset[int], int]:
    """`15`, `31st`, `last day`, `first Monday`, `last working day`, `last working day Sun-Thu`."""
    wrong = BadInput(Why.BAD_MONTH_DAY, {"day": text}, field="day")
    which, *rest = text.casefold().split()
    number = _NUMBER.fullmatch(which)
    nth = int(number[1]) if number else _ORDINALS.get(which, 0)
    if not (nth == LAST or 1 <= nth <= MOST):
        raise wrong
    if rest == ["day"] or (number and not rest):
        return EVERY_DAY, nth
    for length in (1, 2):
        if " ".join(rest[:length]) in _WORKED:
            some = [each for word in rest[length:] for each in word.split(",") if each]
            days = frozenset(day for each in some for day in read_days(each))
            return days or WORKDAYS, nth
    if not rest or nth > _MOST_WEEKS:
        raise wrong
    return frozenset({read_weekday(" ".join(rest))}), nth
