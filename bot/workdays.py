"""Days on which people work: what is told to last "three working days" skips their weekends."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORK_WEEK = frozenset(range(5))
"""Monday (0) to Friday, where somebody has not said otherwise."""

_SHORT_RUN = 2


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


def days_in_words(days: Iterable[int]) -> str:
    """Days of the week, as people say them: "Monday to Friday", "Sunday to Thursday", "Monday,
    Wednesday".
    """
    ordered = sorted(days)
    if len(ordered) == len(WEEK):
        return "every day"
    first = next((day for day in ordered if (day - 1) % len(WEEK) not in ordered), ordered[0])
    run = [(first + n) % len(WEEK) for n in range(len(ordered))]
    if len(run) > _SHORT_RUN and set(run) == set(ordered):
        return f"{WEEK[run[0]]} to {WEEK[run[-1]]}"
    return ", ".join(WEEK[day] for day in ordered)
