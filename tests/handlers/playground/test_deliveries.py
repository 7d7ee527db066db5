"""What the app is sent: signed, shaped as Slack shapes it, in time or not at all."""

from collections.abc import Callable, Iterator

import pytest
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from handlers.playground.double import App, Double, Person, serving, signed
from tests.handlers.playground.conftest import Clock
from tests.handlers.playground.recorder import Recorder
from tests.support.clock import T0


class Later(SignatureClock):
    """A clock for slack_sdk's verifier that stands at some second."""

    def __init__(self, second: int) -> None:
        self.second = second

    def now(self) -> float:
        return float(self.second)


def test_signatures_are_slacks() -> None:
    now = 1_795_428_000
    headers = signed("secret", "body", now)
    clock = Later(now + 299)
    verifier = SignatureVerifier("secret", clock)
    assert verifier.is_valid_request("body", headers)
    assert not verifier.is_valid_request("other", headers)
    assert not SignatureVerifier("other", clock).is_valid_request("body", headers)


def test_every_kind_of_request_is_signed(app: Recorder, double: Double, ana: Person) -> None:
    ana.says("@Charter hello", channel="proj-x")
    ana.slash("/charter help", channel="proj-x")
    ana.opens_home()
    assert [delivery.genuine for delivery in app.received] == [True, True, True]


def test_a_request_signed_with_another_secret_is_not_genuine(app: Recorder, ana: Person) -> None:
    app.secret = "other"
    ana.says("@Charter hello", channel="proj-x")
    assert [delivery.genuine for delivery in app.received] == [False]


# Events


def test_a_mention_is_an_event(app: Recorder, ana: Person) -> None:
    message = ana.says("@charter who owns #proj-x?", channel="proj-x")
    envelope = app.last
    event = envelope["event"]
    assert event["type"] == "app_mention"
    assert event["text"] == "<@U0CHARTER> who owns <#C0X|proj-x>?"
    assert (event["user"], event["channel"], event["ts"]) == ("U0ANA", "C0X", message.ts)
    assert "thread_ts" not in event
    assert (envelope["type"], envelope["team_id"]) == ("event_callback", "T0CHARTER")
    assert envelope["event_time"] == int(T0.timestamp())
    assert envelope["authorizations"][0]["user_id"] == "U0CHARTER"
    assert envelope["is_ext_shared_channel"] is False


def test_a_reply_names_its_thread(app: Recorder, ana: Person) -> None:
    parent = ana.says("hello", channel="proj-x")
    ana.says("@Charter here?", channel="proj-x", thread=parent)
    assert app.last["event"]["thread_ts"] == parent.ts


def test_event_ids_differ(app: Recorder, ana: Person) -> None:
    ana.says("@Charter one", channel="proj-x")
    ana.says("@Charter two", channel="proj-x")
    assert len({delivery.payload["event_id"] for delivery in app.received}) == 2


def test_what_does_not_mention_the_app_is_not_its_business(app: Recorder, ana: Person) -> None:
    ana.says("hello everybody", channel="proj-x")
    assert app.received == []


def test_an_app_outside_a_channel_hears_nothing_and_the_person_is_told(
    app: Recorder, ana: Person
) -> None:
    ana.says("@Charter hello", channel="elsewhere")
    assert app.received == []
    assert ana.hears("Charter is not in this channel", channel="elsewhere").is_ephemeral


def test_a_direct_message_is_an_event(app: Recorder, ana: Person) -> None:
    ana.dms("who owns it?")
    event = app.last["event"]
    assert (event["type"], event["channel_type"], event["text"]) == (
        "message",
        "im",
        "who owns it?",
    )
    assert event["channel"].startswith("D")


def test_the_app_hears_itself_in_direct_messages(app: Recorder, double: Double) -> None:
    from tests.handlers.playground.conftest import Client

    client = Client(double, double.app.bot_token)
    told = client.call("chat.postMessage", channel="U0ANA", text="Hi")
    client.call("chat.update", channel=told["channel"], ts=told["ts"], text="Hello")
    double.courier.close()
    first, second = (delivery.payload["event"] for delivery in app.received)
    assert (first["type"], first["bot_id"], first["text"]) == ("message", "B0CHARTER", "Hi")
    assert (second["subtype"], second["message"]["text"]) == ("message_changed", "Hello")


def test_somebody_from_another_company_is_told_apart(app: Recorder, double: Double) -> None:
    ann = double.add_user("U0ANN", "Ann Alva", team_id="T0ACME")
    double.add_channel("with-acme", is_ext_shared=True)
    ann.says("@Charter who owns it?", channel="with-acme")
    assert app.last["is_ext_shared_channel"] is True
    assert app.last["event"]["user_team"] == "T0ACME"
    assert ann.slash("/charter help", channel="with-acme").failure == "dispatch_failed"
    ann.hears("/charter is not a valid command", channel="with-acme")


def test_home_is_opened(app: Recorder, ana: Person) -> None:
    ana.opens_home()
    assert (app.last["event"]["type"], app.last["event"]["tab"]) == ("app_home_opened", "home")
    ana.opens_home("messages")
    assert app.last["event"]["tab"] == "messages"


def test_a_deactivation_is_a_user_change(app: Recorder, double: Double) -> None:
    double.change_user("Ana", deleted=True)
    event = app.last["event"]
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == (
        "user_change",
        "U0ANA",
        True,
    )


@pytest.mark.parametrize("scope", ["app_mentions:read", "im:history", "users:read"])
def test_without_its_scope_an_event_is_not_sent(
    app: Recorder, double: Double, ana: Person, scope: str
) -> None:
    double.revoke(scope)
    sent: dict[str, Callable[[], object]] = {
        "app_mentions:read": lambda: ana.says("@Charter hello", channel="proj-x"),
        "im:history": lambda: ana.dms("hello"),
        "users:read": lambda: double.change_user("Ana", title="Lead"),
    }
    for other, deed in sent.items():
        app.received.clear()
        deed()
        assert len(app.received) == (0 if other == scope else 1)


def test_an_enterprise_is_named(app: Recorder, clock: Clock) -> None:
    double = Double(clock, enterprise_id="E0BIG")
    ana = double.add_user("U0ANA", "Ana Silva")
    recorder = Recorder(double.app.signing_secret)
    with double.serve(), serving(recorder, threads=4) as url:
        double.app_url = f"{url}/slack/events"
        ana.dms("hello")
        assert recorder.last["enterprise_id"] == "E0BIG"
        ana.slash("/charter help")
        assert recorder.last["enterprise_id"] == "E0BIG"


def test_url_verification_wants_the_challenge(app: Recorder, double: Double) -> None:
    app.answer = lambda payload: (200, "text/plain", payload["challenge"])
    assert double.verifies_url() is True
    app.says("something else")
    assert double.verifies_url() is False


# Slash commands


def test_a_command_carries_what_slack_sends(app: Recorder, double: Double, ana: Person) -> None:
    ana.slash("/charter raci pipeline A @Bea Lind in #proj-x", channel="proj-x")
    form = app.last
    assert form["command"] == "/charter"
    assert form["text"] == "raci pipeline A <@U0BEA|bea.lind> in <#C0X|proj-x>"
    assert (form["user_id"], form["user_name"]) == ("U0ANA", "ana.silva")
    assert (form["channel_id"], form["channel_name"]) == ("C0X", "proj-x")
    assert form["response_url"].startswith(f"{double.base_url}/hooks/")
    assert double.space.tickets.exchange(form["trigger_id"]) == "U0ANA"


def test_private_places_are_not_named(app: Recorder, ana: Person, bea: Person) -> None:
    bea.slash("/charter show", channel="secret")
    assert app.last["channel_name"] == "privategroup"
    ana.slash("/charter show")
    assert app.last["channel_name"] == "directmessage"


def test_the_acknowledgement_may_carry_the_answer(app: Recorder, ana: Person, bea: Person) -> None:
    app.says("plain words")
    ana.slash("/charter help", channel="proj-x")
    assert ana.hears("plain words", channel="proj-x").only_for == "U0ANA"
    app.replies({"response_type": "in_channel", "text": "for all"})
    ana.slash("/charter help", channel="proj-x")
    assert bea.hears("for all", channel="proj-x").only_for is None


def test_an_answer_with_faults_is_refused(app: Recorder, double: Double, ana: Person) -> None:
    app.replies({"text": "x", "blocks": [{"type": "nonsense"}]})
    ana.slash("/charter help", channel="proj-x")
    ana.hears('failed with the error "invalid_blocks"', channel="proj-x")
    assert len(double.problems) == 1


def test_an_unknown_command_is_not_sent(app: Recorder, double: Double, ana: Person) -> None:
    ana.slash("/other", channel="proj-x")
    double.revoke("commands")
    ana.slash("/charter help", channel="proj-x")
    assert app.received == []
    ana.hears("/charter is not a valid command", channel="proj-x")


def test_a_failing_app_is_shown_to_the_person(app: Recorder, ana: Person) -> None:
    app.fails(500)
    assert ana.slash("/charter help", channel="proj-x").failure == "dispatch_failed"
    words = '/charter failed with the error "dispatch_failed"'
    assert ana.hears(words, channel="proj-x").is_ephemeral


def test_an_app_that_is_away_is_shown_to_the_person(double: Double, ana: Person) -> None:
    with serving(Recorder(""), threads=1) as url:
        double.app_url = url
    assert ana.slash("/charter help").failure == "dispatch_failed"


# Late and lost


class Ticking:
    """A monotonic clock that jumps by `step` seconds each time it is read."""

    def __init__(self) -> None:
        self.at = 0.0
        self.step = 0.0

    def __call__(self) -> float:
        self.at += self.step
        return self.at


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def slow(clock: Clock, ticking: Ticking) -> Iterator[tuple[Double, Recorder]]:
    """A workspace whose stopwatch the test holds, and its app."""
    double = Double(clock, monotonic=ticking)
    double.add_user("U0ANA", "Ana Silva")
    double.add_channel("proj-x")
    recorder = Recorder(double.app.signing_secret)
    with double.serve(), serving(recorder, threads=4) as url:
        double.app_url = url
        yield double, recorder


def test_three_seconds_are_in_time(slow: tuple[Double, Recorder], ticking: Ticking) -> None:
    double, _ = slow
    ticking.step = 3.0
    assert double.person("Ana").slash("/charter help").failure == ""
    assert double.late_acks == []


def test_a_late_answer_is_recorded_and_lost(
    slow: tuple[Double, Recorder], ticking: Ticking
) -> None:
    double, recorder = slow
    ana = double.person("Ana")
    recorder.says("too late")
    ticking.step = 3.1
    assert ana.slash("/charter help").failure == "operation_timeout"
    (late,) = double.late_acks
    assert (late.kind, late.what, late.user) == ("slash_commands", "/charter help", "U0ANA")
    assert late.seconds == pytest.approx(3.1)
    assert [m.said for m in ana.sees()] == ['/charter failed with the error "operation_timeout"']


def test_an_app_that_never_answers_is_late(clock: Clock) -> None:
    import socket

    double = Double(clock, ack_seconds=0.05)
    ana = double.add_user("U0ANA", "Ana Silva")
    with double.serve(), socket.create_server(("127.0.0.1", 0)) as silent:
        double.app_url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert ana.slash("/charter help").failure == "operation_timeout"
    assert [late.what for late in double.late_acks] == ["/charter help"]


def test_an_event_that_is_not_taken_comes_three_times_more(
    app: Recorder, double: Double, ana: Person
) -> None:
    app.fails(503)
    ana.says("@Charter hello", channel="proj-x")
    assert [unacked.attempt for unacked in double.unacked] == [0]
    for _ in range(5):
        double.retry_events()
    numbers = [delivery.headers.get("x-slack-retry-num") for delivery in app.received]
    assert numbers == [None, "1", "2", "3"]
    assert app.received[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({delivery.payload["event_id"] for delivery in app.received}) == 1
    assert (double.unacked, [gone.attempt for gone in double.given_up]) == ([], [3])


def test_an_event_that_is_taken_at_last_is_over(app: Recorder, double: Double, ana: Person) -> None:
    app.fails()
    ana.says("@Charter hello", channel="proj-x")
    app.says("")
    assert [reply.failure for reply in double.retry_events()] == [""]
    assert (double.unacked, double.given_up) == ([], [])


def test_the_reason_of_a_retry_is_what_happened(
    slow: tuple[Double, Recorder], ticking: Ticking
) -> None:
    double, recorder = slow
    ticking.step = 4.0
    double.person("Ana").dms("hello")
    ticking.step = 0.0
    double.retry_events()
    assert recorder.received[-1].headers["x-slack-retry-reason"] == "http_timeout"


def test_an_app_is_what_its_manifest_says(app: Recorder, double: Double, ana: Person) -> None:
    manifest = {
        "display_information": {"name": "Charter"},
        "features": {
            "slash_commands": [{"command": "/raci", "usage_hint": "who", "should_escape": False}]
        },
        "oauth_config": {"scopes": {"bot": ["commands", "im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}},
    }
    double.install(App.from_manifest(manifest, signing_secret=double.app.signing_secret))
    ana.slash("/raci who is @Bea Lind", channel="proj-x")
    assert app.last["text"] == "who is @Bea Lind"
    app.received.clear()
    ana.opens_home()
    ana.slash("/charter help", channel="proj-x")
    assert app.received == []
    ana.dms("hello")
    assert app.last["event"]["type"] == "message"
