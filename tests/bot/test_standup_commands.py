"""`/charter standup`: set it, look at it, end it, wherever the project stands."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import OpenStandup, Order, ShowStandup, as_slack_sends, parse, spoken
from bot.errors import BadInput, Why
from bot.orders import AdjustStandup, EndStandup, SetReminders
from tests.support.understood import understood

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
        ("standup reminders off", SetReminders(wanted=False)),
        ("standups reminders on", SetReminders(wanted=True)),
        (
            "standup reminders off in Churn Radar",
            AdjustStandup(reminds=False, project="Churn Radar"),
        ),
        ("standup no reminder", AdjustStandup(reminds=False)),
        ("standup without reminders 9:30", AdjustStandup(at=time(9, 30), reminds=False)),
        ("standup remind by stage", AdjustStandup(reminds=True, by_stage=True)),
        ("standup stop in Churn Radar", EndStandup("Churn Radar")),
        (
            "standup at 9:30 Mon-Thu report 11:00 by stage",
            AdjustStandup(frozenset(range(4)), time(9, 30), report_at=time(11), by_stage=True),
        ),
        ("standup 9:30–12:00", AdjustStandup(at=time(9, 30), closes_at=time(12))),
        (
            "standup from 10pm until 2am on Mon, Wed and Fri in Churn Radar",
            AdjustStandup(frozenset({0, 2, 4}), time(22), time(2), project="Churn Radar"),
        ),
        ("standup set until never", AdjustStandup(never_closes=True)),
        ("standup with @ml-team", AdjustStandup(group="@ml-team")),
        (
            "standup with <!subteam^S1|@ml-team> 9:30",
            AdjustStandup(at=time(9, 30), group="<!subteam^S1|@ml-team>"),
        ),
        ("standup with none", AdjustStandup(group="")),
        ("standup by person to #ml-fraud", AdjustStandup(by_stage=False, channel="#ml-fraud")),
    ],
)
def test_understood(text: str, order: Order) -> None:
    assert understood(text, TODAY) == order


@pytest.mark.parametrize("text", ["standup at 25", "standup report late", "standup 9:30-99"])
def test_times_that_are_none_are_said(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert caught.value.why is Why.BAD_TIME


@pytest.mark.parametrize(
    "text",
    [
        "standup tomorrow",
        "standup show me",
        "standup off off",
        "standup by",
        "standup by height",
        "standup with",
    ],
)
def test_what_is_left_over_is_said(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, TODAY)
    assert caught.value.why is Why.WORDS_LEFT_OVER


NAMES = st.sampled_from(["Churn Radar", "in the wild", "show", 'a "b" c', "R&D <x>", "off in"])
TIMES = st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0))
ADJUSTED = st.builds(
    lambda never, closes, **more: AdjustStandup(
        closes_at=None if never else closes, never_closes=never, **more
    ),
    st.booleans(),
    TIMES,
    days=st.none() | st.frozensets(st.integers(0, 6), min_size=1),
    at=TIMES,
    report_at=TIMES,
    by_stage=st.none() | st.booleans(),
    channel=st.none() | st.sampled_from(["#ml-fraud", "C0FRAUD"]),
    group=st.sampled_from([None, "", "@ml-team", "<!subteam^S1|@ml-team>"]),
    project=st.none() | NAMES,
).filter(lambda order: replace(order, project=None) != AdjustStandup())
ORDERS = st.one_of(
    *(st.builds(kind, st.none() | NAMES) for kind in (OpenStandup, ShowStandup, EndStandup)),
    ADJUSTED,
)


@given(ORDERS)
def test_spoken_they_are_read_back(order: Order) -> None:
    assert understood(as_slack_sends(spoken(order)), TODAY) == order


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("standup @ml-team", OpenStandup("@ml-team")),
        ("standup <!subteam^S1|@ml-team> show", ShowStandup("<!subteam^S1|@ml-team>")),
        ("standup @ml-team off", EndStandup("@ml-team")),
        ("standup show in @ml-team", ShowStandup("@ml-team")),
        (
            "standup @ml-team 9:30 Mon-Fri",
            AdjustStandup(days=frozenset(range(5)), at=time(9, 30), project="@ml-team"),
        ),
        ("standup @S1/C1 no reminder", AdjustStandup(reminds=False, project="@S1/C1")),
    ],
)
def test_u1_a_user_group_stands_in_the_place_of_a_project(said: str, wanted: Order) -> None:
    assert understood(said, TODAY) == wanted
    assert understood(spoken(wanted), TODAY) == wanted


def test_u1_a_user_group_and_a_project_are_too_many() -> None:
    with pytest.raises(BadInput) as caught:
        parse("standup @ml-team 9:30 in Atlas", TODAY)
    assert caught.value.facts["words"] == "in Atlas"
