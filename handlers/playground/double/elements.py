"""What Slack accepts as a block element: buttons, selects, pickers and inputs."""

import re
from decimal import Decimal
from typing import Any

from handlers.playground.double.check import (
    Check,
    Json,
    Report,
    Rule,
    any_text,
    boolean,
    day,
    integer,
    items,
    moment,
    one_of,
    shape,
    string,
    text,
    url,
)

_action_id = string(255)
_placeholder = text(150)

confirm = shape(
    {"title": text(100), "text": any_text(300), "confirm": text(30), "deny": text(30)},
    {"style": one_of("primary", "danger")},
)


def _option(words: Check, **more: Check) -> Check:
    return shape({"text": words, "value": string(150)}, {"description": text(75), **more})


_plain_option = _option(text(75))
_rich_option = shape(
    {"text": any_text(75), "value": string(150)},
    {"description": any_text(75)},
)
_group = shape({"label": text(75), "options": items(_plain_option, 1, 100)}, {})


def offered(element: Json) -> list[Json]:
    """Every option of an element, those of its groups included."""
    groups = [group["options"] for group in element.get("option_groups", [])]
    return [option for group in [element.get("options", []), *groups] for option in group]


def _one_source(report: Report, element: Json, at: str) -> None:
    if ("options" in element) == ("option_groups" in element):
        report.add("must define either options or option_groups", at)


def _initial_offered(report: Report, element: Json, at: str) -> None:
    chosen = element.get("initial_options", [])
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    for option in chosen:
        if option not in offered(element):
            key = "initial_option" if "initial_option" in element else "initial_options"
            report.add("must exactly match one of the options", f"{at}/{key}")


def _lengths_agree(report: Report, element: Json, at: str) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if least > most:
        report.add("min_length must not be above max_length", at)
    initial = element.get("initial_value")
    if initial and len(initial) > most:
        report.add(f"must be less than {most + 1} characters", f"{at}/initial_value")


def _number(report: Report, value: Any, at: str) -> None:
    """Slack writes numbers of inputs as text."""
    if not isinstance(value, str) or parsed_number(value) is None:
        report.add("must be a number written as a string", at)


def parsed_number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?\d{1,100}(\.\d{1,100})?", text) else None


def out_of_range(element: Json, number: Decimal) -> str:
    """What is wrong with a number in a number_input; "" when it is fine."""
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "must be a whole number"
    least, most = (parsed_number(element.get(f"{end}_value", "")) for end in ("min", "max"))
    if least is not None and number < least:
        return f"must not be below {least}"
    if most is not None and number > most:
        return f"must not be above {most}"
    return ""


def _numbers_agree(report: Report, element: Json, at: str) -> None:
    for key in ("min_value", "initial_value"):
        number = parsed_number(element.get(key, ""))
        fault = out_of_range(element, number) if number is not None else ""
        if fault:
            report.add(fault, f"{at}/{key}")


def _interactive(
    kind: str, required: dict[str, Check], optional: dict[str, Check], *rules: Rule
) -> Check:
    common = {"action_id": _action_id, "confirm": confirm, "focus_on_load": boolean}
    return shape(required, {**common, **optional}, *rules, kind=kind)


_user_ids = items(string(255), 1, 100)
_select_source: dict[str, Check] = {
    "options": items(_plain_option, 1, 100),
    "option_groups": items(_group, 1, 100),
    "placeholder": _placeholder,
}
_filter = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
_dispatch = shape(
    {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)}, {}
)

_typed: dict[str, Check] = {
    "action_id": _action_id,
    "placeholder": _placeholder,
    "focus_on_load": boolean,
    "dispatch_action_config": _dispatch,
}

BUTTON = shape(
    {"text": text(75)},
    {
        "action_id": _action_id,
        "url": url,
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": confirm,
        "accessibility_label": string(75),
    },
    kind="button",
)
_rated = shape({"text": text(75), "value": string(2000)}, {"accessibility_label": string(75)})
FEEDBACK = shape(
    {"positive_button": _rated, "negative_button": _rated},
    {"action_id": _action_id},
    kind="feedback_buttons",
)
OVERFLOW = shape(
    {"options": items(_option(text(75), url=url), 1, 5)},
    {"action_id": _action_id, "confirm": confirm},
    kind="overflow",
)
PICKED: dict[str, Check] = {
    "static_select": _interactive(
        "static_select",
        {},
        {**_select_source, "initial_option": _plain_option},
        _one_source,
        _initial_offered,
    ),
    "users_select": _interactive(
        "users_select", {}, {"initial_user": string(255), "placeholder": _placeholder}
    ),
    "conversations_select": _interactive(
        "conversations_select",
        {},
        {
            "initial_conversation": string(255),
            "default_to_current_conversation": boolean,
            "filter": _filter,
            "placeholder": _placeholder,
        },
    ),
    "channels_select": _interactive(
        "channels_select", {}, {"initial_channel": string(255), "placeholder": _placeholder}
    ),
    "datepicker": _interactive(
        "datepicker", {}, {"initial_date": day, "placeholder": _placeholder}
    ),
    "timepicker": _interactive(
        "timepicker",
        {},
        {"initial_time": moment, "placeholder": _placeholder, "timezone": string(255)},
    ),
    "checkboxes": _interactive(
        "checkboxes",
        {"options": items(_rich_option, 1, 10)},
        {"initial_options": items(_rich_option, 1, 10)},
        _initial_offered,
    ),
    "radio_buttons": _interactive(
        "radio_buttons",
        {"options": items(_rich_option, 1, 10)},
        {"initial_option": _rich_option},
        _initial_offered,
    ),
}
MOMENT: dict[str, Check] = {
    "datetimepicker": _interactive(
        "datetimepicker", {}, {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    )
}
PICKED_MANY: dict[str, Check] = {
    "multi_static_select": _interactive(
        "multi_static_select",
        {},
        {
            **_select_source,
            "initial_options": items(_plain_option, 1, 100),
            "max_selected_items": integer(1, 100),
        },
        _one_source,
        _initial_offered,
    ),
    "multi_users_select": _interactive(
        "multi_users_select",
        {},
        {
            "initial_users": _user_ids,
            "max_selected_items": integer(1, 100),
            "placeholder": _placeholder,
        },
    ),
}
TYPED: dict[str, Check] = {
    "plain_text_input": shape(
        {},
        {
            **_typed,
            "initial_value": string(3000),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_agree,
        kind="plain_text_input",
    ),
    "url_text_input": shape({}, {**_typed, "initial_value": url}, kind="url_text_input"),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**_typed, "initial_value": _number, "min_value": _number, "max_value": _number},
        _numbers_agree,
        kind="number_input",
    ),
}

IN_ACTIONS: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, **PICKED, **MOMENT}
IN_SECTION: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, **PICKED, **PICKED_MANY}
IN_CONTEXT_ACTIONS: dict[str, Check] = {"feedback_buttons": FEEDBACK}
IN_INPUT: dict[str, Check] = {**PICKED, **MOMENT, **PICKED_MANY, **TYPED}
