"""What of `/charter export` is a project's name, what the form, and when it is to come where."""

from datetime import date, time

import pytest

from bot.cadence import Cadence
from bot.commands import Export, OpenExport, Order, ShowExports, parse, spoken
from bot.errors import BadInput, Why
from bot.orders import EndExport, SetBrief, SetDigest, SetExport
from bot.recurrence import LAST, WORKDAYS
from bot.sheets.forms import Form
from tests.support.understood import understood

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("export", Export()),
        ("export portfolio", Export(whole=True)),
        ("export portfolio as csv", Export(whole=True, form=Form.CSV)),
        ("export Churn Radar as Markdown", Export("Churn Radar", form=Form.MARKDOWN)),
        ("export as json", Export(form=Form.JSON)),
        ("export here", Export(here=True)),
        ("export Churn Radar here as csv", Export("Churn Radar", form=Form.CSV, here=True)),
        ("export portfolio to here", Export(whole=True, here=True)),
        ("export Daily Forecast", Export("Daily Forecast")),
        ("export Kick Off", Export("Kick Off")),
        ('export "Here"', Export("Here")),
        ('export "every"', Export("every")),
        ("export Known as Atlas", Export("Known as Atlas")),
        ('export "Sold as csv"', Export("Sold as csv")),
    ],
)
def test_x9_the_form_stands_behind_the_name(text: str, order: Export) -> None:
    assert understood(text, TODAY) == order
    assert understood(spoken(order), TODAY) == order


MONDAY_AT_8 = SetDigest(Cadence.WEEKLY, frozenset({0}), time(8))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        (
            "export portfolio every monday 08:00 to #leads",
            SetExport(MONDAY_AT_8, whole=True, to="leads"),
        ),
        (
            "export portfolio Mon 08:00 to <#C0LEADS|leads>",
            SetExport(MONDAY_AT_8, whole=True, to="C0LEADS"),
        ),
        (
            "export Churn Radar weekly Monday at 8:00 to me as csv",
            SetExport(MONDAY_AT_8, "Churn Radar", form=Form.CSV, to="me"),
        ),
        (
            "export Daily Forecast as json every Monday at 8 with heartbeat",
            SetExport(
                SetDigest(Cadence.WEEKLY, frozenset({0}), time(8), heartbeat=True),
                "Daily Forecast",
                form=Form.JSON,
            ),
        ),
        (
            "export portfolio every month last working day at 16:00 in Europe/Berlin to here",
            SetExport(
                SetDigest(Cadence.MONTHLY, WORKDAYS, time(16), "Europe/Berlin", LAST), whole=True
            ),
        ),
        (
            "export every other Friday at 9",
            SetExport(SetDigest(Cadence.BIWEEKLY, frozenset({4}), time(9))),
        ),
        ("export every day", SetExport(SetDigest(Cadence.DAILY))),
        (
            "export every Mon-Thu at 7",
            SetExport(SetDigest(Cadence.DAILY, frozenset({0, 1, 2, 3}), time(7))),
        ),
        ("export off", EndExport()),
        ("export off portfolio to #leads", EndExport(whole=True, to="leads")),
        ("export stop Churn Radar to me", EndExport("Churn Radar", to="me")),
        ("export when", ShowExports()),
        ("export set", OpenExport()),
    ],
)
def test_x9_when_and_where_it_comes_by_itself(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order
    assert understood(spoken(order), TODAY) == order


def test_digests_and_briefs_take_every_too() -> None:
    assert understood("digest every Monday at 8:00", TODAY) == MONDAY_AT_8
    assert understood("brief every Monday at 8:00", TODAY) == SetBrief(MONDAY_AT_8)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("export portfolio to #leads", Why.WORDS_LEFT_OVER),
        ("export portfolio every Funday at 8", Why.BAD_WEEKDAY),
        ("export portfolio daily whenever to #leads", Why.BAD_WEEKDAY),
        ("export portfolio every Monday at 25:00", Why.BAD_TIME),
    ],
)
def test_a_time_that_is_none_is_told(text: str, why: Why) -> None:
    with pytest.raises(BadInput) as bad:
        parse(text, TODAY)
    assert bad.value.why is why
