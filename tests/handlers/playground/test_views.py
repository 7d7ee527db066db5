"""Modals and Homes: what Slack refuses in them is refused."""

from typing import Any

import pytest

from handlers.playground.double.blocks import faults_of_view
from tests.handlers.playground.kit import (
    home,
    input_block,
    modal,
    plain,
    section,
    table,
    text_input,
)

Json = dict[str, Any]
LESS = "must be less than {} characters"

VIEWS: dict[str, tuple[Json, str]] = {
    "long title": (
        modal(title=plain("x" * 25)),
        f"{LESS.format(25)} [json-pointer:/view/title/text]",
    ),
    "long submit": (
        modal(submit=plain("x" * 25)),
        f"{LESS.format(25)} [json-pointer:/view/submit/text]",
    ),
    "long close": (
        modal(close=plain("x" * 25)),
        f"{LESS.format(25)} [json-pointer:/view/close/text]",
    ),
    "long private_metadata": (
        modal(private_metadata="x" * 3001),
        f"{LESS.format(3001)} [json-pointer:/view/private_metadata]",
    ),
    "long callback_id": (
        modal(callback_id="x" * 256),
        f"{LESS.format(256)} [json-pointer:/view/callback_id]",
    ),
    "long external_id": (
        modal(external_id="x" * 256),
        f"{LESS.format(256)} [json-pointer:/view/external_id]",
    ),
    "no title": (
        {"type": "modal", "blocks": []},
        "missing required field: title [json-pointer:/view]",
    ),
    "input without submit": (
        {key: value for key, value in modal().items() if key != "submit"},
        "submit is required when an input block is within the blocks array [json-pointer:/view]",
    ),
    "table in a modal": (
        modal(table(["a"])),
        "unsupported type: table [json-pointer:/view/blocks/0/type]",
    ),
    "101 blocks": (
        modal(*[section()] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "two in focus": (
        modal(
            input_block(text_input(focus_on_load=True)),
            *[input_block(text_input(focus_on_load=True))],
        ),
        "only one element may have focus_on_load [json-pointer:/view/blocks]",
    ),
    "unknown key": (modal(colour="red"), "no such property: colour [json-pointer:/view]"),
}


@pytest.mark.parametrize("name", VIEWS)
def test_modals_that_slack_refuses_are_refused(name: str) -> None:
    view, fault = VIEWS[name]
    assert faults_of_view(view, "modal") == [fault]


def test_modals_and_homes_have_100_blocks() -> None:
    assert faults_of_view(modal(*[section()] * 100), "modal") == []
    assert faults_of_view(home(*[section()] * 100), "home") == []
    assert faults_of_view(home(*[section()] * 101), "home") == [
        "no more than 100 items allowed [json-pointer:/view/blocks]"
    ]


def test_a_home_has_no_title_and_is_no_modal() -> None:
    assert faults_of_view(home(title=plain()), "home") == [
        "no such property: title [json-pointer:/view]"
    ]
    assert faults_of_view(modal(), "home") == ["must be one of: home [json-pointer:/view/type]"]
