"""What others say over HTTP: who is heard, how fast they are answered, and what never gets in."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from slack_bolt import App

from handlers import observe, web, webhooks
from handlers.slack import Installation, Installed, SlackClient
from tests.handlers.test_web import running

SECRET = "It's a Secret to Everybody"
PAYLOAD = {"action": "opened", "repository": {"full_name": "acme/churn"}}


class Site:
    """Charter's server with GitHub's hook alone; `heard` is what was taken."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, Any]] = []
        bolt = App(
            client=SlackClient("xoxb-1", "http://127.0.0.1:9/", httpx.Client()),
            authorize=Installed(Installation("T1", None, "", "U0BOT", None, ""), "xoxb-1"),
            logger=observe.bolt_logger(),
            request_verification_enabled=False,
        )
        hooks = {webhooks.GITHUB: webhooks.github(SECRET, self._take)}
        self.server = web.listening(web.Web(bolt, None, lambda: True, hooks), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.effective_port}"

    def _take(self, event: str, delivery: str, payload: Any) -> bool:
        self.heard.append((event, delivery, payload))
        return event != "ping"


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with running(made), closing(made.server):  # type: ignore[arg-type]  # all it needs is the server
        yield made


def said(
    body: bytes, secret: str = SECRET, event: str = "pull_request", delivery: str = "72d3162e-cc78"
) -> dict[str, str]:
    return {
        "X-GitHub-Event": event,
        "X-GitHub-Delivery": delivery,
        "X-Hub-Signature-256": "sha256="
        + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(),
        "Content-Type": "application/json",
    }


def post(site: Site, body: bytes, headers: dict[str, str], path: str = webhooks.GITHUB) -> int:
    return httpx.post(f"{site.url}{path}", content=body, headers=headers).status_code


def test_a_signed_delivery_is_heard_and_answered_at_once(site: Site) -> None:
    body = json.dumps(PAYLOAD).encode()
    assert post(site, body, said(body)) == 202
    assert post(site, body, said(body, event="ping", delivery="2")) == 200
    assert site.heard == [
        ("pull_request", "72d3162e-cc78", PAYLOAD),
        ("ping", "2", PAYLOAD),
    ]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 401),
        (b"{}", said(b"{}", secret="another"), 401),
        (b"{} ", said(b"{}"), 401),
        (b"not json", said(b"another secret", secret="another"), 401),
        (b"not json", said(b"not json"), 400),
        (b"[" * 100_000, said(b"[" * 100_000), 400),
        (b"{}", said(b"{}", delivery="a b"), 400),
        (b"{}", said(b"{}", delivery="x" * 65), 400),
        (b"{}", said(b"{}", event=""), 400),
        (b"{}", said(b"{}", event="x" * 41), 400),
    ],
)
def test_what_is_not_signed_or_makes_no_sense_goes_no_further(
    site: Site, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert post(site, body, headers) == status
    assert site.heard == []


def test_what_is_too_long_is_refused_unread(site: Site) -> None:
    body = b" " * (webhooks.LONGEST + 1)
    assert post(site, body, said(body)) == 413
    assert site.heard == []


def test_there_is_nothing_else_to_be_met(site: Site) -> None:
    assert httpx.get(f"{site.url}{webhooks.GITHUB}").status_code == 405
    assert post(site, b"{}", said(b"{}"), "/webhooks/other") == 404
    assert post(site, b"{}", said(b"{}"), web.EVENTS) == 404, "Slack comes over a socket here"
    assert httpx.get(f"{site.url}/healthz").status_code == 200
