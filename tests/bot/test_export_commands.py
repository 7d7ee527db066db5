"""What of `/charter export` is a project's name, and what the form."""

from datetime import date

import pytest

from bot.commands import parse
from bot.commands.orders import Export
from bot.commands.spoken import spoken
from bot.sheets.forms import Form

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("export", Export()),
        ("export portfolio", Export(whole=True)),
        ("export portfolio as csv", Export(whole=True, form=Form.CSV)),
        ("export Churn Radar as Markdown", Export("Churn Radar", form=Form.MARKDOWN)),
        ("export as json", Export(form=Form.JSON)),
        ("export Known as Atlas", Export("Known as Atlas")),
        ('export "Sold as csv"', Export("Sold as csv")),
    ],
)
def test_x9_the_form_stands_behind_the_name(text: str, order: Export) -> None:
    assert parse(text, TODAY) == order
    assert parse(spoken(order), TODAY) == order
