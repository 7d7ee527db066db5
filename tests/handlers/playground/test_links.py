"""Links in messages: the app hears of those to the hosts that it registered."""

from dataclasses import replace

import pytest

from handlers.manifest import manifest
from handlers.playground.double import App, Double, Person
from tests.handlers.playground.recorder import Recorder

PULL = "https://code.example/tern/eta/pull/7"


def events(app: Recorder) -> list[dict[str, object]]:
    heard = [delivery.payload["event"] for delivery in app.received]
    return [event for event in heard if event["type"] == "link_shared"]


def test_a_link_is_told_with_its_place(app: Recorder, ana: Person) -> None:
    root = ana.says("look", "proj-x")
    message = ana.says(f"{PULL}?a=1&b=2, {PULL} and https://elsewhere.example", "proj-x", root)
    (event,) = events(app)
    assert event["links"] == [
        {"domain": "code.example", "url": f"{PULL}?a=1&b=2"},
        {"domain": "code.example", "url": PULL},
    ]
    assert (event["channel"], event["user"]) == ("C0X", "U0ANA")
    assert (event["message_ts"], event["thread_ts"]) == (message.ts, root.ts)
    assert event["is_bot_user_member"] is True
    assert event["source"] == "conversations_history"


def test_links_are_told_after_the_mention_and_in_direct_messages(
    app: Recorder, ana: Person
) -> None:
    ana.says(f"@Charter {PULL}", "proj-x")
    ana.dms(PULL)
    kinds = [delivery.payload["event"]["type"] for delivery in app.received]
    assert kinds == ["app_mention", "link_shared", "message", "link_shared"]
    assert "thread_ts" not in events(app)[0]


def test_channels_without_the_app_are_told_as_such(app: Recorder, ana: Person) -> None:
    ana.says(PULL, "elsewhere")
    assert [event["is_bot_user_member"] for event in events(app)] == [False]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://api.code.example/x", True),
        ("http://CODE.example:8080/x", True),
        ("https://notcode.example/x", False),
        ("https://code.example.evil.example/x", False),
        ("https://code.example@evil.example/x", False),
        ("code.example/x", False),
    ],
)
def test_hosts(app: Recorder, ana: Person, url: str, told: bool) -> None:
    ana.says(url, "proj-x")
    assert bool(events(app)) is told


def test_without_the_scope_or_the_event_nothing_is_told(
    double: Double, app: Recorder, ana: Person
) -> None:
    whole = double.app
    double.revoke("links:read")
    ana.says(PULL, "proj-x")
    double.install(replace(whole, events=whole.events - {"link_shared"}))
    ana.says(PULL, "proj-x")
    assert events(app) == []


def test_a_manifest_registers_hosts_and_optional_scopes() -> None:
    asked = manifest()
    asked["features"]["unfurl_domains"] = ["code.example"]
    asked["oauth_config"]["scopes"]["bot_optional"] = ["channels:history"]
    app = App.from_manifest(asked)
    assert app.domains == ("code.example",)
    assert app.scopes == {*asked["oauth_config"]["scopes"]["bot"], "channels:history"}
