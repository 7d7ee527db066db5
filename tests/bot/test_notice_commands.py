"""`quiet` and `why` as they are typed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Explain, ShowQuiet, parse, spoken
from bot.errors import BadInput
from bot.hours import ALWAYS, Hours
from bot.orders import SetQuiet
from tests.support.understood import understood

TODAY = date(2026, 11, 23)
NIGHT = (time(18), time(8))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("quiet", ShowQuiet()),
        ("quiet show", ShowQuiet()),
        ("quiet off", SetQuiet(is_off=True)),
        ("quiet 18:00-8:00", SetQuiet(None, *NIGHT)),
        ("quiet 18:00–8:00 Mon–Thu", SetQuiet(frozenset(range(4)), *NIGHT)),
        ("quiet from 6pm to 8am", SetQuiet(None, *NIGHT)),
        ("quiet 18-8 Mon, Wed, Fri", SetQuiet(frozenset({0, 2, 4}), *NIGHT)),
        ("quiet Sat-Tue", SetQuiet(frozenset({5, 6, 0, 1}))),
        ("quiet weekdays", SetQuiet(frozenset(range(5)))),
        ("quiet daily 18:00-8:00", SetQuiet(ALWAYS, *NIGHT)),
        ("why", Explain()),
        (
            "why https://acme.slack.com/archives/D0ABC/p1795428000000007",
            Explain("D0ABC", "1795428000.000007"),
        ),
        (
            "why <https://acme.slack.com/archives/C0ABC/p1795428000000007?thread_ts=1.2>",
            Explain("C0ABC", "1795428000.000007"),
        ),
    ],
)
def test_what_is_typed_is_understood(text: str, order: object) -> None:
    assert understood(text, TODAY) == order


@pytest.mark.parametrize(
    "text", ["quiet 18:00", "quiet 8 9 10", "quiet on", "quiet Mon-Nonday", "quiet 25:00-3:00"]
)
def test_what_is_not_understood_is_told_with_what_is(text: str) -> None:
    with pytest.raises(BadInput) as wrong:
        parse(text, TODAY)
    assert wrong.value.facts["wanted"] == "quiet 18:00-8:00 Mon-Thu"


def test_why_takes_a_message_and_nothing_else() -> None:
    with pytest.raises(BadInput):
        parse("why was I told", TODAY)


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_hours_are_read_back_as_they_are_typed(
    days: frozenset[int], start: time, end: time
) -> None:
    own = Hours("UTC", days, start, end)
    order = parse(f"quiet {own.typed}", TODAY)
    assert isinstance(order, SetQuiet)
    if order.is_off:
        assert (start, days) == (end, ALWAYS)
    else:
        assert (order.days, order.quiet_from, order.quiet_until) == (days, start, end)
        assert understood(spoken(order), TODAY) == order
