"""Files that people attach on the page: they come in pieces, and go with a message."""

import json
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from handlers.playground.double import Double, Person, serving
from handlers.playground.page import wsgi
from handlers.playground.uploads import LARGEST, PIECE, UNFINISHED, Uploads, safe
from tests.handlers.playground.recorder import Recorder

Told = tuple[int, dict[str, Any]]


def bot(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("404 Not Found", [("Content-Length", "0")])
    return []


class Browser:
    """Asks the page's server as the page's scripts do."""

    def __init__(self, address: str) -> None:
        self._target = urlsplit(address)

    def post(self, path: str, body: bytes) -> Told:
        host, port = self._target.hostname or "", self._target.port or 0
        connection = HTTPConnection(host, port, timeout=20)
        connection.request("POST", path, body)
        response = connection.getresponse()
        told = json.loads(response.read())
        connection.close()
        return response.status, told

    def uploads(self, *pieces: bytes) -> str:
        id = ""
        for piece in pieces:
            status, told = self.post(f"/playground/files?to={id}", piece)
            assert status == 200
            id = told["id"]
        return id

    def shares(self, file: str, **more: Any) -> Told:
        asked = {"as": "U0ANA", "at": "C0X", "file": file, "name": "plan.txt", **more}
        return self.post("/playground/api/share", json.dumps(asked).encode())


@pytest.fixture
def browser(double: Double) -> Iterator[Browser]:
    with serving(wsgi(double, bot)) as url:
        yield Browser(url)


def test_pieces_become_the_file_of_a_message(browser: Browser, ana: Person) -> None:
    file = browser.uploads(b"the ", b"plan")
    assert browser.shares(file, text=" Look ", name="C:\\plans\\plan.txt") == (200, {})
    (message,) = ana.sees("proj-x")
    assert (message.text, message.user) == ("Look", "U0ANA")
    assert ana.downloads(message, "plan.txt") == b"the plan"
    assert browser.shares(browser.uploads(b"more"), thread=message.ts) == (200, {})
    assert [one.text for one in ana.sees("proj-x", thread=message)] == ["Look", ""]


def test_the_app_hears_of_it_and_reads_it_at_the_pages_own_address(
    browser: Browser, double: Double, app: Recorder, ana: Person
) -> None:
    place = double.space.im_with(ana.id).id
    assert browser.shares(browser.uploads(b"plan"), at=place) == (200, {})
    event = app.last["event"]
    assert (event["subtype"], event["files"][0]["name"]) == ("file_share", "plan.txt")
    path = urlsplit(event["files"][0]["url_private"]).path
    target = browser._target
    connection = HTTPConnection(target.hostname or "", target.port or 0, timeout=5)
    token = f"Bearer {double.app.bot_token}"
    connection.request("GET", path, headers={"Authorization": token})
    assert connection.getresponse().read() == b"plan"
    connection.close()


def test_a_file_is_shared_once(browser: Browser) -> None:
    file = browser.uploads(b"plan")
    assert browser.shares(file)[0] == 200
    words = "This file has not come: attach it again."
    assert browser.shares(file) == (400, {"error": words})
    assert browser.post(f"/playground/files?to={file}", b"more") == (400, {"error": words})


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": "/charter list"}, "A command takes no file: send one after the other."),
        ({"at": "C0OLD"}, "#old is archived"),
        ({"at": "C0SECRET"}, "ana.silva is not in #secret"),
    ],
)
def test_what_cannot_be_shared(
    browser: Browser, ana: Person, more: dict[str, str], words: str
) -> None:
    assert browser.shares(browser.uploads(b"plan"), **more) == (400, {"error": words})
    assert ana.sees("proj-x") == []


def test_an_empty_file_is_none(browser: Browser) -> None:
    words = "There is nothing in this file."
    assert browser.shares(browser.uploads(b"")) == (400, {"error": words})


def test_files_are_bounded(browser: Browser) -> None:
    assert browser.post("/playground/files", bytes(PIECE + 1))[0] == 413
    most = browser.uploads(bytes(PIECE), bytes(PIECE), bytes(LARGEST - 2 * PIECE))
    words = {"error": "A file may have up to 20 MB."}
    assert browser.post(f"/playground/files?to={most}", b"x") == (400, words)
    assert browser.shares(most)[0] == 400


def test_files_on_their_way_are_few() -> None:
    uploads = Uploads()
    first, *others = [uploads.take("", b"plan") for _ in range(UNFINISHED + 1)]
    assert [uploads.whole(id) for id in others] == [b"plan"] * UNFINISHED
    with pytest.raises(LookupError):
        uploads.whole(first)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("raci.xlsx", "raci.xlsx"),
        ("Überblick, neu (2).xlsx", "Überblick, neu (2).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\raci.xlsx", "raci.xlsx"),
        ("ra\u202eci\x00\n.xlsx", "raci.xlsx"),
        ("..", "file"),
        ("", "file"),
        ("a/", "file"),
        ("x" * 300 + ".xlsx", "x" * 250 + ".xlsx"),
        ("x." + "y" * 300, "x." + "y" * 253),
    ],
)
def test_names_are_safe(name: str, kept: str) -> None:
    assert safe(name) == kept
