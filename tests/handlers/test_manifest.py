"""The manifest asks for what the code uses: its events, its command, its methods; no more."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import handlers
from bot.settings import Settings
from handlers.manifest import COMMAND, EVENTS, METHODS, OPTIONAL, hosts, manifest, scopes
from handlers.playground.double.methods import METHODS as SLACKS

HANDLERS = Path(handlers.__file__).parent


class Register:
    """Stands where Bolt stands, and writes down what is registered."""

    def __init__(self) -> None:
        self.heard: dict[str, list[Any]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Callable[[Any], None]]:
        def registered(what: Any, matchers: Sequence[Any] = ()) -> Callable[[Any], None]:
            self.heard.setdefault(kind, []).append(what)
            return lambda listener: None

        return registered


def registered() -> dict[str, list[Any]]:
    register = Register()
    handlers.register(register)  # type: ignore[arg-type]  # it takes what Bolt takes
    return register.heard


def test_the_events_are_those_that_have_a_listener() -> None:
    heard = registered()["event"]
    names = {one if isinstance(one, str) else f"{one['type']}.im" for one in heard}
    assert names == set(EVENTS)
    assert len(heard) == len(names)
    assert manifest()["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_the_command_is_the_one_that_has_a_listener() -> None:
    assert registered()["command"] == [COMMAND]
    [command] = manifest()["features"]["slash_commands"]
    assert command["command"] == COMMAND
    assert command["should_escape"]
    assert "raci" in command["usage_hint"]


def test_the_shortcuts_are_those_that_have_a_listener() -> None:
    told = {(one["type"], one["callback_id"]) for one in manifest()["features"]["shortcuts"]}
    heard = registered()
    by_message = {("message", one) for one in heard["message_shortcut"]}
    assert told == by_message | {("global", one) for one in heard["global_shortcut"]}
    for one in manifest()["features"]["shortcuts"]:
        assert len(one["name"]) <= 24
        assert len(one["description"]) <= 150


def test_nothing_else_is_registered_that_a_manifest_would_have_to_name() -> None:
    assert set(registered()) == {
        *("command", "event", "action", "view", "error", "use"),
        *("message_shortcut", "global_shortcut"),
    }
    assert manifest()["settings"]["interactivity"]["is_enabled"]


def test_the_methods_are_those_that_the_code_calls() -> None:
    called: set[str] = set()
    for path in (*HANDLERS.glob("*.py"), *HANDLERS.glob("slack/*.py")):
        if path.name == "manifest.py":
            continue
        source = path.read_text()
        called |= set(re.findall(r'"(chat\.\w+)"', source))
        called |= {
            name.replace("_", ".", 2 if name.startswith("assistant_") else 1)
            for name in re.findall(r"client\.([a-z]+_\w+)\(", source)
            if name != "api_call"
        }
    # Socket Mode's own, called with the app-level token, needs no scope of the bot.
    assert called - {"apps.connections_open"} == set(METHODS)


def test_the_scopes_are_those_that_slack_demands_for_them() -> None:
    for name in METHODS:
        demanded = SLACKS[name].scope
        assert not demanded or demanded in METHODS[name]
    assert scopes() == [
        "app_mentions:read",
        "assistant:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "dnd:read",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "links:read",
        "reactions:read",
        "usergroups:read",
        "users:read",
        "users:read.email",
    ]
    asked = manifest()["oauth_config"]["scopes"]
    assert asked["bot"] == scopes()
    assert asked.get("bot_optional", []) == sorted(OPTIONAL)
    assert set(scopes()) >= OPTIONAL


def test_it_stays_within_slacks_limits() -> None:
    shown = manifest()["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(manifest()["features"]["slash_commands"]) <= 50


@pytest.mark.parametrize(
    ("settings", "domains"),
    [
        ({}, ()),
        ({"github_token": "t0"}, ("github.com",)),
        (
            {
                "github_api_url": "https://ghe.acme.example/api/v3",
                "mlflow_tracking_uri": "https://MLflow.acme.example:8443/team",
            },
            ("ghe.acme.example", "mlflow.acme.example"),
        ),
        ({"wandb_api_key": "k0"}, ("forge.coreweave.com", "wandb.ai")),
        ({"notion_token": "n0"}, ("notion.so",)),
        ({"mlflow_tracking_uri": "http://127.0.0.1:5000"}, ()),
        ({"mlflow_tracking_uri": "http://[::1]:5000"}, ()),
        ({"mlflow_tracking_uri": "http://mlflow:5000"}, ()),
        ({"mlflow_tracking_uri": "http://mlflow.internal:5000"}, ()),
    ],
)
def test_slack_tells_of_links_to_the_public_hosts_of_the_sources(
    settings: dict[str, str], domains: tuple[str, ...]
) -> None:
    assert hosts(Settings.model_validate(settings)) == domains
    told = manifest(hosts=domains)["features"].get("unfurl_domains", [])
    assert tuple(told) == domains


def test_with_an_address_it_is_for_http_without_one_for_socket_mode() -> None:
    url = "https://charter.example/slack/events"
    over_http, over_socket = manifest(url), manifest()
    assert over_socket["settings"]["socket_mode_enabled"]
    assert url not in str(over_socket)
    assert not over_http["settings"]["socket_mode_enabled"]
    assert over_http["settings"]["event_subscriptions"]["request_url"] == url
    assert over_http["settings"]["interactivity"]["request_url"] == url
    assert over_http["features"]["slash_commands"][0]["url"] == url


def test_the_documentation_gives_a_reason_for_every_scope_and_event() -> None:
    text = (HANDLERS.parent / "docs" / "slack-app.md").read_text()
    text = text.split("## What Charter may do")[1].split("\n## ")[0]
    of_scopes, of_events = text.split("| Event |")
    row = re.compile(r"^\| `([a-z_.:]+)` \| .{10,} \|$", re.MULTILINE)
    assert row.findall(of_scopes) == scopes()
    assert row.findall(of_events) == sorted(EVENTS)
