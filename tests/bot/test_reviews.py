"""Whether a project is still true: in words, and when to ask."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import parse, spoken
from bot.errors import BadInput
from bot.orders import Confirm, SetReview
from bot.reviews import WEEK, Review, is_to_ask
from tests.support.clock import T0
from tests.support.understood import understood

TODAY = date(2026, 3, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("confirm", Confirm()),
        ("confirm in Churn Radar", Confirm("Churn Radar")),
        ("review every 30 days", SetReview(30)),
        ("review every 1 day in Churn Radar", SetReview(1, "Churn Radar")),
        ("review off", SetReview(0)),
        ("review default", SetReview(None)),
    ],
)
def test_s9_what_is_typed(typed: str, order: Confirm | SetReview) -> None:
    assert understood(typed, TODAY) == order
    assert understood(spoken(order), TODAY) == order


@pytest.mark.parametrize("typed", ["review", "review every 0 days", "review sometimes"])
def test_s9_what_is_typed_wrongly_says_what_to_type(typed: str) -> None:
    with pytest.raises(BadInput):
        parse(typed, TODAY)


@pytest.mark.parametrize(
    ("age", "is_confirmed", "every", "words"),
    [
        (12, True, None, "confirmed 12 d ago"),
        (0, True, None, "confirmed today"),
        (37, True, None, "unconfirmed for 37 days"),
        (37, True, 0, "confirmed 37 d ago"),
        (37, False, 60, ""),
        (1, False, 1, "unconfirmed for 1 day"),
    ],
)
def test_s9_how_it_stands(age: int, is_confirmed: bool, every: int | None, words: str) -> None:
    assert Review(T0, is_confirmed, every).words(T0 + age * DAY, 30, "UTC") == words


@pytest.mark.parametrize(
    ("zone", "now", "words"),
    [
        ("UTC", "2026-03-05T00:01", "confirmed 1 d ago"),
        ("Asia/Tokyo", "2026-03-05T00:01", "confirmed today"),
        ("America/Los_Angeles", "2026-03-05T00:01", "confirmed today"),
        ("America/Los_Angeles", "2026-03-05T08:01", "confirmed 1 d ago"),
        ("UTC", "2026-04-03T00:01", "unconfirmed for 30 days"),
        ("Asia/Tokyo", "2026-04-03T00:01", "confirmed 29 d ago"),
        ("Asia/Tokyo", "2026-04-03T15:01", "unconfirmed for 30 days"),
    ],
)
def test_edge_37_how_long_ago_counts_the_days_of_a_zone(zone: str, now: str, words: str) -> None:
    said = Review(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), is_confirmed=True)
    moment = datetime.fromisoformat(f"{now}+00:00")
    assert said.words(moment, 30, zone) == words
    assert is_to_ask(said, None, moment, 30, zone) is words.startswith("unconfirmed")


@given(st.integers(1, 60), st.integers(0, 400))
def test_s9_nobody_is_asked_twice_in_a_week_nor_in_a_period(every: int, hours: int) -> None:
    review, now = Review(T0, True, every), T0
    asked: list[datetime] = []
    for _ in range(hours):
        now += timedelta(hours=5)
        if is_to_ask(review, asked[-1] if asked else None, now, 30, "UTC"):
            asked.append(now)
    pauses = [later - before for before, later in pairwise(asked)]
    assert all(pause >= max(WEEK, every * DAY) for pause in pauses)
    assert bool(asked) is ((now.date() - T0.date()).days >= every)
