"""Socket Mode: it comes back by itself, and gives up when Slack is silent for good."""

import base64
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from slack_bolt import App

from bot.errors import Unavailable
from bot.settings import BadSettings
from handlers import observe
from handlers.playground.double import Double, payloads
from handlers.slack import Installation, Installed, Slack, SlackClient
from handlers.socket import LOST, Socket
from handlers.talking import Talking
from tests.handlers.talk import eventually, new_project

on_socket = pytest.mark.parametrize("transport", ["socket"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def bolt() -> App:
    return App(
        name="bolt",
        client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
        authorize=Installed(Installation("T1", None, "", "U0BOT", None, ""), "xoxb-1"),
        logger=observe.bolt_logger(),
    )


@on_socket
@on_sqlite
def test_charter_comes_back_when_slack_refreshes_the_connection(
    workspace: Double, talking: Talking
) -> None:
    new_project(workspace)
    ana = workspace.person("ana")
    before = [call.method for call in workspace.calls].count("apps.connections.open")
    workspace.disconnect_sockets()
    # For a moment there may be none, or two of which one is about to go.
    eventually(lambda: ana.slash("/charter show Fraud Radar", "ml-fraud").failure == "" or None, 20)
    opened = [call.method for call in workspace.calls].count("apps.connections.open")
    assert opened > before
    assert "Fraud Radar" in ana.hears("led by", "ml-fraud").said


@on_socket
@on_sqlite
def test_what_nobody_listens_to_is_acknowledged(workspace: Double, talking: Talking) -> None:
    user = workspace.space.users["U0ANA"]
    old_button = payloads.interaction(workspace.space, "block_actions", user) | {
        "container": {"type": "view", "view_id": "V1"},
        "actions": [{"action_id": "from.long.ago", "block_id": "b", "type": "button"}],
    }
    event = payloads.envelope(workspace.space, {"type": "emoji_changed"})
    closed = payloads.interaction(workspace.space, "view_closed", user) | {"view": {"id": "V1"}}
    deliver = workspace.courier.deliver
    assert deliver("events_api", event, "test", "U0ANA").failure == ""
    assert deliver("interactive", old_button, "test", "U0ANA").failure == ""
    assert deliver("interactive", closed, "test", "U0ANA").failure == ""


def test_a_token_that_slack_refuses_is_a_wrong_setting(workspace: Double, slack: Slack) -> None:
    with pytest.raises(BadSettings) as refused:
        Socket(bolt(), "xapp-another", slack.client).connect()
    [wrong] = refused.value.wrong
    assert (wrong.name, "xapp-another" in wrong.expected) == ("SLACK_APP_TOKEN", False)


def test_a_slack_that_is_away_is_told_as_such() -> None:
    nobody = Slack.reach("xoxb-1", "http://127.0.0.1:9/api/")
    with pytest.raises(Unavailable):
        Socket(bolt(), "xapp-1", nobody.client).connect()
    nobody.close()


def test_watching_ends_when_charter_is_asked_to_leave(workspace: Double, slack: Slack) -> None:
    connection = Socket(bolt(), workspace.app.app_token, slack.client, silence=30, ping=0.2)
    connection.connect()
    threading.Timer(0.3, connection.leave).start()
    assert connection.watch() == 0
    connection.close()


def test_slack_that_answers_pings_is_not_given_up(workspace: Double, slack: Slack) -> None:
    connection = Socket(bolt(), workspace.app.app_token, slack.client, silence=1.0, ping=0.1)
    connection.connect()
    threading.Timer(2.5, connection.leave).start()
    assert connection.watch() == 0
    connection.close()


def test_slack_that_is_silent_for_too_long_is_given_up() -> None:
    with silent() as api_url:
        slack = Slack.reach("xoxb-1", api_url)
        connection = Socket(bolt(), "xapp-1", slack.client, silence=0.5, ping=0.1)
        connection.connect()
        assert connection.watch() == LOST
        connection.close()
        slack.close()


@contextmanager
def silent() -> Iterator[str]:
    """A Slack that opens connections and then never says a word, not even a pong."""
    listener = socket.create_server(("127.0.0.1", 0))
    links: list[socket.socket] = []

    def shake_hands() -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            links.append(link)
            asked = link.recv(4096).decode()
            key = asked.split("Sec-WebSocket-Key: ")[1].split("\r\n")[0]
            digest = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
            link.sendall(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Accept: " + base64.b64encode(digest) + b"\r\n\r\n"
            )

    class Api(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            url = f"ws://127.0.0.1:{listener.getsockname()[1]}/?ticket=1"
            body = json.dumps({"ok": True, "url": url}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threads = [threading.Thread(target=run) for run in (shake_hands, server.serve_forever)]
    for thread in threads:
        thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for thread in threads:
        thread.join(timeout=5)
    for link in links:
        link.close()
