"""Reading what servers send: odd fields cost themselves alone."""

import math
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import reading

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(anything)
def test_nothing_breaks_it(value: Any) -> None:
    reading.mapping(value, "a", "b")
    list(reading.objects(value))
    assert isinstance(reading.text(value), str)
    for read in (reading.moment, reading.milliseconds):
        moment = read(value)
        assert moment is None or moment.tzinfo is UTC
    assert isinstance(reading.number(value), float | None)
    assert isinstance(reading.whole(value), int | None)


@given(st.text())
def test_a_text_can_be_kept_and_shown(value: str) -> None:
    text = reading.text(value)
    text.encode()
    assert "\0" not in text
    assert len(text) <= reading.LONGEST_TEXT


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (0.5, 0.5),
        (3, 3.0),
        ("0.25", 0.25),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
        (1.7976931348623157e308, math.inf),
        (-1.7976931348623157e308, -math.inf),
        (True, None),
        ("fast", None),
        (None, None),
        (10**400, None),
    ],
)
def test_numbers(sent: object, read: float | None) -> None:
    assert reading.number(sent) == read


def test_not_a_number_is_always_the_same_object() -> None:
    assert {"loss": reading.number("NaN")} == {"loss": math.nan}
    assert {"loss": reading.number(float("nan"))} == {"loss": math.nan}


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-11-23T10:00:00Z", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("2026-11-23T10:00:00.123+02:00", datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=UTC)),
        ("2026-11-23T10:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        (None, None),
    ],
)
def test_moments(sent: object, read: datetime | None) -> None:
    assert reading.moment(sent) == read


@pytest.mark.parametrize("sent", [0, None, "soon", 10**30, []])
def test_milliseconds_that_are_none(sent: object) -> None:
    assert reading.milliseconds(sent) is None


def test_milliseconds() -> None:
    assert reading.milliseconds(1_795_780_800_000) == datetime(2026, 11, 27, 12, tzinfo=UTC)
