"""Presses, choices and modals: what is sent, and what Slack makes of the answer."""

from typing import Any

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.kit import (
    actions,
    button,
    input_block,
    modal,
    option,
    plain,
    rating,
    section,
    select,
    text_input,
)
from tests.handlers.playground.recorder import Recorder

Json = dict[str, Any]
REQUIRED = "Please complete this required field."
TROUBLE = "We had some trouble connecting. Try again?"


@pytest.fixture
def opened(app: Recorder, double: Double, client: Client, ana: Person) -> Json:
    """A modal that stands open for Ana: its view, as the app was told."""
    return open_modal(double, client)


def open_modal(double: Double, client: Client, *blocks: Json, **more: Any) -> Json:
    trigger = double.space.tickets.trigger("U0ANA")
    view = modal(*blocks, **more)
    found: Json = client.web.views_open(trigger_id=trigger, view=view)["view"]
    return found


def post(client: Client, *elements: Json) -> None:
    client.call("chat.postMessage", channel="C0X", text="x", blocks=[actions(*elements)])


def test_a_press_tells_what_and_where(app: Recorder, client: Client, ana: Person) -> None:
    post(client, button("Hand over", value="item-1"), button("Hand over", action_id="b"))
    message = ana.sees("proj-x")[-1]
    ana.presses(message, "Hand over", value="item-1")
    payload = app.last
    (action,) = payload["actions"]
    assert payload["type"] == "block_actions"
    assert (action["action_id"], action["value"]) == ("press", "item-1")
    assert action["block_id"] == message.blocks[0]["block_id"]
    assert payload["container"]["message_ts"] == message.ts
    assert payload["message"]["blocks"] == list(message.blocks)
    assert payload["channel"] == {"id": "C0X", "name": "proj-x"}
    assert payload["user"]["id"] == "U0ANA"


def test_a_rating_tells_which_side_was_pressed(app: Recorder, client: Client, ana: Person) -> None:
    client.call("chat.postMessage", channel="C0X", text="x", blocks=[rating()])
    message = ana.sees("proj-x")[-1]
    ana.chooses(message, "rate", "No")
    (action,) = app.last["actions"]
    assert (action["type"], action["action_id"]) == ("feedback_buttons", "rate")
    assert (action["value"], action["text"]["text"]) == ("no", "No")
    with pytest.raises(ValueError, match="there is no such button: Perhaps"):
        ana.chooses(message, "rate", "Perhaps")


def test_a_press_must_mean_one_button_that_is_there(
    app: Recorder, client: Client, ana: Person
) -> None:
    post(client, button("Same", action_id="a"), button("Same", action_id="b"))
    message = ana.sees("proj-x")[-1]
    with pytest.raises(LookupError, match="2 elements are called 'Same'"):
        ana.presses(message, "Same")
    with pytest.raises(LookupError, match="0 elements are called 'Other'"):
        ana.presses(message, "Other")
    client.call("chat.update", channel="C0X", ts=message.ts, text="gone")
    with pytest.raises(LookupError, match="0 elements"):
        ana.presses(message, "a")
    assert app.received == []


CHOICES: dict[str, tuple[Json, Any, str, Any]] = {
    "select": (select(), "Two", "selected_option", option("two")),
    "users": ({"type": "users_select"}, "Bea Lind", "selected_user", "U0BEA"),
    "channel": ({"type": "conversations_select"}, "proj-x", "selected_conversation", "C0X"),
    "date": ({"type": "datepicker"}, "2026-12-01", "selected_date", "2026-12-01"),
    "time": ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
    "moment": ({"type": "datetimepicker"}, "1800000000", "selected_date_time", 1_800_000_000),
    "public channel": ({"type": "channels_select"}, "proj-x", "selected_channel", "C0X"),
    "overflow": (
        {"type": "overflow", "options": [option()]},
        "one",
        "selected_option",
        option(),
    ),
    "boxes": (
        {"type": "checkboxes", "options": [option(), option("two")]},
        ["one", "two"],
        "selected_options",
        [option(), option("two")],
    ),
    "radio": (
        {"type": "radio_buttons", "options": [option()]},
        "one",
        "selected_option",
        option(),
    ),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_tells_what_was_chosen(
    app: Recorder, client: Client, ana: Person, name: str
) -> None:
    element, choice, key, chosen = CHOICES[name]
    post(client, {**element, "action_id": "choose"})
    message = ana.sees("proj-x")[-1]
    ana.chooses(message, "choose", choice)
    assert app.last["actions"][0][key] == chosen
    kept = app.last["state"]["values"]
    expected = {"type": element["type"], key: chosen}
    block_id = message.blocks[0]["block_id"]
    assert kept == ({} if name == "overflow" else {block_id: {"choose": expected}})


def test_only_what_is_offered_can_be_chosen(app: Recorder, client: Client, ana: Person) -> None:
    post(client, select(action_id="a"), {"type": "users_select", "action_id": "b"})
    message = ana.sees("proj-x")[-1]
    with pytest.raises(ValueError, match="not offered"):
        ana.chooses(message, "a", "three")
    with pytest.raises(LookupError, match="no such person"):
        ana.chooses(message, "b", "Nobody")
    assert app.received == []


@pytest.mark.parametrize(
    ("element", "wrong", "words", "right"),
    [
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
            ["x", "1.5", "0"],
            ["This must be a number.", "This must be a whole number.", "This must not be below 1."],
            "3",
        ),
        (
            {"type": "url_text_input"},
            ["x.org", "javascript:x"],
            ["This must be a link."] * 2,
            "https://x.org",
        ),
    ],
)
def test_an_input_is_looked_at_before_it_is_sent(
    app: Recorder,
    double: Double,
    client: Client,
    element: Json,
    wrong: list[str],
    words: list[str],
    right: str,
) -> None:
    ana = double.person("Ana")
    block = input_block({**element, "action_id": "value"}, block_id="it", label=plain("It"))
    open_modal(double, client, block)
    assert ana.submits() == {"it": REQUIRED}
    for typed, fault in zip(wrong, words, strict=True):
        ana.fills({"It": typed})
        assert ana.submits() == {"it": fault}
    ana.fills({"It": right})
    assert ana.submits() is None
    value = app.last["view"]["state"]["values"]["it"]["value"]
    assert value == {"type": element["type"], "value": right}


def test_a_form_keeps_what_was_picked(
    app: Recorder, double: Double, client: Client, ana: Person
) -> None:
    picked: dict[str, Json] = {
        "At": {"type": "timepicker", "initial_time": "09:30"},
        "Days": {"type": "checkboxes", "options": [option("mon"), option("tue")]},
        "Who": {"type": "multi_users_select"},
        "Where": {"type": "channels_select", "initial_channel": "C0X"},
    }
    blocks = [
        input_block({**element, "action_id": "it"}, block_id=label, label=plain(label))
        for label, element in picked.items()
    ]
    open_modal(double, client, *blocks)
    ana.fills({"Days": ["mon"], "Who": ["Ana Silva", "Bea"]})
    assert ana.submits() is None
    values = {name: found["it"] for name, found in app.last["view"]["state"]["values"].items()}
    assert values["At"] == {"type": "timepicker", "selected_time": "09:30"}
    assert values["Days"]["selected_options"] == [option("mon")]
    assert values["Who"]["selected_users"] == ["U0ANA", "U0BEA"]
    assert values["Where"]["selected_channel"] == "C0X"


def test_a_press_that_fails_is_shown(app: Recorder, double: Double, client: Client) -> None:
    ana = double.person("Ana")
    post(client, button())
    app.fails()
    assert ana.presses(ana.sees("proj-x")[-1], "press").failure == "dispatch_failed"
    assert [(n.user, n.text) for n in double.space.notices] == [
        ("U0ANA", "Charter did not respond (dispatch_failed).")
    ]


# Modals


def test_a_required_field_is_asked_for_before_anything_is_sent(
    opened: Json, app: Recorder, ana: Person
) -> None:
    assert ana.submits() == {"name": REQUIRED}
    assert ana.gets_modal().errors == {"name": REQUIRED}
    ana.fills({"Name": "   "})
    assert ana.submits() == {"name": REQUIRED}
    assert app.received == []


def test_what_was_filled_in_is_sent(opened: Json, app: Recorder, ana: Person) -> None:
    ana.fills({"Name": "Pipeline"})
    assert ana.submits() is None
    payload = app.last
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"] == {
        "name": {"value": {"type": "plain_text_input", "value": "Pipeline"}}
    }
    assert payload["view"]["id"] == opened["id"]
    assert ana.modal is None


def test_lengths_are_kept_to(app: Recorder, double: Double, client: Client, ana: Person) -> None:
    field = text_input(min_length=3, max_length=5)
    open_modal(double, client, input_block(field, block_id="name"))
    ana.fills({"name": "ab"})
    assert ana.submits() == {"name": "Must be at least 3 characters."}
    ana.fills({"name": "abcdef"})
    assert ana.submits() == {"name": "Must be at most 5 characters."}
    ana.fills({"name": "abcd"})
    assert ana.submits() is None


def test_optional_and_initial_values(
    app: Recorder, double: Double, client: Client, ana: Person
) -> None:
    open_modal(
        double,
        client,
        input_block(block_id="a", optional=True),
        input_block(select(action_id="value", initial_option=option("two")), block_id="b"),
        input_block(
            {"type": "multi_users_select", "action_id": "value"}, block_id="c", optional=True
        ),
    )
    ana.fills({"c": ["Ana Silva", "U0BEA"]})
    assert ana.submits() is None
    values = app.last["view"]["state"]["values"]
    assert values["a"]["value"]["value"] is None
    assert values["b"]["value"]["selected_option"] == option("two")
    assert values["c"]["value"]["selected_users"] == ["U0ANA", "U0BEA"]


def test_errors_are_shown_under_the_fields(opened: Json, app: Recorder, ana: Person) -> None:
    app.replies({"response_action": "errors", "errors": {"name": "Taken already."}})
    ana.fills({"Name": "Pipeline"})
    assert ana.submits() == {"name": "Taken already."}
    view = ana.gets_modal()
    assert view.errors == {"name": "Taken already."}
    assert view.values["name"]["value"]["value"] == "Pipeline"


ANSWERS: dict[str, Json] = {
    "errors for no field": {"response_action": "errors", "errors": {"other": "No."}},
    "no errors": {"response_action": "errors", "errors": {}},
    "unknown action": {"response_action": "shrug"},
    "no action": {"text": "thanks"},
    "more than asked for": {"response_action": "clear", "view": modal()},
    "a faulty view": {"response_action": "update", "view": {"type": "modal"}},
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_makes_no_sense_is_trouble(
    opened: Json, app: Recorder, double: Double, ana: Person, name: str
) -> None:
    app.replies(ANSWERS[name])
    ana.fills({"Name": "Pipeline"})
    assert ana.submits() == {"": TROUBLE}
    assert ana.gets_modal().trouble == TROUBLE
    assert double.problems != []


@pytest.mark.parametrize("status", [404, 500])
def test_a_submission_that_fails_is_trouble(
    opened: Json, app: Recorder, ana: Person, status: int
) -> None:
    app.fails(status)
    ana.fills({"Name": "Pipeline"})
    assert ana.submits() == {"": TROUBLE}
    app.answer = lambda payload: (200, "", "")
    assert ana.submits() is None


def test_a_modal_can_be_updated_by_its_answer(opened: Json, app: Recorder, ana: Person) -> None:
    app.replies({"response_action": "update", "view": modal(section("Done"), title=plain("Two"))})
    ana.fills({"Name": "Pipeline"})
    assert ana.submits() is None
    view = ana.gets_modal("Two")
    assert (view.id, "Done" in view.said) == (opened["id"], True)
    assert view.hash != opened["hash"]


def test_three_modals_stand_on_each_other_and_no_more(
    opened: Json, app: Recorder, ana: Person
) -> None:
    block = input_block(block_id="name", optional=True)
    for title in ("Two", "Three"):
        app.replies({"response_action": "push", "view": modal(block, title=plain(title))})
        ana.fills({"Name": "x"})
        assert ana.submits() is None
        assert ana.gets_modal().title == title
    app.replies({"response_action": "push", "view": modal(title=plain("Four"))})
    assert ana.submits() == {"": TROUBLE}
    assert app.last["view"]["root_view_id"] == opened["id"]
    ana.closes()
    assert ana.gets_modal().title == "Two"
    app.replies({"response_action": "clear"})
    assert ana.submits() is None
    assert ana.modal is None


def test_closing_is_told_to_those_who_asked(
    app: Recorder, double: Double, client: Client, ana: Person
) -> None:
    open_modal(double, client)
    ana.closes()
    assert app.received == []
    open_modal(double, client, notify_on_close=True, private_metadata="v7")
    ana.closes()
    assert (app.last["type"], app.last["is_cleared"]) == ("view_closed", False)
    assert app.last["view"]["private_metadata"] == "v7"
    assert ana.modal is None


def test_a_press_in_a_modal_takes_along_what_was_filled_in(
    app: Recorder, double: Double, client: Client, ana: Person
) -> None:
    view = open_modal(double, client, input_block(block_id="name"), actions(button("More")))
    ana.fills({"Name": "Pipe"})
    ana.presses(ana.gets_modal(), "More")
    assert app.last["container"] == {"type": "view", "view_id": view["id"]}
    assert app.last["view"]["state"]["values"]["name"]["value"]["value"] == "Pipe"
    assert "response_url" not in app.last


def test_an_input_may_tell_at_once(
    app: Recorder, double: Double, client: Client, ana: Person
) -> None:
    picker = select(action_id="value")
    open_modal(double, client, input_block(picker, block_id="name", dispatch_action=True))
    ana.fills({"Name": "Two"})
    assert app.last["actions"][0]["selected_option"] == option("two")


def test_unknown_labels_are_told(opened: Json, ana: Person) -> None:
    with pytest.raises(LookupError, match=r"called 'Nickname': \('Name',\)"):
        ana.fills({"Nickname": "x"})
    ana.closes()
    with pytest.raises(LookupError, match="no modal is open"):
        ana.submits()


def test_waiting_ends_with_what_was_seen_instead(double: Double, ana: Person) -> None:
    double.space.slackbot("U0ANA", "C0X", "something else")
    with pytest.raises(AssertionError, match="something else"):
        ana.hears("the answer", channel="proj-x", seconds=0.01)
    with pytest.raises(AssertionError, match="nothing came"):
        double.wait(lambda: None, seconds=0.01)


def test_who_may_write_where(double: Double, ana: Person) -> None:
    for channel, words in {"secret": "is not in", "old": "is archived"}.items():
        with pytest.raises(ValueError, match=words):
            ana.says("hello", channel=channel)
    with pytest.raises(ValueError, match="nothing to say"):
        ana.says("  ", channel="proj-x")
    with pytest.raises(LookupError, match="no such channel"):
        ana.sees("secret")
