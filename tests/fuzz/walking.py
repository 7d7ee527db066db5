"""Somebody who uses all of Charter once, and what Slack sent meanwhile."""

import json
import re
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

from bot.commands import COMMANDS
from handlers.playground.double import Double, Person
from handlers.playground.double.model import Message, View
from handlers.playground.double.server import serving
from handlers.views.acts import act_of
from handlers.web import EVENTS
from tests.fuzz.listening import UNFORESEEN, Listening, hearing
from tests.support.shell import SAMPLE

Json = dict[str, Any]
WHO, WHERE = "U0NIA", "proj-berth"
THEIRS, OURS = "Churn Radar", "Berth Planner"
"""The project of the grammar's examples, and that of the sample."""
MOST = 4
"""Requests of a sort that are kept: by the command, the button, the form or the event."""
QUESTIONS = ("who owns the data pipeline?", "what is blocked?", "what changed this week?", "help")
LINK = "https://github.com/acme/churn/pull/7"


def sample(workspace: Double) -> bytes:
    """The sample workspace's document; its people and channels are in Slack afterwards."""
    document = json.loads(SAMPLE.read_text(encoding="utf-8"))
    for person in document["people"]:
        if person["slack_id"]:
            is_admin = person["slack_id"] == WHO
            workspace.add_user(person["slack_id"], person["name"], person["key"], is_admin=is_admin)
    for project in document["projects"]:
        if project["channel"]:
            workspace.add_channel(project["channel"].removeprefix("#"))
    return SAMPLE.read_bytes()


class Walk:
    """Goes to Charter as it is told, and keeps what Slack sends there."""

    def __init__(self, charter: Listening) -> None:
        self._charter = charter
        self._space = charter.workspace.space
        self._pressed: set[str] = set()
        self.sent: dict[str, list[Json]] = {}

    def application(self, environ: Any, start: Any) -> Any:
        """Keeps a request, and hands it on."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        request = _request(body)
        same = self.sent.setdefault(_sort(request), [])
        if len(same) < MOST:
            same.append(request)
        assert self._charter.web is not None
        return self._charter.web(environ, start)

    def whole(self, person: Person) -> None:
        for entry in COMMANDS:
            example = re.sub(r"@\w+", "@bea", entry.example)
            person.slash(f"/charter {example.replace(THEIRS, OURS)}", WHERE)
            self._form(person)
        for question in QUESTIONS:
            person.says(f"@Charter {question}", WHERE)
            person.dms(question)
        said = person.says(f"We keep the old model, see {LINK}", WHERE)
        person.reacts(said, "scroll")
        person.unreacts(said, "scroll")
        for menu in self._charter.workspace.app.shortcuts:
            person.picks(menu.name, None if menu.is_global else said)
            self._form(person)
        for tab in ("home", "messages"):
            person.opens_home(tab)
        for _ in range(2):
            if (home := person.home) is not None:
                self._press_all(person, home)
            for message in [*person.sees(WHERE), *person.sees()]:
                self._press_all(person, message)

    def _press_all(self, person: Person, where: Message | View) -> None:
        for block, element in _pressable(where.blocks):
            act = act_of(element["action_id"]).value
            if act in self._pressed:
                continue
            self._pressed.add(act)
            try:
                self._charter.workspace.hands.act(person.user, where, block, element["action_id"])
            except LookupError:
                return
            self._form(person)

    def _form(self, person: Person) -> None:
        """A form that stands open is sent in as it is, and closed."""
        if person.modal is None:
            return
        with suppress(LookupError):  # some only tell something
            person.submits()
        if person.modal is not None:
            person.closes(all_of_them=True)


def walked(charter: Listening) -> list[Json]:
    """What Slack sent to this Charter while somebody used all of it."""
    workspace, walk = charter.workspace, Walk(charter)
    with hearing(UNFORESEEN) as ears, serving(walk.application) as url:
        workspace.app_url = url + EVENTS
        walk.whole(workspace.person(WHO))
        workspace.app_url = ""
    assert not ears.heard, ears.heard
    return [request for same in walk.sent.values() for request in same]


def _pressable(blocks: Any) -> list[tuple[str, Json]]:
    return [
        (str(block.get("block_id")), element)
        for block in blocks
        for element in [*block.get("elements", ()), block.get("accessory") or {}]
        if isinstance(element, dict) and element.get("type") == "button" and "url" not in element
    ]


def _request(body: bytes) -> Json:
    text = body.decode()
    if text.startswith("{"):
        return dict(json.loads(text))
    fields = {key: values[0] for key, values in parse_qs(text, keep_blank_values=True).items()}
    return dict(json.loads(fields["payload"])) if "payload" in fields else dict(fields)


def _sort(request: Json) -> str:
    if "command" in request:
        return "/".join(["command", *request["text"].split()[:2]])
    if "event" in request:
        return f"event/{request['event']['type']}"
    view = request.get("view") or {}
    action = (request.get("actions") or [{}])[0].get("action_id", "").partition("#")[0]
    what = action or request.get("callback_id") or view.get("callback_id")
    return f"{request['type']}/{what}"
