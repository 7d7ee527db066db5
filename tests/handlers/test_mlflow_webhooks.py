"""What MLflow says over HTTP: who is heard, how long ago it may have been said, what gets in."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from bot.sources.mlflow.hooks import TOLERANCE, Touched
from handlers import webhooks
from tests.handlers.hooked import Site, said_by_mlflow
from tests.handlers.test_web import running
from tests.support.clock import T0

SET = {
    "entity": "model_version_alias",
    "action": "created",
    "timestamp": "2026-11-23T10:00:00+00:00",
    "data": {"name": "ranker", "alias": "production", "version": "3"},
}
SECRET = "hush"


@dataclass
class Heard:
    """What was taken: each delivery once."""

    said: list[tuple[str, Touched]] = field(default_factory=list)

    def take(self, delivery: str, about: Touched) -> bool:
        is_new = all(delivery != one for one, _ in self.said)
        self.said += [(delivery, about)] if is_new else []
        return is_new


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def site(heard: Heard) -> Iterator[Site]:
    hook = webhooks.mlflow(SECRET, heard.take, lambda: T0)
    made = Site(hook=hook, path=webhooks.MLFLOW)
    with running(made):
        yield made


def post(site: Site, body: bytes, headers: dict[str, str]) -> int:
    where = f"{site.url}{webhooks.MLFLOW}"
    return httpx.post(where, content=body, headers=headers).status_code


def signed(body: bytes, **more: str) -> dict[str, str]:
    return said_by_mlflow(body, T0, **({"secret": SECRET} | more))


def test_e6_a_signed_delivery_is_heard_once_and_answered_at_once(site: Site, heard: Heard) -> None:
    body = json.dumps(SET).encode()
    began = time.monotonic()
    assert post(site, body, signed(body)) == 202
    assert time.monotonic() - began < 5
    assert post(site, body, signed(body)) == 200, "the same again"
    assert heard.said == [("72d3162e-cc78", Touched("ranker", "3", "production"))]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        (
            {"action": "deleted", "data": {"name": "ranker", "alias": "x"}},
            Touched("ranker", "", "x"),
        ),
        (
            {"entity": "model_version", "data": {"name": "ranker", "version": "3"}},
            Touched("ranker"),
        ),
        ({"entity": "registered_model", "data": {"name": "ranker"}}, Touched("ranker")),
        ({"entity": "model_version_tag", "data": {"name": 7}}, Touched("7")),
        ({"data": ["odd"]}, Touched("")),
        ({"entity": "prompt_alias"}, None),
        ({"entity": "budget_policy"}, None),
        ({"entity": None}, None),
    ],
)
def test_what_is_about_models_leads_to_a_look_and_the_rest_to_nothing(
    site: Site, heard: Heard, change: dict[str, object], about: Touched | None
) -> None:
    body = json.dumps(SET | change).encode()
    assert post(site, body, signed(body)) == (202 if about else 200)
    assert [one for _, one in heard.said] == ([about] if about else [])


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 401),
        (b"{}", signed(b"{}", secret="another"), 401),
        (b"{} ", signed(b"{}"), 401),
        (b"{}", signed(b"{}") | {"X-MLflow-Delivery-Id": "2"}, 401),
        (b"{}", signed(b"{}") | {"X-MLflow-Timestamp": "1"}, 401),
        (b"{}", signed(b"{}") | {"X-MLflow-Timestamp": "1" * 40}, 401),
        (b"{}", signed(b"{}", delivery="a b"), 401),
        (b"{}", signed(b"{}", delivery="x" * 65), 401),
        (b"{}", signed(b"{}") | {"X-MLflow-Signature": "v1," + "A" * 43 + "="}, 401),
        (b"{}", signed(b"{}") | {"X-MLflow-Signature": "v2" + "é" * 40}, 401),
        (b"not json", signed(b"another", secret="another"), 401),
        (b"not json", signed(b"not json"), 400),
        (b"[" * 60_000, signed(b"[" * 60_000), 400),
        (b"7", signed(b"7"), 200),
    ],
)
def test_e6_what_is_not_signed_or_makes_no_sense_goes_no_further(
    site: Site, heard: Heard, body: bytes, headers: dict[str, str], status: int
) -> None:
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    where = f"{site.url}{webhooks.MLFLOW}"
    assert httpx.post(where, content=body, headers=told).status_code == status
    assert heard.said == []


@pytest.mark.parametrize(
    ("apart", "status"),
    [
        (timedelta(), 202),
        (TOLERANCE, 202),
        (-TOLERANCE, 202),
        (TOLERANCE + timedelta(seconds=1), 401),
        (-TOLERANCE - timedelta(seconds=1), 401),
        (timedelta(days=30_000), 401),
    ],
)
def test_e6_what_was_said_long_ago_may_be_said_by_a_stranger(
    site: Site, heard: Heard, apart: timedelta, status: int
) -> None:
    body = json.dumps(SET).encode()
    assert post(site, body, said_by_mlflow(body, T0 + apart, SECRET)) == status
    assert len(heard.said) == (status == 202)


@pytest.mark.parametrize("length", [webhooks.LONGEST_OF_MLFLOW, webhooks.LONGEST])
def test_what_is_too_long_is_refused_unread(site: Site, heard: Heard, length: int) -> None:
    body = b" " * (length + 1)
    assert post(site, body, signed(body)) == 413
    assert heard.said == []
