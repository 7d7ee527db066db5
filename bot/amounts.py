"""Amounts of money as people write them: "120k EUR a year", "€1.2M once", "USD 5,000 per month"."""

import re
from dataclasses import dataclass
from enum import Enum


class Period(Enum):
    """How often an amount comes; the value is how often that is in a year."""

    ONCE = 0
    YEAR = 1
    QUARTER = 4
    MONTH = 12
    WEEK = 52
    DAY = 365

    @property
    def words(self) -> str:
        return "once" if self is Period.ONCE else f"a {self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a currency (an ISO code), once or again and again."""

    number: float
    currency: str
    period: Period

    @property
    def first_year(self) -> float:
        """What it comes to within a year from its beginning."""
        return self.number * max(1, self.period.value)

    @property
    def words(self) -> str:
        return f"{money(self.number)} {self.currency} {self.period.words}"


CURRENCIES = frozenset(
    (
        *("AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK"),
        *("EGP", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW"),
        *("MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP", "PKR", "PLN", "RON", "RSD"),
        *("SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR"),
    )
)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY"}
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "pound": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
    "rupees": "INR",
    "franc": "CHF",
    "francs": "CHF",
}
_TIMES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}
_PERIODS = {
    **dict.fromkeys(("year", "years", "yr", "annum", "annually", "yearly", "pa"), Period.YEAR),
    **dict.fromkeys(("quarter", "quarterly"), Period.QUARTER),
    **dict.fromkeys(("month", "mo", "monthly"), Period.MONTH),
    **dict.fromkeys(("week", "weekly"), Period.WEEK),
    **dict.fromkeys(("day", "daily"), Period.DAY),
    **dict.fromkeys(("once", "one-off", "one-time"), Period.ONCE),
}
_FILLERS = frozenset(("a", "an", "per", "each", "every", "in", "of", "about", "around", "ca", "~"))
_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f ]*")
_WORD = re.compile(r"[€$£¥₹₩₺]|[a-z]+(?:-[a-z]+)?|~|\S", re.IGNORECASE)


def parsed(text: str) -> Amount | None:
    """The amount that a text is, from its first word to its last; None where it is anything else.

    An amount needs its currency; without a period it comes once.
    """
    plain = " ".join(text.casefold().replace("p.a.", "pa").replace("/", " ").split()).rstrip(".")
    found = _NUMBER.search(plain)
    number = _number(found[0]) if found else None
    if found is None or number is None:
        return None
    currency, period, times = "", None, 1.0
    for word in _WORD.findall(plain[: found.start()] + " " + plain[found.end() :]):
        if word in _TIMES and times == 1.0:
            times = _TIMES[word]
        elif (code := _currency(word)) and not currency:
            currency = code
        elif word in _PERIODS and period is None:
            period = _PERIODS[word]
        elif word not in _FILLERS:
            return None
    return Amount(number * times, currency, period or Period.ONCE) if currency else None


def _currency(word: str) -> str:
    code = word.upper()
    return code if code in CURRENCIES else _SIGNS.get(word) or _NAMES.get(word, "")


def _number(text: str) -> float | None:
    """A number with thousands apart or a decimal mark: `1,200.50`, `1.200,50`, `1 200`, `2.5`."""
    digits = re.sub(r"['\u00a0\u202f ]", "", text).rstrip(".,")
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        last = marks[-1]
        digits = digits.replace("," if last == "." else ".", "").replace(last, ".")
    elif marks and (len(marks) > 1 or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits)):
        if not re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
            return None
        digits = re.sub("[.,]", "", digits)
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def money(number: float) -> str:
    """ "120,000", "2.5", "0.05": without the cents that are none."""
    return f"{number:,.2f}".removesuffix(".00")


def ratio(saving: Amount | None, cost: Amount | None) -> float | None:
    """How many times a cost comes back in the first year; None where that cannot be said."""
    if saving is None or cost is None or saving.currency != cost.currency or not cost.first_year:
        return None
    return saving.first_year / cost.first_year
