"""`brief`, read and said again."""

from datetime import date

import pytest

from bot.commands import ShowBrief, as_slack_sends, parse, spoken

TODAY = date(2026, 11, 23)

ORDERS = {
    "brief": ShowBrief(),
    "briefing": ShowBrief(),
    "brief portfolio": ShowBrief(whole=True),
    "brief all": ShowBrief(whole=True),
    "brief Churn Radar": ShowBrief(("Churn Radar",)),
    "brief in Churn Radar": ShowBrief(("Churn Radar",)),
    "brief Churn Radar, Atlas ,“Size, and fit”": ShowBrief(
        ("Churn Radar", "Atlas", "Size, and fit")
    ),
    'brief "portfolio"': ShowBrief(("portfolio",)),
    'brief "everywhere", Atlas': ShowBrief(("everywhere", "Atlas")),
}


@pytest.mark.parametrize("text", ORDERS)
def test_an_order_is_read_and_said_again(text: str) -> None:
    order = parse(text, TODAY)
    assert order == ORDERS[text]
    assert parse(as_slack_sends(spoken(order)), TODAY) == order
