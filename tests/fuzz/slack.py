"""Slack's door: signed requests of every kind, broken inside, through the whole of Charter.

Slack sends none of these: they are to be survived. What people can bring about is in `words.py`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from handlers.manifest import DECISION, EVENTS, IMPORT, QUESTION
from handlers.views.acts import Act, Form
from tests.fuzz.doors import Door
from tests.fuzz.listening import STUCK, listening
from tests.fuzz.mutating import bytes_changed, json_changed
from tests.handlers.talk import installed

ANA, CHANNEL, DM = "U0ANA", "C0FRAUD", "D0ANA"
TEAM = "T0CHARTER"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def seeds() -> list[dict[str, Any]]:
    """A payload of each kind: every event, every button, every form, the command, the menus."""
    user = {"id": ANA, "team_id": TEAM, "username": "ana"}
    common = {"team": {"id": TEAM}, "user": user, "trigger_id": "1.2.a", "response_url": ""}
    message = {"type": "message", "user": ANA, "text": "We keep the old model", "ts": "1764.1"}
    event = {
        "user": ANA, "channel": CHANNEL, "text": "<@U0BOT> who owns the data pipeline?",
        "ts": "1764.2", "event_ts": "1764.2", "team": TEAM, "item_user": ANA, "reaction": "memo",
        "item": {"type": "message", "channel": CHANNEL, "ts": "1764.1"}, "tab": "home",
        "links": [{"domain": "github.com", "url": "https://github.com/acme/churn/pull/7"}],
        "tokens": {"oauth": ["U1"]}, "name": "new-name",
    }  # fmt: skip
    found: list[dict[str, Any]] = [
        {"command": "/charter", "text": "raci data pipeline A @bea", "team_id": TEAM,
         "user_id": ANA, "channel_id": CHANNEL, "trigger_id": "1.2.a", "response_url": ""},
        {"type": "url_verification", "challenge": "abc"},
    ]  # fmt: skip
    for kind in EVENTS:
        name, _, where = kind.partition(".")
        said: dict[str, Any] = event | {"type": name}
        if name in ("user_change",):
            said["user"] = {"id": ANA, "name": "ana", "profile": {"email": "a@b.example"}}
        if where:
            said |= {"channel_type": where, "channel": DM}
        if name == "app_uninstalled":
            continue  # it takes Charter away
        found.append({"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": said})
    for act in Act:
        pressed = {"action_id": act.value, "value": "{}", "type": "button", "block_id": "b"}
        found.append(
            common
            | {"type": "block_actions", "actions": [pressed], "message": message,
               "channel": {"id": CHANNEL}, "container": {"type": "message", "message_ts": "1764.1",
                                                         "channel_id": CHANNEL}}
        )  # fmt: skip
    for form in Form:
        view: dict[str, Any] = {"id": "V1", "hash": "1", "type": "modal", "callback_id": form.value}
        view |= {"private_metadata": "{}", "state": {"values": {}}, "blocks": []}
        found.append(common | {"type": "view_submission", "view": view})
    for kind, callback in (
        ("message_action", DECISION),
        ("message_action", IMPORT),
        ("shortcut", QUESTION),
    ):
        found.append(
            common
            | {"type": kind, "callback_id": callback, "message": message,
               "channel": {"id": CHANNEL}, "message_ts": "1764.1"}
        )  # fmt: skip
    return found


def body_of(payload: Any) -> bytes:
    """As Slack sends it: JSON for events, a form for the rest, the kind of which comes first."""
    if isinstance(payload, dict) and "command" in payload:
        flat = {str(key): str(value) for key, value in payload.items()}
        return b"f" + urlencode(flat, errors="replace").encode()
    text = json.dumps(payload)
    if isinstance(payload, dict) and payload.get("type") in ("event_callback", "url_verification"):
        return b"j" + text.encode()
    return b"f" + urlencode({"payload": text}).encode()


@contextmanager
def slack(folder: Path) -> Iterator[Door]:
    """A workspace on loopback with a channel in it; Charter answers in it as it always does."""
    workspace = installed()
    workspace.add_user(ANA, "Ana Silva", tz="Europe/Lisbon")
    workspace.add_channel("ml-fraud", id=CHANNEL)
    with listening(workspace, folder / "slack.db", STUCK) as charter:
        bodies = [body_of(seed) for seed in seeds()]
        thrown = st.one_of(json_changed(seeds()).map(body_of), bytes_changed(bodies))
        yield Door(thrown, lambda data: charter.push(data[1:], kind_of(data)))


def kind_of(data: bytes) -> str:
    return JSON if data[:1] == b"j" else FORM
