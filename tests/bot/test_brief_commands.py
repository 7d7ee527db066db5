"""`brief`, read and said again."""

from collections.abc import Mapping
from datetime import date, time

import pytest

from bot.cadence import Cadence
from bot.commands import ShowBrief, ShowBriefPlan, as_slack_sends, parse, spoken
from bot.errors import BadInput, Why
from bot.orders import EndBrief, SetBrief, SetDigest
from bot.recurrence import LAST, WORKDAYS
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
WEEKLY = SetDigest(Cadence.WEEKLY, frozenset({0}), time(8))

ORDERS: Mapping[str, object] = {
    "brief": ShowBrief(),
    "briefing": ShowBrief(),
    "brief portfolio": ShowBrief(whole=True),
    "brief all": ShowBrief(whole=True),
    "brief Churn Radar": ShowBrief(("Churn Radar",)),
    "brief in Churn Radar": ShowBrief(("Churn Radar",)),
    "brief Churn Radar, Atlas ,“Size, and fit”": ShowBrief(
        ("Churn Radar", "Atlas", "Size, and fit")
    ),
    "brief weekly Monday at 8:00": SetBrief(WEEKLY),
    "brief me weekly Monday at 8": SetBrief(WEEKLY, own=True),
    "brief daily": SetBrief(SetDigest(Cadence.DAILY)),
    "brief me monthly last working day at 16:00 in Europe/Berlin": SetBrief(
        SetDigest(Cadence.MONTHLY, WORKDAYS, time(16), "Europe/Berlin", LAST), own=True
    ),
    "brief off": EndBrief(),
    "brief me off": EndBrief(own=True),
    "brief when": ShowBriefPlan(),
    "brief me when": ShowBriefPlan(own=True),
    "brief me": ShowBriefPlan(own=True),
    'brief "weekly report"': ShowBrief(("weekly report",)),
    'brief "me"': ShowBrief(("me",)),
    'brief "portfolio"': ShowBrief(("portfolio",)),
    'brief "everywhere", Atlas': ShowBrief(("everywhere", "Atlas")),
}


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_is_read_and_said_again(text: str) -> None:
    order = parse(text, TODAY)
    assert order == ORDERS[text]
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


@pytest.mark.parametrize("text", ["brief me Churn Radar", "brief weekly at 8:00 with heartbeat"])
def test_words_that_say_nothing_here_are_left_over(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text, TODAY)
    assert refused.value.why is Why.WORDS_LEFT_OVER
