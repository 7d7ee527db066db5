"""Whatever goes wrong at a server is told as a trouble: never an exception, never a secret."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import Limits, replies, web
from bot.sources.base import Ref, Source, Trouble, Why
from bot.sources.credentials import Fixed, bearer
from bot.sources.links import Server
from bot.sources.web import Tools
from tests.sources.answering import Answer, Asked, Script, always, answering
from tests.sources.support import (
    KEY,
    PASSWORD,
    TOKEN,
    Clock,
    Memory,
    github,
    mlflow,
    rest,
    source,
    wandb,
)
from tests.support.clock import T0
from tests.support.evidence import PULL

RUN = "b" * 32


@dataclass(frozen=True, slots=True)
class Case:
    """A source, and a link to something there."""

    name: str
    made: Callable[..., Source]
    path: str

    def open(self, url: str, **more: Any) -> tuple[Source, Ref]:
        there = self.made(url, **more)
        ref = there.recognises(url + self.path)
        assert ref
        return there, ref


CASES = [
    Case("graphql", github, "/acme/churn/pull/7"),
    Case("rest", rest, "/acme/churn/pull/7"),
    Case("mlflow", mlflow, f"/#/experiments/1/runs/{RUN}"),
    Case("wandb", wandb, "/acme/churn/runs/ab12"),
]
each_source = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def looked(case: Case, script: Script) -> tuple[Trouble, int]:
    """What a look at such a server gives, and how often it was asked."""
    with answering(script) as server:
        there, ref = case.open(server.url)
        seen = there.fetch([ref])
        there.close()
        assert set(seen) == {ref}
        trouble = seen[ref]
        assert isinstance(trouble, Trouble)
        for secret in (TOKEN, PASSWORD, KEY, "Basic ", "sensitive"):
            assert secret not in repr(trouble)
        return trouble, len(server.asked)


FAULTS = [
    (Answer(401, {"message": "sensitive"}), Why.UNAUTHORISED, 1),
    (Answer(403, {"message": "sensitive"}), Why.FORBIDDEN, 2),
    (Answer(451, {}), Why.FORBIDDEN, 2),
    (Answer(404, {"error_code": "RESOURCE_DOES_NOT_EXIST"}), Why.NOT_FOUND, 2),
    (Answer(429, {}), Why.RATE_LIMITED, 1),
    (Answer(500, b"sensitive"), Why.AWAY, 6),
    (Answer(502, b"<html>"), Why.AWAY, 6),
    (Answer(503, b"", {"Retry-After": "3600"}), Why.AWAY, 2),
    (Answer(599, b""), Why.AWAY, 2),
    (Answer(418, b""), Why.GARBAGE, 2),
    (Answer(304, b""), Why.GARBAGE, 2),
    (Answer(200, b"<html><body>sign in"), Why.GARBAGE, 2),
    (Answer(200, b""), Why.GARBAGE, 2),
    (Answer(200, b"{"), Why.GARBAGE, 2),
    (Answer(200, b"[" * 100_000), Why.GARBAGE, 2),
    (Answer(200, b"\xff\xfe\x00"), Why.GARBAGE, 2),
    (Answer(200, b"1" * 5_000), Why.GARBAGE, 2),
    (Answer(200, [1, "two", None]), Why.GARBAGE, 2),
    (Answer(200, b"not gzip", {"Content-Encoding": "gzip"}), Why.GARBAGE, 2),
    (Answer(302, b"", {"Location": "https://evil.tld/acme"}), Why.GARBAGE, 2),
    (Answer(301, b"", {"Location": "//evil.tld/"}), Why.GARBAGE, 2),
    (Answer(307, b"", {"Location": "http://[/"}), Why.GARBAGE, 2),
    (Answer(307, b"", {"Location": "file:///etc/passwd"}), Why.GARBAGE, 2),
    (Answer(302, b""), Why.GARBAGE, 8),
    (None, Why.AWAY, 3),
]


@each_source
@pytest.mark.parametrize(("answer", "why", "most"), FAULTS, ids=lambda fault: str(fault)[:40])
def test_a_fault_is_told(case: Case, answer: Answer | None, why: Why, most: int) -> None:
    trouble, asked = looked(case, always(answer))
    assert trouble.why is why
    assert 1 <= asked <= most


@each_source
def test_nobody_answers(case: Case) -> None:
    there, ref = case.open("http://127.0.0.1:1")
    assert there.fetch([ref])[ref] == Trouble(Why.AWAY, detail="Nobody answers at its address.")
    assert there.answers() == Trouble(Why.AWAY, detail="Nobody answers at its address.")


@contextmanager
def silent() -> Iterator[str]:
    """A server that takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def dripping() -> Iterator[str]:
    """A server whose answer comes letter by letter."""
    stopped = threading.Event()

    def drip(listener: socket.socket) -> None:
        while not stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4_096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not stopped.wait(0.02):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        break

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)
        thread = threading.Thread(target=drip, args=[listener], daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        stopped.set()
    thread.join()


@each_source
def test_one_that_says_nothing(case: Case) -> None:
    with silent() as url:
        there, ref = case.open(url, limits=Limits(silence=0.2))
        assert there.fetch([ref])[ref] == Trouble(Why.AWAY, detail="It does not answer in time.")
        there.close()


@each_source
def test_one_that_never_comes_to_an_end(case: Case) -> None:
    with dripping() as url:
        there, ref = case.open(url, limits=Limits(reply=0.2))
        assert there.fetch([ref])[ref] == Trouble(Why.AWAY, detail="Its answer comes too slowly.")
        there.close()


LIMITS: list[tuple[Answer, timedelta]] = [
    (Answer(429, {}, {"Retry-After": "120"}), timedelta(seconds=120)),
    (Answer(403, {}, {"Retry-After": "120"}), timedelta(seconds=120)),
    (Answer(429, {}, {"Retry-After": "Mon, 23 Nov 2026 10:10:00 GMT"}), timedelta(minutes=10)),
    (Answer(429, {}, {"Retry-After": "soon"}), timedelta(minutes=1)),
    (Answer(429, {}, {"Retry-After": "9" * 12}), timedelta(days=1)),
    (Answer(429, {}), timedelta(minutes=1)),
    (Answer(403, {"message": "You have exceeded a secondary rate limit."}), timedelta(minutes=1)),
    (
        Answer(
            403,
            {},
            {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": str(int((T0 + timedelta(minutes=7)).timestamp())),
            },
        ),
        timedelta(minutes=7),
    ),
    (
        Answer(403, {}, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "soon"}),
        timedelta(minutes=1),
    ),
]


@each_source
@pytest.mark.parametrize(("answer", "wait"), LIMITS, ids=lambda value: str(value)[:60])
def test_a_server_that_has_had_enough_is_left_alone_until_it_said(
    case: Case, answer: Answer, wait: timedelta
) -> None:
    clock = Clock()
    with answering(always(answer)) as server:
        there, ref = case.open(server.url, clock=clock)
        told = Trouble(Why.RATE_LIMITED, T0 + wait)
        assert there.fetch([ref])[ref] == told
        assert there.fetch([ref])[ref] == told
        assert len(server.asked) == 1
        clock.now = T0 + wait
        there.fetch([ref])
        assert len(server.asked) > 1
        there.close()


@each_source
def test_a_short_wait_is_waited_and_all_is_well(case: Case) -> None:
    """Two refusals of a second each, then an answer; pauses are left out in tests."""
    refusals = iter([Answer(429, {}, {"Retry-After": "1"}), Answer(503, b"")])
    with answering(lambda _: next(refusals, Answer(401, {}))) as server:
        there, ref = case.open(server.url)
        assert there.fetch([ref])[ref] == Trouble(Why.UNAUTHORISED)
        assert len(server.asked) == 3
        there.close()


@each_source
def test_a_server_that_is_away_is_not_asked_for_each(case: Case) -> None:
    with answering(always(None)) as server:
        there, _ = case.open(server.url)
        refs = [there.recognises(server.url + case.path + str(number)) for number in range(1, 8)]
        seen = there.fetch([ref for ref in refs if ref])
        assert len(seen) == 7
        assert {trouble.why for trouble in seen.values() if isinstance(trouble, Trouble)} == {
            Why.AWAY
        }
        assert len(server.asked) == Limits().attempts
        there.close()


@each_source
def test_a_link_to_elsewhere_is_never_called(case: Case) -> None:
    """Also one that was recognised once, under other settings, or that somebody made up."""
    with answering(always(Answer(500))) as server, answering(always(Answer(500))) as other:
        there, ref = case.open(server.url)
        strange = replace(ref, url=ref.url.replace(server.url, other.url))
        seen = there.fetch([strange])[strange]
        assert isinstance(seen, Trouble)
        assert seen.why is Why.NOT_FOUND
        assert server.asked == other.asked == []
        there.close()


@each_source
@pytest.mark.parametrize("status", sorted(web.REDIRECTS))
def test_a_redirect_to_another_address_is_not_followed(case: Case, status: int) -> None:
    with answering(always(Answer(200, {}))) as other:
        trouble, _ = looked(case, always(Answer(status, b"", {"Location": f"{other.url}/a"})))
        assert trouble.why is Why.GARBAGE
        assert "another address" in trouble.detail
        assert other.asked == []


@each_source
@pytest.mark.parametrize("bomb", [False, True])
def test_a_huge_answer_is_not_read_to_its_end(case: Case, bomb: bool) -> None:
    body = b'"' + b" " * web.LARGEST + b'"'
    packed = Answer(200, gzip.compress(body), {"Content-Encoding": "gzip"})
    trouble, _ = looked(case, always(packed if bomb else Answer(200, body)))
    assert trouble == Trouble(Why.GARBAGE, detail="It answers with more than 8 MB.")


def test_a_renamed_repository_is_found() -> None:
    with answering(moved) as server:
        there, ref = CASES[1].open(server.url)
        assert there.fetch([ref])[ref] == Trouble(Why.FORBIDDEN)
        assert [asked.path for asked in server.asked] == [
            "/repos/acme/churn/pulls/7",
            "/repositories/1/pulls/7",
        ]
        there.close()


def moved(asked: Asked) -> Answer:
    if asked.path.startswith("/repos/"):
        return Answer(301, {}, {"Location": "/repositories/1/pulls/7"})
    return Answer(403, {})


@each_source
def test_the_budget_of_a_pass_is_kept(case: Case) -> None:
    with answering(always(Answer(418))) as server:
        there, _ = case.open(server.url, limits=Limits(budget=5))
        refs = [there.recognises(server.url + case.path + str(number)) for number in range(1, 30)]
        seen = there.fetch([ref for ref in refs if ref])
        assert len(seen) == 29
        assert len(server.asked) <= 5
        troubles = [told for told in seen.values() if isinstance(told, Trouble)]
        left = sum(told.is_postponed for told in troubles)
        assert left == {"graphql": 0, "rest": 24, "mlflow": 25, "wandb": 25}[case.name]
        there.close()


NAMES = """
    data p0 pullRequest errors path type number head sha headRefOid reviews nodes state commits
    commit statusCheckRollup contexts runs run info run_id metrics key value base repo user login
    check_runs statuses experiment end_time updated_at message resources core remaining limit
    r0 run name viewer username config summaryMetrics edges node tags aliases runs
"""
bodies = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=6)
    ),
    max_leaves=25,
)


@each_source
def test_no_json_breaks_a_source(case: Case) -> None:
    with answering(always(None)) as server:
        there, ref = case.open(server.url)

        @given(body=bodies)
        def holds(body: Any) -> None:
            server.script = always(Answer(200, body))
            assert set(there.fetch([ref])) == {ref}
            assert set(there.fetch([ref], {ref: PULL})) <= {ref}
            assert isinstance(there.answers(), str | Trouble)

        holds()
        there.close()


def test_an_answer_that_has_not_changed_is_not_sent_again() -> None:
    etags, sent = Memory(), json.dumps([{"number": 7}]).encode()

    def script(asked: Asked) -> Answer:
        if asked.headers.get("if-none-match") == 'W/"1"':
            return Answer(304)
        return Answer(200, sent, {"ETag": 'W/"1"'})

    with answering(script) as server:
        for token in (TOKEN, TOKEN, "github_pat_other"):
            known = Fixed(bearer(token))
            there = Tools(Clock(), etags).web(Server.at(server.url), known, keeps=True)
            assert there.visit().get("/repos/acme/churn/pulls").json() == [{"number": 7}]
            there.close()
    asked_with = ["if-none-match" in asked.headers for asked in server.asked]
    assert asked_with == [False, True, False], "nobody is shown what another was told"
    assert not any(TOKEN in key for key in etags.kept)


def test_nonsense_is_not_kept() -> None:
    etags = Memory()
    with answering(always(Answer(200, b"<html>", {"ETag": '"1"'}))) as server:
        there = github(server.url, etags)
        assert isinstance(there.answers(), Trouble)
        there.close()
    assert etags.kept == {}


def test_the_credentials_go_to_the_server_and_show_nowhere() -> None:
    with answering(always(Answer(401, {}))) as server:
        for there in (github(server.url), mlflow(server.url)):
            assert there.answers() == Trouble(Why.UNAUTHORISED)
            assert TOKEN not in repr(there) + repr(vars(there))
            assert PASSWORD not in repr(there) + repr(vars(there))
            there.close()
        bearer = source(mlflow_tracking_uri=server.url, mlflow_tracking_token="eyJh")
        bearer.answers()
        bearer.close()
    said = [asked.headers["authorization"] for asked in server.asked]
    assert said == [f"Bearer {TOKEN}", "Basic Y2hhcnRlcjpodW50ZXIyLXNlY3JldA==", "Bearer eyJh"]
    assert {asked.headers["user-agent"] for asked in server.asked} == {"Charter"}


def test_a_wait_is_never_reckoned_from_nonsense() -> None:
    for said in ("-5", "1e9", "٣", "Mon, 99 Nov 2026", "9" * 400):
        reply = replies.Reply(429, "", {"retry-after": said})
        assert replies._asked_wait(reply, datetime(2026, 11, 23, tzinfo=UTC)) is None
