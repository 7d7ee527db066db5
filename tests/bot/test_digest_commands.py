"""`/charter digest`: what people type, and what Charter takes it for."""

from datetime import date, time
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cadence import Cadence, plan
from bot.commands import Order, PreviewDigest, ShowDigest, as_slack_sends, parse, spoken
from bot.errors import BadInput, Why
from bot.orders import EndDigest, SetDigest

TODAY = date(2026, 11, 23)
DAILY, WEEKLY = Cadence
KOLKATA, NEW_YORK = "Asia/Kolkata", "America/New_York"


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("digest", ShowDigest()),
        ("digest show", ShowDigest()),
        ("digest preview", PreviewDigest()),
        ("digest off", EndDigest()),
        ("digest daily", SetDigest(DAILY)),
        ("digest Daily at 9:30", SetDigest(DAILY, at=time(9, 30))),
        ("digest daily 5pm", SetDigest(DAILY, at=time(17))),
        ("digest daily at 12 am", SetDigest(DAILY, at=time(0))),
        (
            "digest daily 17.30 in Asia/Kolkata",
            SetDigest(DAILY, None, time(17, 30), KOLKATA),
        ),
        ("digest weekly", SetDigest(WEEKLY)),
        ("digest weekly Fridays", SetDigest(WEEKLY, 4)),
        ("digest weekly on mon at 9", SetDigest(WEEKLY, 0, time(9))),
        ("digest weekly 9am on Sunday", SetDigest(WEEKLY, 6, time(9))),
        ("digest weekly in berlin", SetDigest(WEEKLY, zone="Europe/Berlin")),
        (
            "digest weekly Wed 8:05 in new york",
            SetDigest(WEEKLY, 2, time(8, 5), NEW_YORK),
        ),
    ],
)
def test_understood(text: str, order: Order) -> None:
    assert parse(text, TODAY) == order


@pytest.mark.parametrize(
    ("text", "why", "field"),
    [
        ("digest hourly", Why.WORDS_LEFT_OVER, "digest"),
        ("digest off please", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily Monday", Why.WORDS_LEFT_OVER, "digest"),
        ("digest daily at", Why.EMPTY_TEXT, "time"),
        ("digest daily at noon", Why.BAD_TIME, "at"),
        ("digest daily at 25:00", Why.BAD_TIME, "at"),
        ("digest daily at 13pm", Why.BAD_TIME, "at"),
        ("digest weekly Noday", Why.BAD_WEEKDAY, "day"),
        ("digest weekly Monday in Atlantis", Why.BAD_ZONE, "zone"),
    ],
)
def test_bad_input(text: str, why: Why, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert (caught.value.why, caught.value.field) == (why, field)


TIMES = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
ZONES = st.none() | st.sampled_from(sorted(available_timezones()))
ORDERS: st.SearchStrategy[Order] = st.one_of(
    st.sampled_from([ShowDigest(), PreviewDigest(), EndDigest()]),
    st.builds(SetDigest, st.just(DAILY), st.none(), TIMES, ZONES),
    st.builds(SetDigest, st.just(WEEKLY), st.none() | st.integers(0, 6), TIMES, ZONES),
)


@given(ORDERS)
def test_an_order_said_and_read_again_is_the_same(order: Order) -> None:
    assert parse(as_slack_sends(spoken(order)), TODAY) == order


def test_a_plan_in_words() -> None:
    daily = plan(DAILY, None, None, "Europe/Berlin")
    assert daily.words == "daily from Monday to Friday at 09:00 (Europe/Berlin)"
    assert plan(WEEKLY, 4, time(17, 5), "UTC").words == "weekly on Friday at 17:05 (UTC)"
