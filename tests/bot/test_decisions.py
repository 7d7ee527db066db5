"""What becomes a decision, how it reads, and how it stops to hold."""

from dataclasses import replace
from datetime import date

import pytest

from bot import deciding
from bot.commands import ShowDecisions, parse, spoken
from bot.decisions import Decision, in_words
from bot.errors import BadInput, Refused
from bot.orders import KeepDecision, WithdrawDecision
from bot.telling import summary
from tests.bot.support import ANA, BEA, PEOPLE, item, project
from tests.support.clock import T0
from tests.support.understood import understood

OPEN = project(item())
TODAY = date(2026, 3, 15)
FOUR = Decision(9, OPEN.id, None, 4, "Use boosted trees", T0, ANA, BEA)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("decision we use trees", KeepDecision("we use trees")),
        (
            'decision use trees in "Churn Radar"',
            KeepDecision("use trees", None, "Churn Radar"),
        ),
        (
            "decision for data pipeline in Churn Radar: keep raw events: a year",
            KeepDecision("keep raw events: a year", "data pipeline", "Churn Radar"),
        ),
        ("decision in Churn Radar: we stop", KeepDecision("we stop", None, "Churn Radar")),
        ("decision in the end we stop", KeepDecision("in the end we stop")),
        ("decision D-3 withdraw", WithdrawDecision(3)),
        (
            "decision d3 withdraw in Churn Radar because it rained",
            WithdrawDecision(3, "it rained", "Churn Radar"),
        ),
        ("decision D-3 keep", WithdrawDecision(3, withdrawn=False)),
        ("decisions", ShowDecisions()),
        ("decisions in Churn Radar", ShowDecisions("Churn Radar")),
    ],
)
def test_s7_what_is_typed(typed: str, order: KeepDecision | WithdrawDecision) -> None:
    assert understood(typed, TODAY) == order
    assert understood(spoken(order), TODAY) == order


@pytest.mark.parametrize("typed", ["decision D-3", "decision D-3 frobnicate"])
def test_s7_what_is_typed_wrongly_says_what_to_type(typed: str) -> None:
    with pytest.raises(BadInput):
        parse(typed, TODAY)


def test_s7_kept_withdrawn_and_back() -> None:
    kept = deciding.keep_decision(OPEN, OPEN.items[0], 4, " Use boosted trees ")
    assert (kept.item, kept.number, kept.text) == (OPEN.items[0].id, 4, "Use boosted trees")
    assert summary(kept, PEOPLE) == "decision D-4: – → Use boosted trees"
    undone = deciding.reverse(kept, None)
    assert undone is not None
    assert summary(undone, PEOPLE) == "decision D-4: Use boosted trees → withdrawn"
    again = deciding.reverse(undone, None)
    assert again is not None
    assert summary(again, PEOPLE) == "decision D-4: withdrawn → Use boosted trees"
    gone = deciding.withdraw_decision(OPEN, FOUR, "too slow")
    assert summary(gone, PEOPLE) == "decision D-4: Use boosted trees → withdrawn (too slow)"


def test_s7_nothing_is_withdrawn_twice_nor_kept_without_words() -> None:
    with pytest.raises(Refused):
        deciding.withdraw_decision(OPEN, replace(FOUR, withdrawn_at=T0), "")
    with pytest.raises(Refused):
        deciding.renew_decision(OPEN, FOUR)
    with pytest.raises(BadInput):
        deciding.keep_decision(OPEN, None, 1, "  ")
    with pytest.raises(Refused):
        deciding.keep_decision(replace(OPEN, archived_at=T0), None, 1, "x")


def test_s7_a_long_message_is_cut_and_a_long_command_refused() -> None:
    long = "a" * 5000
    assert len(deciding.keep_decision(OPEN, None, 1, long, ts="1.2").text) == 3000
    with pytest.raises(BadInput):
        deciding.keep_decision(OPEN, None, 1, long)


@pytest.mark.parametrize(
    ("sent", "reads"),
    [
        ("ok &amp; done", "ok & done"),
        ("<@U1> and <@U9|cy> said so", "@Bea Lind and @cy said so"),
        ("<@U8>", "@somebody"),
        (
            "see <https://a.example/x|the plan>, <https://b.example>",
            "see the plan, https://b.example",
        ),
        ("<#C1|ml-fraud> <#C2|> <!here> <!subteam^S1|@mlops>", "#ml-fraud #channel @here @mlops"),
    ],
)
def test_s7_a_message_reads_without_markup(sent: str, reads: str) -> None:
    assert in_words(sent, {"U1": "Bea Lind"}) == reads
