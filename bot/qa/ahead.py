"""What a time that was said comes to where something is to come: "this week", "by Friday".

`bot.qa.periods` reads the same words of what was.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.qa import periods
from bot.qa.times import Kind, Lead, Said

_DAY = timedelta(days=1)
_WEEK = 7
_SOON = 14  # days
_STEPS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """From the day `first` to the day `last`, both of them a part of it; `first` None: up to."""

    first: date | None
    last: date

    def has(self, day: date) -> bool:
        return day <= self.last and (self.first is None or self.first <= day)

    @property
    def words(self) -> str:
        if self.first is None:
            return f"by {self.last.isoformat()}"
        if self.first == self.last:
            return f"on {self.last.isoformat()}"
        return f"from {self.first.isoformat()} to {self.last.isoformat()}"


def span(said: Said, today: date, last: Said | None = None, *, past: bool = False) -> Span | None:
    """The time itself, or from it to the end of `last`; None where the calendar has no such day.

    `past`: it is asked of what was.
    """
    try:
        if last is not None:
            until = _days(last, today, past=past)[1]
            first = _before(said, until, today, past=past)
        else:
            first, until = _days(said, today, past=past)
    except (ValueError, OverflowError):
        return None
    if until <= first:
        return None
    if last is None and said.lead is Lead.BEFORE:
        return Span(None, first - _DAY)
    if last is None and said.lead is Lead.BY:
        return Span(None, until - _DAY)
    return Span(first, until - _DAY)


def _before(said: Said, until: date, today: date, *, past: bool) -> date:
    """The first day of a range: without a year, the latest such day before its end."""
    first = _days(said, today, past=past)[0]
    if first >= until and said.month and not said.year:
        years = (until.year, until.year - 1)
        found = [periods.days(replace(said, year=year), today) for year in years]
        return next((one[0] for one in found if one and one[0] < until), first)
    return first


def _days(said: Said, today: date, *, past: bool) -> tuple[date, date]:
    """The first day and the one after the last, today or later where it can be."""
    if past and (was := periods.days(said, today)) is not None:
        return was
    match said.kind:
        case Kind.TOMORROW:
            return today + _DAY, today + 2 * _DAY
        case Kind.SOON:
            return today, today + _SOON * _DAY
        case Kind.WITHIN:
            return today, _later(today, said.count, said.unit) + _DAY
        case Kind.NEXT:
            return periods.around(periods.around(today, said.unit)[1], said.unit)
        case Kind.WEEKDAY | Kind.NEXT_WEEKDAY:
            ahead = (said.weekday - today.weekday()) % _WEEK
            if said.kind is Kind.NEXT_WEEKDAY:
                ahead = ahead or _WEEK
            return today + ahead * _DAY, today + (ahead + 1) * _DAY
        case Kind.DAY | Kind.MONTH | Kind.QUARTER if not said.year:
            return _next(said, today)
    found = periods.days(said, today)
    if found is None:
        raise ValueError(said)
    return found


def _next(said: Said, today: date) -> tuple[date, date]:
    """Without a year, the first that is not over; 29 February may be years ahead."""
    for year in range(today.year, today.year + 9):
        found = periods.days(replace(said, year=year), today)
        if found is not None and found[1] > today:
            return found
    raise ValueError(said)


def _later(today: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return today + count * (_WEEK if unit == "week" else 1) * _DAY
    passed = today.year * 12 + today.month - 1 + count * _STEPS[unit]
    first = date(passed // 12, passed % 12 + 1, 1)
    after = periods.around(first, "month")[1]
    return first.replace(day=min(today.day, (after - _DAY).day))
