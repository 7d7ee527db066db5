"""`/charter standup`: set it, look at it, end it, wherever the project stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import OpenStandup, Order, ShowStandup, as_slack_sends, parse, spoken
from bot.errors import BadInput, Why
from bot.orders import EndStandup

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("standup", OpenStandup()),
        ("Standup in Churn Radar", OpenStandup("Churn Radar")),
        ("standup set up", OpenStandup()),
        ("standups show", ShowStandup()),
        ("standup status in “Churn Radar”", ShowStandup("Churn Radar")),
        ("standup OFF", EndStandup()),
        ("standup stop in Churn Radar", EndStandup("Churn Radar")),
    ],
)
def test_understood(text: str, order: Order) -> None:
    assert parse(text, TODAY) == order


@pytest.mark.parametrize("text", ["standup tomorrow", "standup show me", "standup off off"])
def test_what_is_left_over_is_said(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert caught.value.why is Why.WORDS_LEFT_OVER


NAMES = st.sampled_from(["Churn Radar", "in the wild", "show", 'a "b" c', "R&D <x>", "off in"])
ORDERS = st.one_of(
    *(st.builds(kind, st.none() | NAMES) for kind in (OpenStandup, ShowStandup, EndStandup))
)


@given(ORDERS)
def test_spoken_they_are_read_back(order: Order) -> None:
    assert parse(as_slack_sends(spoken(order)), TODAY) == order
