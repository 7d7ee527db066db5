"""What GitHub says by itself, read from every payload that GitHub was once recorded sending."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.github.hooks import Touched, is_signed, touched
from tests.support.servers import HOOKS, found

SECRET = "It's a Secret to Everybody"
COMMIT = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
REPO = {"full_name": "Acme/Churn"}


@pytest.fixture(scope="module")
def recorded() -> list[tuple[str, Any]]:
    told = json.loads(Path(found(HOOKS)).read_text(encoding="utf-8"))
    return [(event["name"], payload) for event in told for payload in event["examples"]]


@pytest.mark.server
def test_every_recorded_delivery_is_taken_or_left_without_an_error(
    recorded: list[tuple[str, Any]],
) -> None:
    assert len(recorded) == 329
    taken = {event for event, payload in recorded if touched(event, payload)}
    assert taken == {
        "check_run",
        "check_suite",
        "issues",
        "merge_group",
        "pull_request",
        "pull_request_review",
        "pull_request_review_comment",
        "pull_request_review_thread",
        "push",
        "repository",
        "status",
        "workflow_job",
        "workflow_run",
    }
    for event, payload in recorded:
        if event.startswith("pull_request"):
            found = touched(event, payload)
            assert found
            assert found.repo == payload["repository"]["full_name"].lower()
            assert found.numbers == {payload["pull_request"]["number"]}


@pytest.mark.parametrize(
    ("event", "payload", "found"),
    [
        ("pull_request", {"pull_request": {"number": 7}}, Touched("acme/churn", frozenset({7}))),
        ("issue_comment", {"issue": {"number": 7}}, None),
        (
            "issue_comment",
            {"issue": {"number": 7, "pull_request": {}}},
            None,
        ),
        (
            "issue_comment",
            {"issue": {"number": 7, "pull_request": {"url": "x"}}},
            Touched("acme/churn", frozenset({7})),
        ),
        (
            "check_suite",
            {"check_suite": {"head_sha": COMMIT, "pull_requests": []}},
            Touched("acme/churn", commits=frozenset({COMMIT})),
        ),
        (
            "check_run",
            {"check_run": {"head_sha": COMMIT, "pull_requests": [{"number": 3}, {"number": "4"}]}},
            Touched("acme/churn", frozenset({3}), frozenset({COMMIT})),
        ),
        ("status", {"sha": COMMIT}, Touched("acme/churn", commits=frozenset({COMMIT}))),
        (
            "push",
            {"before": "0" * 40, "after": COMMIT},
            Touched("acme/churn", commits=frozenset({COMMIT})),
        ),
        ("push", {"before": "0" * 40, "after": "0" * 40}, None),
        ("repository", {"action": "privatized"}, Touched("acme/churn", whole=True, hidden=True)),
        (
            "repository",
            {"action": "renamed", "changes": {"repository": {"name": {"from": "Old"}}}},
            Touched("acme/churn", whole=True, was="acme/old"),
        ),
        (
            "repository",
            {"action": "transferred", "changes": {"owner": {"from": {"user": {"login": "Bea"}}}}},
            Touched("acme/churn", whole=True, was="bea/churn"),
        ),
        (
            "repository",
            {"action": "renamed", "changes": {"repository": {"name": {"from": "../x"}}}},
            Touched("acme/churn", whole=True),
        ),
        ("repository", {"action": "edited"}, None),
        ("star", {"action": "created"}, None),
        ("ping", {"zen": "Keep it logically awesome."}, None),
    ],
)
def test_it_tells_what_a_delivery_is_about(
    event: str, payload: dict[str, Any], found: Touched | None
) -> None:
    assert touched(event, {"repository": REPO, **payload}) == found


def test_what_names_no_repository_is_about_nothing() -> None:
    for name in ("", "acme", "acme/../x", "acme/churn/x", 7, None, "a" * 300 + "/b"):
        about = {"repository": {"full_name": name}, "pull_request": {"number": 7}}
        assert touched("pull_request", about) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["repository", "full_name", "pull_request", "number", "issue", "check_run", "sha"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(["pull_request", "check_run", "status", "push", "repository", "x"]), JSON)
def test_nonsense_is_about_nothing_and_breaks_nothing(event: str, payload: Any) -> None:
    found = touched(event, payload)
    assert found is None or found.repo


def test_a_signature_is_of_the_very_bytes() -> None:
    body = b'{"zen": "Anything added dilutes everything else."}'
    good = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert is_signed(SECRET, body, good)
    # GitHub's own example of a signature.
    known = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert is_signed(SECRET, b"Hello, World!", known)
    for wrong in ("", good.upper(), good[:-1], "sha1=" + good[7:47], good + "\n", good + "é"):
        assert not is_signed(SECRET, body, wrong)
    assert not is_signed(SECRET, body + b" ", good)
    assert not is_signed("another", body, good)
