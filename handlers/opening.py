"""Where a form is on its way, something stands there at once.

A trigger lives for three seconds, and the database may take longer: so this comes before it is
even looked up who acts.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import BoltRequest

from bot.commands import parse
from bot.errors import CharterError
from handlers import manifest
from handlers.buttons import ON_PRESS
from handlers.buttons.press import Opens
from handlers.forms import ORDERED
from handlers.slack import Slack
from handlers.views import modals
from handlers.views.acts import Act, act_of, unpack

SHORTCUTS = frozenset({manifest.DECISION})
"""The callback ids of the menu entries that open a form."""


def open_at_once(request: BoltRequest) -> None:
    """Open what says that a form is on its way, where one is."""
    context, body = request.context, request.body
    if leads_to_form(body, context["now"]):
        slack: Slack = context["slack"]
        context["opened"] = slack.open(body["trigger_id"], modals.loading())


def leads_to_form(body: Mapping[str, Any], now: datetime) -> bool:
    match body:
        case {"command": str()}:
            return _opens(body.get("text") or "", now)
        case {"type": "message_action" | "shortcut", "callback_id": str(callback)}:
            return callback in SHORTCUTS
        case {"type": "block_actions", "actions": [{"action_id": str(action_id), **action}, *_]}:
            return _leads(action_id, str(action.get("value") or ""), now)
        case _:
            return False


def _leads(action_id: str, value: str, now: datetime) -> bool:
    try:
        act = act_of(action_id)
    except ValueError:
        return False  # somebody else's, or of a version long ago
    if act is Act.COMMAND_RUN:
        return _opens(str(unpack(value).get("c") or ""), now)
    on_press = ON_PRESS.get(act)
    return isinstance(on_press, Opens) and on_press.when(unpack(value))


def _opens(text: str, now: datetime) -> bool:
    """Whether a command opens a form. Which day it is where its author is decides nothing here."""
    try:
        return type(parse(text, now.astimezone(UTC).date())) in ORDERED
    except CharterError:
        return False  # its listener says what is wrong
