"""The fields of forms. Each input's element has the action id `value`; its block id is its name."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from bot.errors import BadInput, Why
from handlers.views.kit import LONGEST_LABEL, LONGEST_TEXT, Block, name, plain

LONGEST_OPTION_VALUE = 150
MOST_OPTIONS = 100
TICKED = "yes"
DEFAULT = "default_to_current_conversation"
_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
    "selected_users": "initial_users",
}
"""What was entered into an input, and where it stands in one that is filled already."""


def field(
    block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False
) -> Block:
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 200),
        "element": {**element, "action_id": "value"},
        "optional": optional,
    }
    return {**made, "hint": plain(hint, 300)} if hint else made


def text_input(
    initial: str = "", *, longest: int = LONGEST_TEXT, placeholder: str = "", lines: bool = False
) -> Block:
    made: Block = {"type": "plain_text_input", "multiline": lines, "max_length": longest}
    if initial.strip():
        made["initial_value"] = initial if len(initial) <= longest else initial[:longest]
    if placeholder:
        made["placeholder"] = plain(placeholder, 150)
    return made


def option(value: str, label: str, description: str = "") -> Block:
    made: Block = {"text": plain(name(label, LONGEST_LABEL), LONGEST_LABEL), "value": value}
    return {**made, "description": plain(description, LONGEST_LABEL)} if description else made


def select(options: Sequence[Block], initial: str | None = None) -> Block:
    chosen = next((one for one in options if one["value"] == initial), None)
    made: Block = {"type": "static_select", "options": list(options[:MOST_OPTIONS])}
    return {**made, "initial_option": chosen} if chosen in made["options"] else made


def several(options: Sequence[Block], initial: Sequence[Block] = ()) -> Block:
    """Any of at most a hundred, one at the least."""
    made: Block = {"type": "multi_static_select", "options": list(options[:MOST_OPTIONS])}
    return {**made, "initial_options": list(initial[:MOST_OPTIONS])} if initial else made


def radio(options: Sequence[Block], initial: str | None) -> Block:
    """One of these, `initial` at first; without it, somebody has to choose."""
    made: Block = {"type": "radio_buttons", "options": list(options)}
    chosen = next((one for one in options if one["value"] == initial), None)
    return {**made, "initial_option": chosen} if chosen else made


def tick(label: str, *, ticked: bool = False) -> Block:
    options = [option(TICKED, label)]
    made: Block = {"type": "checkboxes", "options": options}
    return {**made, "initial_options": options} if ticked else made


def checks(options: Sequence[Block], initial: Sequence[str]) -> Block:
    """Any of at most ten."""
    chosen = [one for one in options if one["value"] in initial]
    made: Block = {"type": "checkboxes", "options": list(options)}
    return {**made, "initial_options": chosen} if chosen else made


def clock(initial: time | None = None) -> Block:
    """A time of day."""
    made: Block = {"type": "timepicker"}
    return {**made, "initial_time": initial.isoformat("minutes")} if initial else made


def people(initial: Sequence[str], most: int) -> Block:
    made: Block = {
        "type": "multi_users_select",
        "placeholder": plain("Choose people", 150),
        "max_selected_items": most,
    }
    return {**made, "initial_users": list(initial[:most])} if initial else made


def user(initial: str | None = None) -> Block:
    made: Block = {"type": "users_select", "placeholder": plain("Choose a person", 150)}
    return {**made, "initial_user": initial} if initial else made


def channel(initial: str | None = None) -> Block:
    """A channel, at first the one that the person looks at; none of another organisation's."""
    made: Block = {
        "type": "conversations_select",
        "placeholder": plain("Choose a channel", 150),
        "filter": {
            "include": ["public", "private"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    return made | ({"initial_conversation": initial} if initial else {DEFAULT: True})


def day(initial: str | None = None) -> Block:
    made: Block = {"type": "datepicker"}
    return {**made, "initial_date": initial} if initial else made


def filled_again(block: Block, view: Mapping[str, Any]) -> Block:
    """An input as it was sent, so that nothing that was typed is lost where the form comes back."""
    element, state = dict(block["element"]), _state(view, str(block["block_id"]))
    for sent, initial in _INITIAL.items():
        if sent in state:
            element.pop(initial, None)
            if state[sent]:
                element[initial] = state[sent]
    return {**block, "element": element}


# What was filled in


def _state(view: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    state: Mapping[str, Any] = view["state"]["values"].get(block_id, {}).get("value", {})
    return state


def text_of(view: Mapping[str, Any], block_id: str) -> str:
    return str(_state(view, block_id).get("value") or "").strip()


def user_of(view: Mapping[str, Any], block_id: str) -> str | None:
    chosen = _state(view, block_id).get("selected_user")
    return str(chosen) if chosen else None


def channel_of(view: Mapping[str, Any], block_id: str) -> str:
    return str(_state(view, block_id).get("selected_conversation") or "")


def option_of(view: Mapping[str, Any], block_id: str) -> str | None:
    chosen = _state(view, block_id).get("selected_option")
    return str(chosen["value"]) if chosen else None


def ticked(view: Mapping[str, Any], block_id: str) -> bool:
    return bool(_state(view, block_id).get("selected_options"))


def day_of(view: Mapping[str, Any], block_id: str) -> str | None:
    chosen = _state(view, block_id).get("selected_date")
    return str(chosen) if chosen else None


def options_of(view: Mapping[str, Any], block_id: str) -> list[str]:
    return [str(one["value"]) for one in _state(view, block_id).get("selected_options") or ()]


def clock_of(view: Mapping[str, Any], block_id: str) -> time | None:
    chosen = _state(view, block_id).get("selected_time")
    return time.fromisoformat(str(chosen)) if chosen else None


def people_of(view: Mapping[str, Any], block_id: str) -> list[str]:
    return [str(one) for one in _state(view, block_id).get("selected_users") or ()]


def needed(text: str, field: str) -> str:
    """The text; `BadInput` for the field where there is none."""
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": field}, field)
    return text


def date_in(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
