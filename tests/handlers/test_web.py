"""Charter's own web server, over real sockets: who is let in, who is not, and how it stops."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt import App

from handlers import observe, web
from handlers.playground.double import signed
from handlers.slack import Installation, Installed, SlackClient

ROOT = Path(__file__).parents[2]
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
COMMAND = urlencode({"command": "/charter", "text": "héllo & more", "team_id": "T1"})


class Site:
    """A served Bolt app with one command; `heard` is what reached it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.ready: bool | Exception = True
        bolt = App(
            client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
            authorize=Installed(Installation("T1", None, "", "U0BOT", None, ""), "xoxb-1"),
            logger=observe.bolt_logger(),
            request_verification_enabled=False,
            process_before_response=True,
        )
        bolt.command("/charter")(self._on_command)
        self.application = web.Web(bolt, SECRET, self._is_ready)
        self.server = web.listening(self.application, "127.0.0.1", 0)
        self.port = int(self.server.effective_port)

    def _on_command(self, ack, command) -> None:  # type: ignore[no-untyped-def]  # Bolt's names
        self.heard.append(command["text"])
        ack("heard")

    def _is_ready(self) -> bool:
        if isinstance(self.ready, Exception):
            raise self.ready
        return self.ready

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def post(
        self, body: str, *, secret: str = SECRET, age: int = 0, kind: str = FORM
    ) -> tuple[int, str]:
        headers = signed(secret, body, int(time.time()) - age) | {"Content-Type": kind}
        return self.ask("POST", web.EVENTS, body.encode(), headers)


class Served(Protocol):
    """Something with a server."""

    server: web.Server


S = TypeVar("S", bound=Served)


@contextmanager
def running(site: S) -> Iterator[S]:
    thread = threading.Thread(target=site.server.run, daemon=True)
    thread.start()
    yield site
    site.server.close()
    thread.join(timeout=5)
    assert not thread.is_alive()


@pytest.fixture
def site() -> Iterator[Site]:
    with running(Site()) as site:
        yield site


def test_it_may_be_closed_from_several_sides_at_once() -> None:
    for _ in range(8):
        site = Site()
        with running(site), ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(site.ask, "GET", "/healthz") for _ in range(2)]
            assert [one.result() for one in asked] == [(200, "OK")] * 2
            for closed in [pool.submit(site.server.close) for _ in range(3)]:
                closed.result()


def test_a_server_that_never_ran_is_closed_too() -> None:
    site = Site()
    site.server.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", site.port))
    site.server.run()  # comes back at once: there is nothing left to serve


def test_what_slack_signed_reaches_bolt(site: Site) -> None:
    assert site.post(COMMAND) == (200, "heard")
    assert site.heard == ["héllo & more"]


def test_slack_may_prove_the_address(site: Site) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c3po", "token": "t"})
    status, text = site.post(body, kind="application/json")
    assert (status, json.loads(text)) == (200, {"challenge": "c3po"})


@pytest.mark.parametrize("age", [301, -301, 100_000])
def test_an_old_or_early_timestamp_is_refused(site: Site, age: int) -> None:
    assert site.post(COMMAND, age=age)[0] == 401
    assert site.heard == []


def test_five_minutes_are_not_too_old(site: Site) -> None:
    assert site.post(COMMAND, age=290)[0] == 200


def test_a_wrong_signature_is_refused_before_anything_is_parsed(site: Site) -> None:
    assert site.post(COMMAND, secret="another")[0] == 401
    assert site.post("{broken", secret="another", kind="application/json")[0] == 401
    assert site.heard == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "yesterday", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "²", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "ü"},
        {"X-Slack-Request-Timestamp": "9" * 5000, "X-Slack-Signature": "v0=00"},
    ],
)
def test_missing_or_odd_headers_are_refused(site: Site, headers: dict[str, str]) -> None:
    encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    assert site.ask("POST", web.EVENTS, COMMAND.encode(), encoded)[0] == 401


def test_bytes_that_are_no_text_are_refused(site: Site) -> None:
    headers = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": "v0=0"}
    assert site.ask("POST", web.EVENTS, b"\xff\xfe", headers)[0] == 401


def test_a_signed_body_that_is_no_json_is_a_bad_request(site: Site) -> None:
    assert site.post("{broken", kind="application/json")[0] == 400
    assert site.post("[]", kind="application/json")[0] == 400


def test_a_body_over_the_limit_is_refused(site: Site) -> None:
    body = "text=" + "a" * (web.LONGEST_BODY - 5)
    assert site.post(body)[0] != 413
    assert site.post(body + "a")[0] == 413
    assert site.post(body * 3)[0] == 413


def test_a_body_far_over_the_limit_is_refused_before_it_comes(site: Site) -> None:
    size = web.LONGEST_SWALLOWED
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as raw:
        head = f"POST {web.EVENTS} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n"
        raw.sendall(head.encode() + b"\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413 ")


def test_the_application_itself_refuses_a_long_body_too(site: Site) -> None:
    def unread(size: int) -> bytes:
        raise AssertionError("it was read")

    said: list[str] = []

    def start(status: str, headers: object, error: object = None) -> Callable[[bytes], object]:
        said.append(status)
        return lambda body: None

    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": web.EVENTS,
        "CONTENT_LENGTH": str(web.LONGEST_BODY + 1),
        "wsgi.input": type("Unread", (), {"read": staticmethod(unread)}),
    }
    site.application(environ, start)
    assert said == ["413 Request Entity Too Large"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/slack/events", 405),
        ("PUT", "/slack/events", 405),
        ("POST", "/healthz", 405),
        ("GET", "/healthz", 200),
        ("HEAD", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/", 404),
        ("POST", "/slack/events/", 404),
    ],
)
def test_methods_and_paths(site: Site, method: str, path: str, status: int) -> None:
    assert site.ask(method, path)[0] == status


def test_ready_only_while_the_database_answers(site: Site) -> None:
    for ready in (False, RuntimeError("locked")):
        site.ready = ready
        assert site.ask("GET", "/readyz")[0] == 503
        assert site.ask("GET", "/healthz")[0] == 200


PROGRAM = """
import sys, time
from handlers import observe, web
from handlers.leaving import Leaving

observe.configure()

def slow(environ, start):
    print("begun", flush=True)
    time.sleep(0.5)
    start("200 OK", [])
    return [b"whole"]

server = web.listening(slow, "127.0.0.1", 0)
print(server.effective_port, flush=True)
web.serve(server, Leaving(0, dict), lambda: print("stopped", flush=True))
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_request_in_hand_is_finished_when_charter_is_asked_to_stop(how: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    port = int(process.stdout.readline())
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", "/")
        assert process.stdout.readline() == "begun\n"
        process.send_signal(how)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"whole")
    assert process.stdout.read() == "stopped\n"
    assert process.wait(timeout=20) == 0
    process.stdout.close()
