"""`burn-up`, `compare` and `best`: read, and spoken as they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import CompareRuns, Order, ShowBest, ShowBurnUp, parse, spoken
from bot.errors import BadInput, Why
from tests.support.clock import T0
from tests.support.understood import understood

TODAY = T0.date()
CHURN = "Churn Radar"
URL = "https://mlflow.acme.example/#/experiments/3/runs/0ab12"


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("burn-up", ShowBurnUp()),
        ("burnup in Churn Radar", ShowBurnUp(CHURN)),
        ("burn-up Churn Radar", ShowBurnUp(CHURN)),
        ("best", ShowBest()),
        ("best run", ShowBest()),
        ("best run by AUC in Churn Radar", ShowBest("AUC", CHURN)),
        ("best log loss", ShowBest("log loss")),
        ("best in Churn Radar", ShowBest(None, CHURN)),
        ("compare ab12 cd34", CompareRuns(("ab12", "cd34"))),
        ("compare ab12 with cd34 in Churn Radar", CompareRuns(("ab12", "cd34"), CHURN)),
        ("compare ab12, cd34 and ef56", CompareRuns(("ab12", "cd34", "ef56"))),
        (f"compare <{URL}> “gbm wind”", CompareRuns((URL, "gbm wind"))),
        (f"compare <{URL}|run> cd34", CompareRuns((URL, "cd34"))),
    ],
)
def test_what_is_typed_is_read(typed: str, order: Order) -> None:
    assert understood(typed, TODAY) == order


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("compare", Why.EMPTY_TEXT),
        ("compare ab12", Why.EMPTY_TEXT),
        ("compare ab12 ab12", Why.EMPTY_TEXT),
        ("compare a b c d e", Why.WORDS_LEFT_OVER),
    ],
)
def test_wrong_use_says_what_is_wrong(typed: str, why: Why) -> None:
    with pytest.raises(BadInput) as caught:
        parse(typed, TODAY)
    assert caught.value.why is why


NAMES = st.sampled_from(["in", "by", "run", "and", "Churn Radar", "0ab12", "log loss", "of", "a b"])
MAYBE = st.none() | NAMES
ORDERS: st.SearchStrategy[Order] = st.one_of(
    st.builds(ShowBurnUp, MAYBE),
    st.builds(ShowBest, MAYBE, MAYBE),
    st.builds(CompareRuns, st.lists(NAMES, min_size=2, max_size=4, unique=True).map(tuple), MAYBE),
)


@given(ORDERS)
def test_an_order_is_spoken_as_it_is_read(order: Order) -> None:
    assert understood(spoken(order), TODAY) == order
