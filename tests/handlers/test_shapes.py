"""What Slack sends is let in; what only looks like it is turned away before Bolt meets it."""

from typing import Any

import pytest

from handlers.shapes import is_whole

EVENT = {"type": "event_callback", "event": {"type": "app_mention", "user": "U0ANA"}}
PRESSED = {
    "type": "block_actions",
    "user": {"id": "U0ANA"},
    "actions": [{"type": "button", "action_id": "a", "block_id": "b"}],
}
FORM = {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "c"}}


@pytest.mark.parametrize("body", [EVENT, PRESSED, FORM, {"command": "/charter", "text": "list"}])
def test_what_slack_sends_is_whole(body: dict[str, Any]) -> None:
    assert is_whole(body)


@pytest.mark.parametrize(
    "body",
    [
        EVENT | {"event": 7},
        EVENT | {"event": {}},
        EVENT | {"event": {"type": "message", "item": []}},
        PRESSED | {"actions": []},
        PRESSED | {"actions": 1},
        PRESSED | {"actions": [{"type": "button", "action_id": None, "block_id": "b"}]},
        PRESSED | {"user": 1},
        PRESSED | {"message": "text"},
        FORM | {"view": {"id": "V1"}},
        FORM | {"view": None},
        {"command": ["/charter"]},
        {"type": {}},
    ],
)
def test_what_slack_never_sends_is_not(body: dict[str, Any]) -> None:
    assert not is_whole(body)
