"""response_url: five uses in thirty minutes, for one person or for all."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from handlers.playground.double import Double, Person
from tests.handlers.playground.conftest import Client, Clock
from tests.handlers.playground.kit import actions, button, section
from tests.handlers.playground.recorder import Recorder


def respond(url: str, **args: object) -> tuple[int, str]:
    """What a response_url answers: the status and the error, if any."""
    target = urlsplit(url)
    connection = HTTPConnection(target.hostname or "", target.port or 0, timeout=5)
    kind = {"Content-Type": "application/json"}
    connection.request("POST", target.path, json.dumps(args), kind)
    response = connection.getresponse()
    told = json.loads(response.read())
    connection.close()
    return response.status, told.get("error", "")


@pytest.fixture
def hook(app: Recorder, ana: Person) -> str:
    """The response_url of a command that Ana ran in #proj-x."""
    ana.slash("/charter help", channel="proj-x")
    return str(app.last["response_url"])


@pytest.fixture
def pressed(app: Recorder, client: Client, ana: Person) -> str:
    """The response_url of a button that Ana pressed under a message in #proj-x."""
    client.call("chat.postMessage", channel="C0X", text="Press", blocks=[actions(button())])
    ana.presses(ana.sees("proj-x")[-1], "press")
    return str(app.last["response_url"])


def test_it_answers_one_person_unless_told_otherwise(hook: str, ana: Person, bea: Person) -> None:
    assert respond(hook, text="for you") == (200, "")
    assert respond(hook, text="for all", response_type="in_channel") == (200, "")
    assert [m.text for m in ana.sees("proj-x")] == ["for you", "for all"]
    assert [m.text for m in bea.sees("proj-x")] == ["for all"]


def test_it_serves_five_times(hook: str, ana: Person) -> None:
    assert [respond(hook, text="x")[0] for _ in range(6)] == [200] * 5 + [404]
    assert respond(hook, text="x") == (404, "used_url")
    assert len(ana.sees("proj-x")) == 5


def test_it_serves_for_thirty_minutes(hook: str, clock: Clock) -> None:
    clock.passes(minutes=30)
    assert respond(hook, text="x") == (200, "")
    clock.passes(seconds=1)
    assert respond(hook, text="x") == (404, "expired_url")


def test_an_unknown_one_is_refused(double: Double, hook: str) -> None:
    assert respond(f"{double.base_url}/hooks/none", text="x") == (404, "invalid_token")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({}, "no_text"),
        ({"text": "x", "blocks": [section("")]}, "invalid_blocks"),
        ({"text": "x", "colour": "red"}, "invalid_arguments"),
        ({"text": "x", "response_type": "whisper"}, "invalid_arguments"),
    ],
)
def test_what_is_malformed_takes_no_use(hook: str, content: dict[str, object], error: str) -> None:
    assert respond(hook, **content) == (400, error)
    assert [respond(hook, text="x")[0] for _ in range(6)] == [200] * 5 + [404]


def test_the_message_with_the_button_can_be_replaced(pressed: str, bea: Person) -> None:
    assert respond(pressed, replace_original=True, text="done", blocks=[section("done")])[0] == 200
    assert [m.said for m in bea.sees("proj-x")] == ["done"]


def test_the_message_with_the_button_can_be_deleted(pressed: str, bea: Person) -> None:
    assert respond(pressed, delete_original=True) == (200, "")
    assert bea.sees("proj-x") == []


def test_an_ephemeral_message_stays_so_when_replaced(
    app: Recorder, client: Client, ana: Person, bea: Person
) -> None:
    content = {"text": "Press", "blocks": [actions(button())]}
    client.call("chat.postEphemeral", channel="C0X", user="U0ANA", **content)
    ana.presses(ana.sees("proj-x")[-1], "press")
    assert "message" not in app.last
    assert app.last["container"]["is_ephemeral"] is True
    url = str(app.last["response_url"])
    assert respond(url, replace_original=True, text="x", response_type="in_channel")[0] == 200
    assert ana.sees("proj-x")[0].text == "x"
    assert bea.sees("proj-x") == []
