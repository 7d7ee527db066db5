"""Pieces of Block Kit for the tests of the double."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Words*") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "*Words*", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def option(name: str = "one") -> Json:
    return {"text": plain(name.capitalize()), "value": name}


def button(text: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": "press", "text": plain(text), **more}


def rating(right: str = "Yes", wrong: str = "No", **more: Any) -> Json:
    sides = {
        side: {"text": plain(word), "value": word.casefold()}
        for side, word in (("positive_button", right), ("negative_button", wrong))
    }
    element = {"type": "feedback_buttons", "action_id": "rate", **sides, **more}
    return {"type": "context_actions", "elements": [element]}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option("one"), option("two")], **more}


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "value", **more}


def input_block(element: Json | None = None, **more: Any) -> Json:
    return {"type": "input", "label": plain("Name"), "element": element or text_input(), **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def rich_section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def piece(text: str = "words", **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def table(*rows: list[str], **more: Any) -> Json:
    return {"type": "table", "rows": [[cell(text) for text in row] for row in rows], **more}


def number_cell(value: float, text: str = "") -> Json:
    return {"type": "raw_number", "value": value, "text": text or str(value)}


def data_table(*rows: list[str], **more: Any) -> Json:
    return {**table(*rows, **more), "type": "data_table", "caption": more.get("caption", "Stages")}


def series(title: str = "Done", *values: float, labels: str = "abcdefghijklmnopqrst") -> Json:
    told = zip(labels, values or (1, 2), strict=False)
    return {"name": title, "data": [{"label": label, "value": value} for label, value in told]}


def chart(*of: Json, kind: str = "line", categories: str = "ab", **more: Any) -> Json:
    axes = {"categories": list(categories), "x_label": "Week", "y_label": "Stages"}
    inner = {"type": kind, "series": list(of) or [series()], "axis_config": axes}
    return {"type": "data_visualization", "title": "Stages", "chart": inner, **more}


def confirm(**more: Any) -> Json:
    words = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
    return {**words, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [input_block(block_id="name")],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section("Home")], **more}


METHODS: dict[str, dict[str, Any]] = {
    "auth.test": {},
    "chat.postMessage": {"channel": "C0X", "text": "x"},
    "chat.postEphemeral": {"channel": "C0X", "user": "U0ANA", "text": "x"},
    "conversations.history": {"channel": "C0X"},
    "conversations.info": {"channel": "C0X"},
    "conversations.open": {"users": "U0ANA"},
    "files.getUploadURLExternal": {"filename": "plan.txt", "length": 4},
    "users.info": {"user": "U0ANA"},
    "views.publish": {"user_id": "U0ANA", "view": home()},
}
"""Web API methods with arguments that are right in shape."""

SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.history": "channels:history",
    "conversations.info": "channels:read",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "users.info": "users:read",
}
"""The scope that each method takes."""
