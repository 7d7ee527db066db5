"""Blocks: what Slack takes, the double takes; what it refuses, with the same words."""

from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from handlers.playground.double import Double
from handlers.playground.double.blocks import faults_of_message, faults_of_view
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.kit import (
    actions,
    button,
    cell,
    confirm,
    data_table,
    input_block,
    modal,
    mrkdwn,
    number_cell,
    option,
    piece,
    plain,
    rating,
    rich,
    rich_section,
    section,
    select,
    table,
    text_input,
)

Json = dict[str, Any]

LIST = {"type": "rich_text_list", "style": "bullet", "elements": [rich_section(piece())]}
CONTEXT = {"type": "context", "elements": [mrkdwn(), plain()]}
STYLED = piece(style={"bold": True, "italic": True, "strike": True, "code": True})
GROUPED = {
    "type": "static_select",
    "option_groups": [{"label": plain(), "options": [option()]}],
    "initial_option": option(),
}

ACCEPTED: dict[str, Json] = {
    "section": section("x" * 3000, block_id="b" * 255),
    "plain section": {"type": "section", "text": {**plain(), "emoji": True}},
    "fields": {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    "accessory": section(accessory=button()),
    "multi select beside text": section(
        accessory={"type": "multi_users_select", "max_selected_items": 3}
    ),
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {"type": "context", "elements": [mrkdwn()] * 10},
    "mixed context": CONTEXT,
    "divider": {"type": "divider"},
    "actions": actions(*[button(action_id=f"a{n}") for n in range(25)]),
    "button": actions(
        button("x" * 75, value="v" * 2000, url="https://x.org/a", style="danger", confirm=confirm())
    ),
    "rating": rating("x" * 75),
    "select": actions(select(initial_option=option("two"), placeholder=plain("x" * 150))),
    "grouped select": actions(GROUPED),
    "100 options": actions(select(options=[option(f"o{n}") for n in range(100)])),
    "overflow": actions({"type": "overflow", "options": [option(f"o{n}") for n in range(5)]}),
    "users_select": actions({"type": "users_select", "initial_user": "U0ANA"}),
    "conversations_select": actions(
        {
            "type": "conversations_select",
            "default_to_current_conversation": True,
            "filter": {"include": ["public"], "exclude_bot_users": True},
        }
    ),
    "datepicker": actions({"type": "datepicker", "initial_date": "2026-11-23"}),
    "timepicker": actions({"type": "timepicker", "initial_time": "09:30", "timezone": "UTC"}),
    "datetimepicker": actions({"type": "datetimepicker", "initial_date_time": 1_800_000_000}),
    "channels_select": actions({"type": "channels_select", "initial_channel": "C0X"}),
    "link input": input_block({"type": "url_text_input", "initial_value": "https://x.org"}),
    "number input": input_block(
        {
            "type": "number_input",
            "is_decimal_allowed": True,
            "min_value": "-1",
            "max_value": "1",
            "initial_value": "0.25",
        }
    ),
    "checkboxes": actions(
        {"type": "checkboxes", "options": [option()], "initial_options": [option()]}
    ),
    "radio_buttons": actions({"type": "radio_buttons", "options": [option()]}),
    "input": input_block(
        text_input(multiline=True, min_length=2, max_length=9), optional=True, hint=plain()
    ),
    "rich text": rich(
        rich_section(
            STYLED,
            {"type": "link", "url": "https://x.org", "text": "x"},
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "emoji", "name": "wave"},
            {"type": "date", "timestamp": 1_800_000_000, "format": "{ago}", "fallback": "then"},
        ),
        LIST,
        {"type": "rich_text_preformatted", "elements": [piece()], "border": 0},
        {"type": "rich_text_quote", "elements": [piece()]},
    ),
    "table": table(*[["x"] * 20] * 100),
    "table with settings": table(
        ["a", "b"], column_settings=[{"align": "right", "is_wrapped": True}, None]
    ),
    "rich cell": {"type": "table", "rows": [[cell("x"), rich(rich_section(piece()))]]},
}

DATA: dict[str, Json] = {
    "largest": data_table(*[["x"] * 20] * 101, page_size=100, row_header_column_index=19),
    "numbers": {**data_table(["Run", "F1"]), "rows": [[cell("F1")], [number_cell(0.91)]]},
    "rich cells": {**data_table(["Run"]), "rows": [[cell("Run")], [rich(rich_section(piece()))]]},
}

LESS = "must be less than {} characters"
EMPTY = "must be more than 0 characters"
_ONE_SIDED = {
    "type": "feedback_buttons",
    "positive_button": rating()["elements"][0]["positive_button"],
}
REFUSED: dict[str, tuple[Json, str]] = {
    "long text": (section("x" * 3001), f"{LESS.format(3001)} [json-pointer:/blocks/0/text/text]"),
    "empty text": (section(""), f"{EMPTY} [json-pointer:/blocks/0/text/text]"),
    "unknown block": (
        {"type": "image", "image_url": "https://x.org", "alt_text": "x"},
        "unsupported type: image [json-pointer:/blocks/0/type]",
    ),
    "rating without a side": (
        {"type": "context_actions", "elements": [_ONE_SIDED]},
        "missing required field: negative_button [json-pointer:/blocks/0/elements/0]",
    ),
    "long rating": (
        rating(wrong="x" * 76),
        f"{LESS.format(76)} [json-pointer:/blocks/0/elements/0/negative_button/text/text]",
    ),
    "rating among buttons": (
        actions(*rating()["elements"]),
        "unsupported type: feedback_buttons [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button beside a rating": (
        {**rating(), "elements": [button()]},
        "unsupported type: button [json-pointer:/blocks/0/elements/0/type]",
    ),
    "six ratings": (
        {**rating(), "elements": [rating(action_id=f"r{n}")["elements"][0] for n in range(6)]},
        "no more than 5 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no type": ({"text": plain()}, "missing required field: type [json-pointer:/blocks/0]"),
    "unknown key": (section(colour="red"), "no such property: colour [json-pointer:/blocks/0]"),
    "text missing": ({"type": "section"}, "missing required field: text [json-pointer:/blocks/0]"),
    "11 fields": (
        {"type": "section", "fields": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "long field": (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        f"{LESS.format(2001)} [json-pointer:/blocks/0/fields/0/text]",
    ),
    "long header": (
        {"type": "header", "text": plain("x" * 151)},
        f"{LESS.format(151)} [json-pointer:/blocks/0/text/text]",
    ),
    "header in mrkdwn": (
        {"type": "header", "text": mrkdwn()},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "11 in a context": (
        {"type": "context", "elements": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "empty context": (
        {"type": "context", "elements": []},
        "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "26 actions": (
        actions(*[button(action_id=f"a{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no actions": (actions(), "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    "same action twice": (
        actions(button(), button()),
        '`action_id` "press" already exists in this block '
        "[json-pointer:/blocks/0/elements/1/action_id]",
    ),
    "long block_id": (
        section(block_id="b" * 256),
        f"{LESS.format(256)} [json-pointer:/blocks/0/block_id]",
    ),
    "input element among actions": (
        actions(text_input()),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
    ),
    "multi select among actions": (
        actions({"type": "multi_users_select"}),
        "unsupported type: multi_users_select [json-pointer:/blocks/0/elements/0/type]",
    ),
    "button as input": (
        input_block(button()),
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    "long label": (
        {**input_block(), "label": plain("x" * 2001)},
        f"{LESS.format(2001)} [json-pointer:/blocks/0/label/text]",
    ),
    "text as a string": (
        {"type": "header", "text": "Words"},
        "must provide an object [json-pointer:/blocks/0/text]",
    ),
    "ragged table": (
        table(["a", "b"], ["c"]),
        "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
    ),
    "empty cell": (
        table(["a", ""]),
        f"{EMPTY} [json-pointer:/blocks/0/rows/0/1/text]",
    ),
    "101 rows": (
        table(*[["a"]] * 101),
        "no more than 100 items allowed [json-pointer:/blocks/0/rows]",
    ),
    "21 columns": (
        table(["a"] * 21),
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]",
    ),
    "too much in a table": (
        table(["x" * 3000] * 4),
        "must be less than 10001 characters in all cells [json-pointer:/blocks/0/rows]",
    ),
    "data without a caption": (
        {key: part for key, part in data_table(["a"], ["b"]).items() if key != "caption"},
        "missing required field: caption [json-pointer:/blocks/0]",
    ),
    "data without rows": (
        data_table(["a"]),
        "no fewer than 2 items allowed [json-pointer:/blocks/0/rows]",
    ),
    "102 rows of data": (
        data_table(*[["a"]] * 102),
        "no more than 101 items allowed [json-pointer:/blocks/0/rows]",
    ),
    "21 columns of data": (
        data_table(["a"], ["a"] * 21),
        "no more than 20 items allowed [json-pointer:/blocks/0/rows/1]",
    ),
    "ragged data": (
        data_table(["a", "b"], ["c"]),
        "all rows must have the same number of cells [json-pointer:/blocks/0/rows]",
    ),
    "too much data": (
        data_table(["a"], *[["x" * 3000]] * 7),
        "must be less than 20001 characters in all cells [json-pointer:/blocks/0/rows]",
    ),
    "an empty cell in data": (
        data_table(["a"], [""]),
        f"{EMPTY} [json-pointer:/blocks/0/rows/1/0/text]",
    ),
    "rich header": (
        {**data_table(["a"], ["b"]), "rows": [[rich(rich_section(piece()))], [cell("b")]]},
        "unsupported type: rich_text [json-pointer:/blocks/0/rows/0/0/type]",
    ),
    "no such header column": (
        data_table(["a"], ["b"], row_header_column_index=1),
        "must be a column of the table [json-pointer:/blocks/0/row_header_column_index]",
    ),
    "101 rows on a page": (
        data_table(["a"], ["b"], page_size=101),
        "must be between 1 and 100 [json-pointer:/blocks/0/page_size]",
    ),
    "a number that is none": (
        {**data_table(["a"]), "rows": [[cell("a")], [{**number_cell(1), "value": "1"}]]},
        "must be a number [json-pointer:/blocks/0/rows/1/0/value]",
    ),
    "numbers in a plain table": (
        {"type": "table", "rows": [[number_cell(1)]]},
        "unsupported type: raw_number [json-pointer:/blocks/0/rows/0/0/type]",
    ),
    "unknown piece of rich text": (
        rich(rich_section({"type": "broadcast", "range": "channel"})),
        "unsupported type: broadcast [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    "unknown style": (
        rich(rich_section(piece(style={"underlined": True}))),
        "no such property: underlined [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    "empty rich text": (
        rich(rich_section(piece(""))),
        f"{EMPTY} [json-pointer:/blocks/0/elements/0/elements/0/text]",
    ),
    "a date without a format": (
        rich(rich_section({"type": "date", "timestamp": 1})),
        "missing required field: format [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    "bare text in rich text": (
        rich(piece()),
        "unsupported type: text [json-pointer:/blocks/0/elements/0/type]",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_slack_takes_is_taken(name: str) -> None:
    assert faults_of_message([ACCEPTED[name]]) == []


@pytest.mark.parametrize("name", ACCEPTED)
def test_slacks_own_models_take_it_too(name: str) -> None:
    (block,) = Block.parse_all([ACCEPTED[name]])
    block.validate_json()


@pytest.mark.parametrize("name", DATA)
def test_data_tables_are_taken(name: str) -> None:
    """Slack's own models do not know this block yet."""
    assert faults_of_message([DATA[name]]) == []


def test_a_data_table_is_read_with_its_caption(double: Double, client: Client) -> None:
    blocks = [data_table(["Stage"], ["Data pipeline"], caption="Where it stands")]
    client.call("chat.postMessage", channel="C0X", text="x", blocks=blocks)
    (message,) = double.person("Ana").sees("proj-x")
    assert message.said == "Where it stands\nStage\nData pipeline"


def test_data_tables_and_ratings_stand_in_messages_alone() -> None:
    for block in (data_table(["a"], ["b"]), rating()):
        assert faults_of_view(modal(block), "modal") == [
            f"unsupported type: {block['type']} [json-pointer:/view/blocks/0/type]"
        ]


def test_a_moment_is_not_picked_beside_text() -> None:
    assert faults_of_message([section(accessory={"type": "datetimepicker"})]) == [
        "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]"
    ]


@pytest.mark.parametrize("name", REFUSED)
def test_what_slack_refuses_is_refused(name: str) -> None:
    block, fault = REFUSED[name]
    assert faults_of_message([block]) == [fault]


def test_a_message_has_at_most_50_blocks() -> None:
    assert faults_of_message([section()] * 50) == []
    assert faults_of_message([section()] * 51) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]


def test_a_message_has_at_most_one_table() -> None:
    for other in (table(["b"]), data_table(["b"], ["c"])):
        assert faults_of_message([table(["a"]), other]) == [
            "only_one_table_allowed [json-pointer:/blocks]"
        ]


def test_block_ids_are_unique() -> None:
    blocks = [section(block_id="same"), section(block_id="same")]
    assert faults_of_message(blocks) == [
        '`block_id` "same" already exists [json-pointer:/blocks/1/block_id]'
    ]


def test_every_fault_is_told_at_once() -> None:
    faults = faults_of_message([section(""), {"type": "nonsense"}, section(colour="red")])
    assert len(faults) == 3
