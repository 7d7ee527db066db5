"""Buttons, selects, pickers and inputs: their limits hold wherever they stand."""

from typing import Any

import pytest

from handlers.playground.double.blocks import faults_of_message
from tests.handlers.playground.kit import (
    actions,
    button,
    confirm,
    input_block,
    mrkdwn,
    option,
    plain,
    section,
    select,
    text_input,
)

Json = dict[str, Any]
LESS = "must be less than {} characters"
GROUPED = {
    "type": "static_select",
    "option_groups": [{"label": plain(), "options": [option()]}],
    "initial_option": option(),
}

ELEMENTS: dict[str, tuple[Json, str]] = {
    "long button": (button("x" * 76), f"{LESS.format(76)} [json-pointer:{{}}/text/text]"),
    "mrkdwn button": (
        {**button(), "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:{}/text/type]",
    ),
    "long value": (button(value="v" * 2001), f"{LESS.format(2001)} [json-pointer:{{}}/value]"),
    "long url": (
        button(url="https://x.org/" + "x" * 3000),
        f"{LESS.format(3001)} [json-pointer:{{}}/url]",
    ),
    "script url": (button(url="javascript:x"), "must be a valid URL [json-pointer:{}/url]"),
    "unknown style": (
        button(style="loud"),
        "must be one of: primary, danger [json-pointer:{}/style]",
    ),
    "long action_id": (
        button(action_id="a" * 256),
        f"{LESS.format(256)} [json-pointer:{{}}/action_id]",
    ),
    "long confirm title": (
        button(confirm=confirm(title=plain("x" * 101))),
        f"{LESS.format(101)} [json-pointer:{{}}/confirm/title/text]",
    ),
    "long confirm text": (
        button(confirm=confirm(text=mrkdwn("x" * 301))),
        f"{LESS.format(301)} [json-pointer:{{}}/confirm/text/text]",
    ),
    "long confirm button": (
        button(confirm=confirm(deny=plain("x" * 31))),
        f"{LESS.format(31)} [json-pointer:{{}}/confirm/deny/text]",
    ),
    "confirm without words": (
        button(confirm={"title": plain(), "confirm": plain(), "deny": plain()}),
        "missing required field: text [json-pointer:{}/confirm]",
    ),
    "101 options": (
        select(options=[option(f"o{n}") for n in range(101)]),
        "no more than 100 items allowed [json-pointer:{}/options]",
    ),
    "no options": (select(options=[]), "no fewer than 1 items allowed [json-pointer:{}/options]"),
    "neither options nor groups": (
        {"type": "static_select"},
        "must define either options or option_groups [json-pointer:{}]",
    ),
    "both options and groups": (
        {**GROUPED, "options": [option()]},
        "must define either options or option_groups [json-pointer:{}]",
    ),
    "initial not offered": (
        select(initial_option=option("three")),
        "must exactly match one of the options [json-pointer:{}/initial_option]",
    ),
    "long option": (
        select(options=[option("x" * 76)]),
        f"{LESS.format(76)} [json-pointer:{{}}/options/0/text/text]",
    ),
    "long option value": (
        select(options=[{"text": plain(), "value": "v" * 151}]),
        f"{LESS.format(151)} [json-pointer:{{}}/options/0/value]",
    ),
    "mrkdwn option in a select": (
        select(options=[{"text": mrkdwn(), "value": "v"}]),
        "unsupported type: mrkdwn [json-pointer:{}/options/0/text/type]",
    ),
    "long placeholder": (
        select(placeholder=plain("x" * 151)),
        f"{LESS.format(151)} [json-pointer:{{}}/placeholder/text]",
    ),
    "6 in an overflow": (
        {"type": "overflow", "options": [option(f"o{n}") for n in range(6)]},
        "no more than 5 items allowed [json-pointer:{}/options]",
    ),
    "11 checkboxes": (
        {"type": "checkboxes", "options": [option(f"o{n}") for n in range(11)]},
        "no more than 10 items allowed [json-pointer:{}/options]",
    ),
    "11 radio buttons": (
        {"type": "radio_buttons", "options": [option(f"o{n}") for n in range(11)]},
        "no more than 10 items allowed [json-pointer:{}/options]",
    ),
    "ticked but not offered": (
        {"type": "checkboxes", "options": [option()], "initial_options": [option("two")]},
        "must exactly match one of the options [json-pointer:{}/initial_options]",
    ),
    "no such day": (
        {"type": "datepicker", "initial_date": "2026-02-30"},
        "must be a date like 2026-03-01 [json-pointer:{}/initial_date]",
    ),
    "a day written otherwise": (
        {"type": "datepicker", "initial_date": "20260301"},
        "must be a date like 2026-03-01 [json-pointer:{}/initial_date]",
    ),
    "unknown element": (
        {"type": "image"},
        "unsupported type: image [json-pointer:{}/type]",
    ),
    "no such time": (
        {"type": "timepicker", "initial_time": "24:00"},
        "must be a time like 09:30 [json-pointer:{}/initial_time]",
    ),
    "a time written otherwise": (
        {"type": "timepicker", "initial_time": "9:30"},
        "must be a time like 09:30 [json-pointer:{}/initial_time]",
    ),
    "a channel that is no text": (
        {"type": "channels_select", "initial_channel": 1},
        "must be a string [json-pointer:{}/initial_channel]",
    ),
    "unknown key": (button(size="big"), "no such property: size [json-pointer:{}]"),
}

INPUTS: dict[str, tuple[Json, str]] = {
    "a moment of another century": (
        {"type": "datetimepicker", "initial_date_time": 1},
        "must be between 1000000000 and 9999999999 [json-pointer:{}/initial_date_time]",
    ),
    "no link": (
        {"type": "url_text_input", "initial_value": "x.org"},
        "must be a valid URL [json-pointer:{}/initial_value]",
    ),
    "a number that is no text": (
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": 3},
        "must be a number written as a string [json-pointer:{}/initial_value]",
    ),
    "a part where whole numbers are wanted": (
        {"type": "number_input", "is_decimal_allowed": False, "initial_value": "0.5"},
        "must be a whole number [json-pointer:{}/initial_value]",
    ),
    "more than the most": (
        {
            "type": "number_input",
            "is_decimal_allowed": True,
            "max_value": "1",
            "initial_value": "1.5",
        },
        "must not be above 1 [json-pointer:{}/initial_value]",
    ),
    "least above most": (
        {"type": "number_input", "is_decimal_allowed": True, "min_value": "2", "max_value": "1"},
        "must not be above 1 [json-pointer:{}/min_value]",
    ),
    "number without a word about decimals": (
        {"type": "number_input"},
        "missing required field: is_decimal_allowed [json-pointer:{}]",
    ),
    "3001 characters at first": (
        text_input(initial_value="x" * 3001),
        f"{LESS.format(3001)} [json-pointer:{{}}/initial_value]",
    ),
    "max_length over 3000": (
        text_input(max_length=3001),
        "must be between 1 and 3000 [json-pointer:{}/max_length]",
    ),
    "min over max": (
        text_input(min_length=5, max_length=4),
        "min_length must not be above max_length [json-pointer:{}]",
    ),
    "more at first than allowed": (
        text_input(initial_value="abc", max_length=2),
        f"{LESS.format(3)} [json-pointer:{{}}/initial_value]",
    ),
    "several chosen, one not offered": (
        {**select(), "type": "multi_static_select", "initial_options": [option("three")]},
        "must exactly match one of the options [json-pointer:{}/initial_options]",
    ),
    "none selectable": (
        {"type": "multi_users_select", "max_selected_items": 0},
        "must be between 1 and 100 [json-pointer:{}/max_selected_items]",
    ),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_elements_are_looked_at_wherever_they_stand(name: str) -> None:
    element, fault = ELEMENTS[name]
    assert faults_of_message([actions(element)]) == [fault.format("/blocks/0/elements/0")]
    assert faults_of_message([section(accessory=element)]) == [fault.format("/blocks/0/accessory")]


@pytest.mark.parametrize("name", INPUTS)
def test_inputs_are_looked_at(name: str) -> None:
    element, fault = INPUTS[name]
    assert faults_of_message([input_block(element)]) == [fault.format("/blocks/0/element")]
