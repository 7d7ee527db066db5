"""What others say over HTTP: who is heard, how fast they are answered, and what never gets in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from handlers import web, webhooks
from tests.handlers.hooked import Site, said
from tests.handlers.test_web import running

PAYLOAD = {"action": "opened", "repository": {"full_name": "acme/churn"}}


@dataclass
class Heard:
    """What was taken."""

    said: list[tuple[str, str, Any]] = field(default_factory=list)

    def take(self, event: str, delivery: str, payload: Any) -> bool:
        self.said.append((event, delivery, payload))
        return event != "ping"


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def site(heard: Heard) -> Iterator[Site]:
    made = Site(heard.take)
    with running(made):
        yield made


def post(site: Site, body: bytes, headers: dict[str, str], path: str = webhooks.GITHUB) -> int:
    return httpx.post(f"{site.url}{path}", content=body, headers=headers).status_code


def test_a_signed_delivery_is_heard_and_answered_at_once(site: Site, heard: Heard) -> None:
    body = json.dumps(PAYLOAD).encode()
    assert post(site, body, said(body)) == 202
    assert post(site, body, said(body, event="ping", delivery="2")) == 200
    assert heard.said == [
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
    site: Site, heard: Heard, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert post(site, body, headers) == status
    assert heard.said == []


def test_what_is_too_long_is_refused_unread(site: Site, heard: Heard) -> None:
    body = b" " * (webhooks.LONGEST + 1)
    assert post(site, body, said(body)) == 413
    assert heard.said == []


def test_there_is_nothing_else_to_be_met(site: Site) -> None:
    assert httpx.get(f"{site.url}{webhooks.GITHUB}").status_code == 405
    assert post(site, b"{}", said(b"{}"), "/webhooks/other") == 404
    assert post(site, b"{}", said(b"{}"), web.EVENTS) == 404, "Slack comes over a socket here"
    assert httpx.get(f"{site.url}/healthz").status_code == 200
