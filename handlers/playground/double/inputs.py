"""What a person can put into an element, and how Slack writes it down for the app."""

from collections.abc import Callable, Sequence
from datetime import date, time

from handlers.playground.double.check import Json, Report, url
from handlers.playground.double.elements import offered, out_of_range, parsed_number

Finder = Callable[[str, str], str]
"""Turns a kind (`user` or `channel`) and a name or id into the id. Raises LookupError."""

REQUIRED = "Please complete this required field."
Raw = str | Sequence[str] | None

_KEYS = {
    "plain_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
_MANY = ("selected_options", "selected_users")


def value_key(element: Json) -> str:
    """The field in which Slack reports the value, or "" for a button."""
    return _KEYS.get(element["type"], "")


def initial_value(element: Json) -> Json | None:
    """State of an element before anybody touched it; None when it keeps none."""
    key = value_key(element)
    if not key or element["type"] == "overflow":
        return None
    empty: list[object] | None = [] if key in _MANY else None
    return {"type": element["type"], key: element.get(_INITIAL[key], empty)}


def entered(element: Json, raw: Raw, find: Finder) -> Json:
    """State of an element after `raw` was entered: text, an ISO date, a time as HH:MM, a moment
    in seconds since 1970, or what is to be chosen (an option by its value or text, a person or
    channel by id or name; a list where several).

    Raises ValueError for what the element does not offer or allow.
    """
    key = value_key(element)
    if not key:
        raise ValueError(f"nothing can be entered into a {element['type']}")
    if key in _MANY:
        several = [raw] if isinstance(raw, str) else list(raw or [])
        most = element.get("max_selected_items", 100)
        if len(several) > most:
            raise ValueError(f"at most {most} can be chosen")
        return {"type": element["type"], key: [_chosen(element, one, find) for one in several]}
    if raw is not None and not isinstance(raw, str):
        raise ValueError("only one can be chosen")
    return {"type": element["type"], key: _chosen(element, raw, find) if raw else None}


def rated(element: Json, raw: Raw) -> Json:
    """What Slack tells of feedback buttons: the text and the value of the one that was pressed
    (`raw`, by either).
    """
    for side in ("positive_button", "negative_button"):
        pressed: Json = element[side]
        if raw in (pressed["value"], pressed["text"]["text"]):
            return {"text": pressed["text"], "value": pressed["value"]}
    raise ValueError(f"there is no such button: {raw}")


def _chosen(element: Json, raw: str, find: Finder) -> object:
    match element["type"]:
        case "plain_text_input" | "url_text_input" | "number_input":
            return raw
        case "datepicker":
            return date.fromisoformat(raw).isoformat()
        case "timepicker":
            return time.fromisoformat(raw).strftime("%H:%M")
        case "datetimepicker":
            return int(raw)
        case "users_select" | "multi_users_select":
            return find("user", raw)
        case "conversations_select" | "channels_select":
            return find("channel", raw)
    for option in offered(element):
        if raw in (option["value"], option["text"]["text"]):
            return option
    texts = ", ".join(option["text"]["text"] for option in offered(element))
    raise ValueError(f"“{raw}” is not offered; offered are: {texts}")


def shortcoming(block: Json, state: Json | None) -> str:
    """What Slack's own client says about an input before it sends a modal; "" when it is fine."""
    element = block["element"]
    value = (state or {}).get(value_key(element))
    if not value:
        return "" if block.get("optional") else REQUIRED
    if element["type"] in ("url_text_input", "number_input"):
        return _misfit(element, value)
    if element["type"] == "plain_text_input":
        if not value.strip() and not block.get("optional"):
            return REQUIRED
        if len(value) < element.get("min_length", 0):
            return f"Must be at least {element['min_length']} characters."
        most = element.get("max_length", 3000)
        if len(value) > most:
            return f"Must be at most {most} characters."
    return ""


def _misfit(element: Json, value: str) -> str:
    if element["type"] == "number_input":
        number = parsed_number(value)
        fault = "must be a number" if number is None else out_of_range(element, number)
        return f"This {fault}." if fault else ""
    report = Report()
    url(report, value, "")
    return "This must be a link." if report.errors else ""
