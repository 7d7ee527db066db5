"""Days on which people work: what is told to last "three working days" skips their weekends."""

from collections.abc import Collection
from datetime import date, timedelta

WORK_WEEK = frozenset(range(5))
"""Monday (0) to Friday, where somebody has not said otherwise."""


def between(first: date, last: date, days: Collection[int] = WORK_WEEK) -> int:
    """Working days after `first`, up to and with `last`; `days` of the week are worked."""
    if last <= first:
        return 0
    weeks, more = divmod((last - first).days, 7)
    rest = (first + timedelta(days=n) for n in range(1, more + 1))
    return weeks * len(days) + sum(each.weekday() in days for each in rest)


def after(first: date, count: int, days: Collection[int] = WORK_WEEK) -> date:
    """The day on which `count` working days after `first` are over."""
    day = first
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() in (days or WORK_WEEK)
    return day


def words(count: int) -> str:
    return f"{count} working {'day' if count == 1 else 'days'}"
