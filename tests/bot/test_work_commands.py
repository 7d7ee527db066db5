"""Commands about how work goes: what they order, and that an order is spoken as it is read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Order, ShowGate, ShowHealth, ShowLadder, ShowRow, parse, spoken
from bot.condition import Light
from bot.errors import BadInput, Why
from bot.orders import (
    AddCriterion,
    AddItem,
    AddRung,
    AskGate,
    Block,
    FinishProject,
    Move,
    OrderItems,
    RemoveCriterion,
    RemoveItem,
    RemoveRung,
    RenameItem,
    RenameRung,
    SetHealth,
    TickCriterion,
    Unblock,
)
from bot.project import Status
from tests.bot.test_commands import MAYBE, NAMES, TEXTS
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
DATA = "data pipeline"
CHURN = "Churn Radar"

LONG = "its owner is away for a long time"


def passed(note: str, project: str | None = None) -> Move:
    return Move("rollout", Status.DONE, note, project, override=True)


CASES: tuple[tuple[str, Order], ...] = (
    ("stage add “Label audit” after annotation", AddItem("Label audit", "annotation")),
    ("stage add label audit", AddItem("label audit")),
    ("stage add audit after ETL in Churn Radar", AddItem("audit", "ETL", project=CHURN)),
    ("stage rename ETL to data intake", RenameItem("ETL", "data intake")),
    ("stage remove label audit in Churn Radar", RemoveItem("label audit", CHURN)),
    ("stage move rollout before metrics", OrderItems("rollout", "metrics")),
    ("stage move rollout done", Move("rollout", Status.DONE)),
    ("stage add", ShowRow("add")),
    ("component add tide feed to data pipeline", AddItem("tide feed", parent=DATA)),
    ("component remove tide feed", RemoveItem("tide feed")),
    (
        "stage rollout done override: it is over",
        Move("rollout", Status.DONE, "it is over", override=True),
    ),
    (
        "stage rollout done because it is over override",
        Move("rollout", Status.DONE, "it is over", override=True),
    ),
    (
        "stage rollout done in Churn Radar: no override",
        Move("rollout", Status.DONE, "no", CHURN, override=True),
    ),
    ("block data pipeline: no export", Block(DATA, "no export")),
    ("block data pipeline in Churn Radar: no export", Block(DATA, "no export", None, CHURN)),
    ("block ETL because no export owner <@U1>", Block("ETL", "no export", "<@U1>")),
    ("block ETL: no export (owner Bea Lind)", Block("ETL", "no export", "Bea Lind")),
    (
        "block ETL: its owner is away for a long long time",
        Block("ETL", "its owner is away for a long long time"),
    ),
    ("unblock ETL", Unblock("ETL")),
    ("unblock ETL because it came", Unblock("ETL", "", "it came")),
    ("unblock ETL: no exp because it came", Unblock("ETL", "no exp", "it came")),
    ("gate framing", ShowGate("framing")),
    ("gate framing in Churn Radar", ShowGate("framing", CHURN)),
    ("gate framing add legal has agreed", AddCriterion("framing", "legal has agreed")),
    ("gate framing remove legal", RemoveCriterion("framing", "legal")),
    ("gate framing tick", TickCriterion("framing")),
    ("gate framing tick 2 because we met", TickCriterion("framing", "2", note="we met")),
    (
        "gate framing untick legal in Churn Radar",
        TickCriterion("framing", "legal", False, "", CHURN),
    ),
    ("gate framing ask because we are ready", AskGate("framing", "we are ready")),
    ("health", ShowHealth()),
    ("health in Churn Radar", ShowHealth(CHURN)),
    ("health Churn Radar", ShowHealth(CHURN)),
    ("health amber because labels are late", SetHealth(Light.AMBER, "labels are late")),
    ("health yellow", SetHealth(Light.AMBER)),
    ("health auto in Churn Radar", SetHealth(None, "", CHURN)),
    ("done", FinishProject()),
    ("done Churn Radar because it pays", FinishProject(CHURN, "it pays")),
    ("done off", FinishProject(finished=False)),
    ("ladder", ShowLadder()),
    ("ladder add Label audit after annotation", AddRung("Label audit", "annotation")),
    ("ladder rename metrics to Targets", RenameRung("metrics", "Targets")),
    ("ladder remove modelling", RemoveRung("modelling")),
)


@pytest.mark.parametrize(("typed", "order"), CASES, ids=[typed for typed, _ in CASES])
def test_what_is_typed_orders(typed: str, order: Order) -> None:
    assert understood(typed, TODAY) == order


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("block data pipeline", Why.EMPTY_TEXT),
        ("block data pipeline:", Why.EMPTY_TEXT),
        ("gate framing add", Why.EMPTY_TEXT),
        ("gate framing remove", Why.EMPTY_TEXT),
        ("component tide feed", Why.WORDS_LEFT_OVER),
        ("component add tide feed", Why.EMPTY_TEXT),
        ("ladder nonsense", Why.WORDS_LEFT_OVER),
        ("health purple because of rain", Why.BAD_HEALTH),
        ("stage rollout blocked override: x", Why.WORDS_LEFT_OVER),
    ],
)
def test_wrong_use_says_what_is_wrong(typed: str, why: Why) -> None:
    with pytest.raises(BadInput) as caught:
        parse(typed, TODAY)
    assert caught.value.why is why


NOTES = st.just("") | TEXTS
ORDERS: st.SearchStrategy[Order] = st.one_of(
    st.builds(AddItem, NAMES, MAYBE, st.none(), MAYBE),
    st.builds(AddItem, NAMES, st.none(), NAMES, MAYBE),
    st.builds(RenameItem, NAMES, NAMES, MAYBE),
    st.builds(RemoveItem, NAMES, MAYBE),
    st.builds(OrderItems, NAMES, NAMES, MAYBE),
    st.builds(AddRung, NAMES, MAYBE),
    st.builds(RenameRung, NAMES, NAMES),
    st.builds(RemoveRung, NAMES),
    st.builds(Unblock, NAMES, st.just("") | NAMES, st.just(""), MAYBE),
    st.builds(ShowGate, NAMES, MAYBE),
    st.builds(RemoveCriterion, NAMES, NAMES, MAYBE),
    st.builds(TickCriterion, NAMES, MAYBE, st.booleans(), st.just(""), MAYBE),
    st.builds(ShowHealth, MAYBE),
    st.builds(SetHealth, st.none(), st.just(""), MAYBE),
    st.builds(FinishProject, MAYBE, st.just(""), st.booleans()),
    st.builds(
        Move, NAMES, st.just(Status.DONE), st.none(), MAYBE, st.none(), override=st.booleans()
    ),
)


@given(ORDERS)
def test_an_order_is_spoken_as_it_is_read(order: Order) -> None:
    assert understood(spoken(order), TODAY) == order
