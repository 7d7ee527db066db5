"""`/charter standups`: whose, about what, when; wherever each of it stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Order, ShowStandup, ShowStandups, as_slack_sends, parse, spoken
from bot.errors import BadInput, CharterError
from bot.orders import EndStandup
from tests.support.understood import understood

TODAY = date(2026, 11, 28)  # a Saturday


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("standups", ShowStandups()),
        ("standups @bea 1 Mar..15 Mar", ShowStandups("@bea", first=day(3, 1), last=day(3, 15))),
        (
            "standups <@U1> 2026-03-01…2026-03-15",
            ShowStandups("<@U1>", None, None, day(3, 1), day(3, 15)),
        ),
        (
            "standups in Churn Radar last week",
            ShowStandups(project="Churn Radar", first=day(11, 16), last=day(11, 22)),
        ),
        (
            "standups last week in Churn Radar",
            ShowStandups(project="Churn Radar", first=day(11, 16), last=day(11, 22)),
        ),
        ("standups labels", ShowStandups(item="labels")),
        (
            "standups blockers this week",
            ShowStandups(blockers=True, first=day(11, 23), last=day(11, 29)),
        ),
        ("standups in Churn Radar by stage", ShowStandups(project="Churn Radar", by_stage=True)),
        ("standups by person", ShowStandups()),
        ("standups me yesterday", ShowStandups("me", first=day(11, 27), last=day(11, 27))),
        ("standups of Bea Lind about “data pipeline”", ShowStandups("Bea Lind", "data pipeline")),
        ("standups @bea labels", ShowStandups("@bea", "labels")),
        ("standups last 14 days", ShowStandups(first=day(11, 15), last=day(11, 28))),
        ("standups in the last 2 weeks", ShowStandups(first=day(11, 15), last=day(11, 28))),
        ("standups in March", ShowStandups(first=day(3, 1), last=day(3, 31))),
        ("standups in February 2024", ShowStandups(first=day(2, 1, 2024), last=day(2, 29, 2024))),
        ("standups last month", ShowStandups(first=day(10, 1), last=day(10, 31))),
        ("standups since 2 March", ShowStandups(first=day(3, 2))),
        ("standups until 2 March", ShowStandups(last=day(3, 2))),
        ("standups from 20 Dec to 5 Jan", ShowStandups(first=day(12, 20, 2025), last=day(1, 5))),
        ("standups 15 Mar – 1 Mar", ShowStandups(first=day(3, 1), last=day(3, 15))),
        ('standups in "1 March"', ShowStandups(project="1 March")),
        ("standups page 3", ShowStandups(page=3)),
        # What was typed for the setting still means it.
        ("standups show in Churn Radar", ShowStandup("Churn Radar")),
        ("standups off", EndStandup()),
    ],
)
def test_u9_understood(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order


@pytest.mark.parametrize(
    "text",
    [
        "standups 31 Feb",
        "standups 1 Mar..99 Mar",
        "standups of",
        "standups about",
        "standups @bea x about y",
    ],
)
def test_u9_what_cannot_be_meant_is_said(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text, TODAY)


@given(st.text(max_size=60))
def test_u9_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        parse(f"standups {text}", TODAY)
    except CharterError:
        return


NAMES = st.sampled_from(
    ["Churn Radar", "labels", "1 March", "last week", "blockers", "about", 'a "b" c', "by stage"]
)
DAYS = st.dates(date(2024, 1, 1), TODAY)


@given(
    st.builds(
        lambda days, **more: ShowStandups(
            first=min(days) if days else None, last=max(days) if days else None, **more
        ),
        st.lists(DAYS, max_size=2),
        person=st.none() | NAMES,
        item=st.none() | NAMES,
        project=st.none() | NAMES,
        blockers=st.booleans(),
        by_stage=st.booleans(),
        page=st.integers(1, 99),
    )
)
def test_u9_spoken_they_are_read_back(order: ShowStandups) -> None:
    assert understood(as_slack_sends(spoken(order)), TODAY) == order
