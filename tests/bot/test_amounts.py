"""Amounts of money as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.amounts import Amount, Period, parsed, ratio


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120k EUR a year", Amount(120_000, "EUR", Period.YEAR)),
        ("EUR 120,000 per year", Amount(120_000, "EUR", Period.YEAR)),
        ("€1.2M p.a.", Amount(1_200_000, "EUR", Period.YEAR)),
        ("about $ 5,000/month", Amount(5_000, "USD", Period.MONTH)),
        ("2.500,50 euros a week", Amount(2_500.5, "EUR", Period.WEEK)),
        ("2,500.50 GBP weekly", Amount(2_500.5, "GBP", Period.WEEK)),
        ("40k EUR once", Amount(40_000, "EUR", Period.ONCE)),
        ("40k EUR", Amount(40_000, "EUR", Period.ONCE)),
        ("30 000 CHF each quarter", Amount(30_000, "CHF", Period.QUARTER)),
        ("1'500 CHF", Amount(1_500, "CHF", Period.ONCE)),
        ("0.500 EUR", Amount(0.5, "EUR", Period.ONCE)),
        ("3 million yen annually.", Amount(3_000_000, "JPY", Period.YEAR)),
    ],
)
def test_amounts_are_read(text: str, amount: Amount) -> None:
    assert parsed(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a lot",
        "120k",
        "10 % fewer returns",
        "two people's time",
        "100 EUR or 200 EUR",
        "1.2.3 EUR",
    ],
)
def test_what_is_no_amount_stays_text(text: str) -> None:
    assert parsed(text) is None


@given(st.integers(0, 10**9), st.sampled_from(Period))
def test_the_words_of_an_amount_are_read_back(number: int, period: Period) -> None:
    amount = Amount(float(number), "EUR", period)
    assert parsed(amount.words) == amount


def test_a_ratio_is_of_the_first_year_and_of_one_currency() -> None:
    saving, cost = parsed("10k EUR a month"), parsed("40k EUR once")
    assert ratio(saving, cost) == 3.0
    assert ratio(saving, parsed("40k USD")) is None
    assert ratio(saving, parsed("0 EUR")) is None
    assert ratio(None, cost) is None
