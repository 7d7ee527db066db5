"""Slack's door: signed requests of every kind, odd inside, through the whole of Charter."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from hypothesis import strategies as st

from handlers import observe
from handlers.manifest import DECISION, EVENTS, IMPORT, QUESTION
from handlers.playground.double import signed
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from handlers.views.acts import Act, Form
from handlers.web import EVENTS as PATH
from handlers.web import Web
from storage import migrate
from storage.database import Database
from tests.fuzz.doors import Door
from tests.fuzz.mutating import bytes_changed, json_changed
from tests.handlers.talk import installed, now

ANA, CHANNEL, DM = "U0ANA", "C0FRAUD", "D0ANA"
TEAM = "T0CHARTER"
FORM = "application/x-www-form-urlencoded"
WRONG = frozenset({"door_stuck"})
"""What Charter logs where it could not even word what went wrong."""


class AtOnce(ThreadPoolExecutor):
    """Runs a listener where it is handed over: what goes wrong belongs to what was thrown."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Ears(logging.Handler):
    """Hears what Charter logs as wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, dict) and record.msg.get("event") in WRONG:
            self.heard.append(record.msg)


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


def _body(payload: Any) -> bytes:
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
    """A workspace on loopback with a project in it; Charter answers in it as it always does."""
    workspace = installed()
    workspace.add_user(ANA, "Ana Silva", tz="Europe/Lisbon")
    workspace.add_channel("ml-fraud", id=CHANNEL)
    url = f"sqlite:///{folder}/slack.db"
    migrate.upgrade(url)
    database = Database(url)
    ears = Ears()
    with workspace.serve():
        client = Slack.reach(workspace.app.bot_token, workspace.api_url)
        built = build(services(database, now), One(client), now)
        runner = built.bolt.listener_runner
        runner.listener_executor.shutdown()
        runner.listener_executor = AtOnce(1)
        web = Web(built.bolt, workspace.app.signing_secret, lambda: True)
        root = logging.getLogger("charter")
        observe.configure("error", StringIO())  # most of what is thrown ends as a logged surprise
        root.addHandler(ears)

        def push(data: bytes) -> None:
            ears.heard.clear()
            kind = FORM if data[:1] != b"j" else "application/json"
            status = _post(web, workspace.app.signing_secret, data[1:], kind)
            assert status < 500, status
            assert not ears.heard, ears.heard

        bodies = [_body(seed) for seed in seeds()]
        thrown = st.one_of(json_changed(seeds()).map(_body), bytes_changed(bodies))
        try:
            yield Door(thrown, push)
        finally:
            root.removeHandler(ears)
            built.close()
            database.close()


def _post(web: Web, secret: str, body: bytes, kind: str) -> int:
    told: list[str] = []
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    proof = signed(secret, body.decode("utf-8", "replace"), int(time.time()))
    environ |= {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": PATH,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    environ |= {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in proof.items()}
    list(web(environ, lambda status, _headers: told.append(status)))  # type: ignore[arg-type]  # no write() is wanted
    return int(told[0].split()[0])
