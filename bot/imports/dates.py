"""Days as people write them. Of 03/04 nobody knows whether it is March or April: that is asked."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.sheets import Found
from bot.text import fold

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_HAN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]")
_PLAIN = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)?(?: de)? )([a-z]+)\.?,?(?: de| del)? (\d{4})"
)
_WORDS_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar janner janvier janv enero ene",
            "feb february februar fevrier fevr febrero",
            "mar march marz maerz mrz mars marzo",
            "apr april avril avr abril abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august aout agosto ago",
            "sep sept september septembre septiembre setiembre",
            "oct october oktober okt octobre octubre",
            "nov november novembre noviembre",
            "dec december dezember dez decembre diciembre dic",
        ),
        start=1,
    )
    for word in words.split()
}


class Order(StrEnum):
    """How somebody says that days are written here."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class TwoDays:
    """A text that may be either of two days."""

    day_first: date
    month_first: date


def day_in(found: Found, order: Order | None = None) -> date | TwoDays | None:
    """The day that a cell says; None where it says none.

    A number with dots has its day first everywhere; with strokes that depends on who wrote it, and
    `order` is their word.
    """
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    if not isinstance(found, str):
        return None
    text = " ".join(fold(found).split())
    for pattern in (_ISO, _HAN):
        if known := pattern.fullmatch(text):
            return _day(int(known[1]), int(known[2]), int(known[3]))
    if known := _WORDS.fullmatch(text):
        return _day(int(known[3]), _MONTHS.get(known[2], 0), int(known[1]))
    if known := _WORDS_FIRST.fullmatch(text):
        return _day(int(known[3]), _MONTHS.get(known[1], 0), int(known[2]))
    return _numbers(text, order)


def _numbers(text: str, order: Order | None) -> date | TwoDays | None:
    known = _PLAIN.fullmatch(text)
    if known is None:
        return None
    first, second, year = int(known[1]), int(known[3]), int(known[4])
    year += 2000 if year < 100 else 0
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if known[2] == "." or order is Order.DAY_FIRST:
        return day_first
    if order is Order.MONTH_FIRST:
        return month_first
    if day_first and month_first and day_first != month_first:
        return TwoDays(day_first, month_first)
    return day_first or month_first


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
