"""Charts: what Slack takes, the double takes; what it refuses, with the same words."""

from typing import Any

import pytest

from handlers.playground.double import Double
from handlers.playground.double.blocks import faults_of_message, faults_of_view
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.kit import chart, modal, series

Json = dict[str, Any]

CHARTS: dict[str, Json] = {
    "lines": chart(
        *[series(f"s{n}", *range(20)) for n in range(6)], categories="abcdefghijklmnopqrst"
    ),
    "bars": chart(series("x" * 20, 0.5, -3), kind="bar", title="x" * 50),
    "area": chart(kind="area", block_id="b"),
    "pie": {
        "type": "data_visualization",
        "title": "Stages",
        "chart": {"type": "pie", "segments": series("", *range(6))["data"]},
    },
}

LESS = "must be less than {} characters"
REFUSED: dict[str, tuple[Json, str]] = {
    "a chart of no kind": (
        chart(kind="radar"),
        "unsupported type: radar [json-pointer:/blocks/0/chart/type]",
    ),
    "a long title of a chart": (
        chart(title="x" * 51),
        f"{LESS.format(51)} [json-pointer:/blocks/0/title]",
    ),
    "seven series": (
        chart(*[series(f"s{n}") for n in range(7)]),
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    "series of one name": (
        chart(series(), series()),
        "series names must be unique [json-pointer:/blocks/0/chart/series]",
    ),
    "21 values": (
        chart(series("s", *range(21), labels="abcdefghijklmnopqrstu")),
        "no more than 20 items allowed [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    "a long label": (
        chart({"name": "s", "data": [{"label": "x" * 21, "value": 1}]}),
        f"{LESS.format(21)} [json-pointer:/blocks/0/chart/series/0/data/0/label]",
    ),
    "labels that are no categories": (
        chart(series("s", 1, 2, labels="xy")),
        "labels must match the categories [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    "categories of one name": (
        chart(series("s", 1, 2, labels="aa"), categories="aa"),
        "categories must be unique [json-pointer:/blocks/0/chart/axis_config/categories]",
    ),
    "a value that is none": (
        chart(series("s", 1, float("nan"))),
        "must be a number [json-pointer:/blocks/0/chart/series/0/data/1/value]",
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_taken(name: str) -> None:
    """Slack's own models do not know this block yet."""
    assert faults_of_message([CHARTS[name]]) == []


def test_a_message_has_at_most_two_charts() -> None:
    assert faults_of_message([chart(), chart()]) == []
    assert faults_of_message([chart(), chart(), chart()]) == [
        "no more than 2 charts allowed [json-pointer:/blocks]"
    ]


def test_a_chart_is_read_by_its_numbers(double: Double, client: Client) -> None:
    client.call("chat.postMessage", channel="C0X", text="x", blocks=[chart()])
    (message,) = double.person("Ana").sees("proj-x")
    assert message.said == "Stages\nDone: a 1, b 2"


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_refuses_of_a_chart_is_refused(name: str) -> None:
    block, fault = REFUSED[name]
    assert faults_of_message([block]) == [fault]


def test_charts_stand_in_messages_alone() -> None:
    assert faults_of_view(modal(chart()), "modal") == [
        "unsupported type: data_visualization [json-pointer:/view/blocks/0/type]"
    ]
