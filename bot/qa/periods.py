"""What a time that was said comes to, on the day and in the zone of the one who asks."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.qa.times import Kind, Lead, Said

_WEEK = 7
_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Period:
    """From `begin` up to `end`, which is no part of it; None where it is open.

    `words` say it in ISO dates, as it was understood: "on 2026-03-01".
    """

    begin: datetime | None
    end: datetime | None
    words: str
    is_day: bool = False


def either(said: Said) -> tuple[Said, Said] | None:
    """Both ways to read figures that can be read in two, the day first and the month first."""
    if not said.unclear:
        return None
    return replace(said, unclear=False), replace(
        said, day=said.month, month=said.day, unclear=False
    )


def days(said: Said, today: date) -> tuple[date, date] | None:
    """The first day and the one after the last; None where the calendar has no such day."""
    try:
        return _days(said, today)
    except (ValueError, OverflowError):
        return None


def _days(said: Said, today: date) -> tuple[date, date]:
    if said.kind in _NAMED:
        return _NAMED[said.kind](said, today)
    back = _days_back(said, today)
    first = today - timedelta(days=back)
    return first, first + timedelta(days=1)


def _days_back(said: Said, today: date) -> int:
    match said.kind:
        case Kind.AGO:
            return (today - _back(today, said.count, said.unit)).days
        case Kind.WEEKDAY | Kind.LAST_WEEKDAY:
            back = (today.weekday() - said.weekday) % _WEEK
            return back or (_WEEK if said.kind is Kind.LAST_WEEKDAY else 0)
        case Kind.TODAY | Kind.YESTERDAY | Kind.TWO_DAYS:
            return (Kind.TODAY, Kind.YESTERDAY, Kind.TWO_DAYS).index(said.kind)
    raise ValueError(said.kind)


def _month(said: Said, today: date) -> tuple[date, date]:
    """Without a year, the latest that has begun."""
    month = said.month or 1
    year = said.year or (today.year if month <= today.month else today.year - 1)
    return _months(date(year, month, 1), 1)


def _quarter(said: Said, today: date) -> tuple[date, date]:
    if not 1 <= (number := said.day or 0) <= _QUARTERS:
        raise ValueError(number)
    begins = 3 * number - 2
    year = said.year or (today.year if begins <= today.month else today.year - 1)
    return _months(date(year, begins, 1), 3)


def _year(said: Said, today: date) -> tuple[date, date]:
    return _months(date(said.year or today.year, 1, 1), 12)


def _one_day(said: Said, today: date) -> tuple[date, date]:
    first = _latest_day(said, today)
    return first, first + timedelta(days=1)


def _this(said: Said, today: date) -> tuple[date, date]:
    return around(today, said.unit)


def _last(said: Said, today: date) -> tuple[date, date]:
    first, _ = around(today, said.unit)
    return around(first - timedelta(days=1), said.unit)


_NAMED = {
    Kind.DAY: _one_day,
    Kind.MONTH: _month,
    Kind.QUARTER: _quarter,
    Kind.YEAR: _year,
    Kind.THIS: _this,
    Kind.LAST: _last,
}


def _latest_day(said: Said, today: date) -> date:
    """A day without a year is the latest one that has come: 29 February may be years ago."""
    assert said.month is not None
    assert said.day is not None
    if said.year:
        return date(said.year, said.month, said.day)
    for year in range(today.year, today.year - 8, -1):
        try:
            found = date(year, said.month, said.day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError(said.day)


def around(day: date, unit: str) -> tuple[date, date]:
    """The day, week (from Monday on), month, quarter or year that a day is in."""
    match unit:
        case "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=_WEEK)
        case "month":
            return _months(day.replace(day=1), 1)
        case "quarter":
            return _months(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), 3)
        case "year":
            return _months(date(day.year, 1, 1), 12)
        case _:
            return day, day + timedelta(days=1)


def _months(first: date, count: int) -> tuple[date, date]:
    passed = first.year * 12 + first.month - 1 + count
    return first, date(passed // 12, passed % 12 + 1, 1)


def _back(today: date, count: int, unit: str) -> date:
    """So long ago; of a month that is too short, its last day."""
    if unit in ("day", "week"):
        return today - timedelta(days=count * (_WEEK if unit == "week" else 1))
    passed = (
        today.year * 12 + today.month - 1 - count * {"month": 1, "quarter": 3, "year": 12}[unit]
    )
    first, after = _months(date(passed // 12, passed % 12 + 1, 1), 1)
    return first.replace(day=min(today.day, (after - timedelta(days=1)).day))


def period(said: Said, today: date, zone: ZoneInfo, last: Said | None = None) -> Period | None:
    """The time itself, or from it up to the end of `last`; None where there is no such day."""
    found = days(said, today)
    until = days(last, today) if last is not None else found
    if found is None or until is None or until[1] <= found[0]:
        return None
    first, after = found[0], until[1]
    begin, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
    match said.lead:
        case Lead.SINCE if last is None:
            return Period(begin, None, f"since {first.isoformat()}")
        case Lead.BEFORE if last is None:
            return Period(None, begin, f"before {first.isoformat()}")
    final = after - timedelta(days=1)
    if final == first:
        return Period(begin, end, f"on {first.isoformat()}", is_day=True)
    return Period(begin, end, f"from {first.isoformat()} to {final.isoformat()}")
