"""Days on which people work."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import workdays


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 26), 3),  # Monday to Thursday
        (date(2026, 11, 20), date(2026, 11, 23), 1),  # over a weekend
        (date(2026, 11, 21), date(2026, 11, 22), 0),
        (date(2026, 11, 23), date(2026, 12, 7), 10),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
    ],
)
def test_age_in_working_days(first: date, last: date, days: int) -> None:
    assert workdays.between(first, last) == days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_working_days_are_counted_one_by_one(first: date, more: int) -> None:
    every = [first + timedelta(days=n) for n in range(1, more + 1)]
    assert workdays.between(first, first + timedelta(days=more)) == sum(
        each.isoweekday() < 6 for each in every
    )


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(1, 60),
    st.frozensets(st.integers(0, 6), min_size=1),
)
def test_the_day_after_some_working_days_is_the_first_with_that_age(
    first: date, count: int, days: frozenset[int]
) -> None:
    day = workdays.after(first, count, days)
    assert workdays.between(first, day, days) == count
    assert workdays.between(first, day - timedelta(days=1), days) == count - 1
