"""Real Bolt and slack_sdk's own Socket Mode client against the double, the same conversation
over both transports."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from handlers.playground.double import Double, Tls, serving
from tests.handlers.playground.conftest import Client
from tests.handlers.playground.kit import actions, button, home, modal, section

Json = dict[str, Any]


def bolt(double: Double) -> App:
    """A small bot as Bolt's documentation shows it."""
    client = WebClient(double.app.bot_token, base_url=double.api_url)
    app = App(client=client, signing_secret=double.app.signing_secret)
    app.event("app_mention")(on_mention)
    app.event("message")(on_message)
    app.event("app_home_opened")(on_home)
    app.command("/charter")(on_command)
    app.action("press")(on_press)
    app.view("form")(on_form)
    return app


def on_mention(event: Json, say: Say) -> None:
    say(text="Bea", blocks=[section("*Bea* does"), actions(button())], thread_ts=event["ts"])


def on_message(event: Json, say: Say) -> None:
    if "subtype" not in event:
        say(f"you said {event['text']}")


def on_home(event: Json, client: WebClient) -> None:
    client.views_publish(user_id=event["user"], view=home(section("What you hold")))


def on_command(ack: Ack, body: Json, client: WebClient) -> None:
    ack(text=f"taken: {body['text']}")
    client.views_open(trigger_id=body["trigger_id"], view=modal())


def on_press(ack: Ack, respond: Respond) -> None:
    ack()
    respond(text="pressed", replace_original=True)


def on_form(ack: Ack, view: Json) -> None:
    name = view["state"]["values"]["name"]["value"]["value"]
    if name == "wrong":
        ack(response_action="errors", errors={"name": "Not this one."})
    else:
        ack()


@contextmanager
def over_http(double: Double) -> Iterator[None]:
    with serving(SlackRequestHandler(bolt(double), path="/slack/events")) as url:
        double.app_url = f"{url}/slack/events"
        yield


@contextmanager
def over_socket(double: Double) -> Iterator[None]:
    handler = SocketModeHandler(bolt(double), double.app.app_token)
    handler.client.web_client = WebClient(base_url=double.api_url)
    double.transport = "socket"
    handler.connect()
    try:
        yield
    finally:
        leave(double, handler.client)


def leave(double: Double, client: Any) -> None:
    """Slack closes first: the client would wait three seconds for something more to read."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    double.close()
    never = threading.Event()
    for _ in range(300):
        # Two of its threads must not close the same connection: let it notice by itself.
        if not client.is_connected():
            break
        never.wait(0.01)
    client.close()


@pytest.fixture(params=[over_http, over_socket], ids=["http", "socket"])
def talking(request: pytest.FixtureRequest, double: Double) -> Iterator[Double]:
    with request.param(double):
        yield double
        double.courier.close()


def test_a_whole_conversation(talking: Double) -> None:
    ana, bea = talking.person("Ana"), talking.person("Bea")
    question = ana.says("@Charter who owns it?", channel="proj-x")
    answer = bea.hears("Bea does", channel="proj-x", thread=question)
    ana.presses(answer, "Press")
    assert bea.hears("pressed", channel="proj-x", thread=question).ts == answer.ts
    ana.dms("hello")
    ana.hears("you said hello")
    ana.slash("/charter new", channel="proj-x")
    assert ana.hears("taken: new", channel="proj-x").is_ephemeral
    ana.gets_modal("Form")
    ana.fills({"Name": "wrong"})
    assert ana.submits() == {"name": "Not this one."}
    ana.fills({"Name": "right"})
    assert ana.submits() is None
    ana.opens_home()
    ana.gets_home("What you hold")
    assert (talking.late_acks, talking.problems, talking.unacked) == ([], [], [])


def test_bolt_refuses_what_was_signed_by_another(double: Double) -> None:
    from dataclasses import replace

    with over_http(double):
        double.install(replace(double.app, signing_secret="stolen"))
        assert double.person("Ana").slash("/charter new").failure == "dispatch_failed"


# The socket itself


@pytest.fixture
def socket(double: Double) -> Iterator[SocketModeClient]:
    client = SocketModeClient(
        double.app.app_token, web_client=WebClient(base_url=double.api_url), ping_interval=60
    )
    double.transport = "socket"
    yield client
    leave(double, client)


def acknowledge(payload: Json | None = None) -> Any:
    def listener(client: SocketModeClient, request: SocketModeRequest) -> None:
        response = SocketModeResponse(envelope_id=request.envelope_id, payload=payload)
        client.send_socket_mode_response(response)

    return listener


def test_envelopes_go_out_and_acknowledgements_come_back(
    double: Double, socket: SocketModeClient
) -> None:
    requests: list[SocketModeRequest] = []
    socket.socket_mode_request_listeners.append(lambda _, request: requests.append(request))
    socket.socket_mode_request_listeners.append(acknowledge({"text": "taken"}))
    socket.connect()
    ana = double.person("Ana")
    assert ana.slash("/charter help", channel="proj-x").failure == ""
    ana.hears("taken", channel="proj-x")
    ana.says("@Charter hello", channel="proj-x")
    first, second = requests
    assert (first.type, first.payload["text"]) == ("slash_commands", "help")
    assert first.accepts_response_payload is True
    assert (second.type, second.payload["event"]["type"]) == ("events_api", "app_mention")
    assert second.retry_attempt == 0


def test_nobody_connected_is_a_failure(double: Double) -> None:
    double.transport = "socket"
    ana = double.person("Ana")
    assert ana.slash("/charter help").failure == "dispatch_failed"
    ana.dms("hello")
    assert [unacked.reason for unacked in double.unacked] == ["connection_failed"]


def test_a_retry_says_so(double: Double, socket: SocketModeClient) -> None:
    double.transport = "socket"
    ana = double.person("Ana")
    ana.dms("hello")
    requests: list[SocketModeRequest] = []
    socket.socket_mode_request_listeners.append(lambda _, request: requests.append(request))
    socket.socket_mode_request_listeners.append(acknowledge())
    socket.connect()
    assert [reply.failure for reply in double.retry_events()] == [""]
    assert (requests[0].retry_attempt, requests[0].retry_reason) == (1, "connection_failed")


def test_a_missing_acknowledgement_is_late(
    double: Double, socket: SocketModeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(double.courier, "seconds", 0.05)
    socket.connect()
    assert double.person("Ana").slash("/charter help").failure == "operation_timeout"
    assert [late.what for late in double.late_acks] == ["/charter help"]


def test_apps_connections_open_wants_the_app_token(double: Double, client: Client) -> None:
    assert client.refused("apps.connections.open") == "not_allowed_token_type"
    app = Client(double, double.app.app_token)
    url = str(app.call("apps.connections.open")["url"])
    assert url.startswith("ws://127.0.0.1:")


def test_a_ticket_opens_one_connection(double: Double) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    url = str(Client(double, double.app.app_token).call("apps.connections.open")["url"])
    with connect(url) as socket:
        assert '"type": "hello"' in str(socket.recv(timeout=5))
    with pytest.raises(InvalidStatus) as caught:
        connect(url).close()
    assert caught.value.response.status_code == 403


def opened(double: Double) -> int:
    return [call.method for call in double.calls].count("apps.connections.open")


def test_nobody_waits_for_an_acknowledgement_of_a_connection_that_is_gone(double: Double) -> None:
    """Which comes no more, however long an app may take for one."""
    from websockets.sync.client import connect

    double.transport = "socket"
    double.courier.seconds = 600
    url = str(Client(double, double.app.app_token).call("apps.connections.open")["url"])
    came = threading.Event()

    def leaves_after_the_first() -> None:
        with connect(url) as socket:
            assert '"type": "hello"' in str(socket.recv(timeout=5))
            came.set()
            assert "slash_commands" in str(socket.recv(timeout=20))

    leaving = threading.Thread(target=leaves_after_the_first)
    leaving.start()
    assert came.wait(20)
    began = time.monotonic()
    assert double.person("Ana").slash("/charter help").failure == "dispatch_failed"
    assert time.monotonic() - began < 30
    leaving.join()
    assert double.late_acks == []


def test_after_a_refresh_the_client_comes_back(double: Double, socket: SocketModeClient) -> None:
    socket.socket_mode_request_listeners.append(acknowledge())
    socket.connect()
    double.disconnect_sockets()
    double.wait(lambda: opened(double) == 2 and double.sockets == 1, seconds=10)
    assert double.person("Ana").slash("/charter help").failure == ""


def test_the_web_api_can_be_served_over_tls(double: Double, tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(key)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    guarded = Double(double.space.clock)
    ana = guarded.add_user("U0ANA", "Ana Silva")
    with guarded.serve(Tls(str(certificate), str(key))) as url:
        assert url.startswith("https://127.0.0.1:")
        web = WebClient(guarded.app.bot_token, base_url=guarded.api_url, ssl=trust)
        web.chat_postMessage(channel="U0ANA", text="hello")
        ana.hears("hello")
