"""Whatever goes wrong at a server is told as a trouble: never an exception, never a secret."""

import gzip
import json
import socket
import threading
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

import pytest

from bot.sources import Limits, replies, unpacking, web
from bot.sources.base import Changes, Trouble, Why
from bot.sources.budget import Allowance, Budgets
from bot.sources.credentials import Fixed, bearer
from bot.sources.links import Server
from bot.sources.web import Tools
from tests.sources.answering import Answer, Asked, Script, always, answering
from tests.sources.cases import BEFORE, CASES, FLOWING, INSTALLED, Case
from tests.sources.notion_server import SECRET
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
)
from tests.support.clock import T0

each_source = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
each_flowing = pytest.mark.parametrize("case", FLOWING, ids=lambda case: case.name)
SECRETS = (TOKEN, PASSWORD, KEY, SECRET, INSTALLED, "Basic ", "sensitive")


def looked(case: Case, script: Script) -> tuple[Trouble, int]:
    """What a look at such a server gives, and how often it was asked."""
    with answering(script) as server:
        there, ref = case.open(server.url)
        seen = there.fetch([ref])
        there.close()
        assert set(seen) == {ref}
        trouble = seen[ref]
        assert isinstance(trouble, Trouble)
        assert not any(secret in repr(trouble) for secret in SECRETS)
        return trouble, len(server.asked)


FAULTS = [
    (Answer(401, {"message": "sensitive"}), Why.UNAUTHORISED, 1),
    (Answer(403, {"message": "sensitive"}), Why.FORBIDDEN, 2),
    (Answer(451, {}), Why.FORBIDDEN, 2),
    (Answer(404, {"error_code": "RESOURCE_DOES_NOT_EXIST", "object": "error"}), Why.NOT_FOUND, 2),
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
    (Answer(200, gzip.compress(b"{}")[:-12], {"Content-Encoding": "gzip"}), Why.GARBAGE, 2),
    (Answer(200, b"{}", {"Content-Encoding": "br"}), Why.GARBAGE, 2),
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


@each_flowing
@pytest.mark.parametrize(("answer", "why", "most"), FAULTS, ids=lambda fault: str(fault)[:40])
def test_a_fault_while_asked_what_changed_is_told_and_the_next_look_begins_there_again(
    case: Case, answer: Answer | None, why: Why, most: int
) -> None:
    with answering(always(answer)) as server:
        there, _ = case.open(server.url)
        told = there.changed(case.stream(there, server.url), BEFORE)
        there.close()
        assert (dict(told.seen), told.until) == ({}, BEFORE)
        assert told.trouble is not None
        assert told.trouble.why is why
        assert not any(secret in repr(told) for secret in SECRETS)
        assert 1 <= len(server.asked) <= most


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
        trouble = Trouble(Why.AWAY, detail="It does not answer in time.")
        assert there.fetch([ref])[ref] == trouble
        if case.flows:
            assert there.changed(case.stream(there, url), BEFORE) == Changes({}, BEFORE, trouble)
        there.close()


@each_source
def test_one_that_never_comes_to_an_end(case: Case) -> None:
    with dripping() as url:
        there, ref = case.open(url, limits=Limits(reply=0.2))
        trouble = Trouble(Why.AWAY, detail="Its answer comes too slowly.")
        assert there.fetch([ref])[ref] == trouble
        if case.flows:
            assert there.changed(case.stream(there, url), BEFORE) == Changes({}, BEFORE, trouble)
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
        seen = there.fetch(case.refs(there, server.url, 7))
        assert len(seen) == 7
        assert {trouble.why for trouble in seen.values() if isinstance(trouble, Trouble)} == {
            Why.AWAY
        }
        assert len(server.asked) == Limits().attempts
        there.close()


@each_source
def test_edge_66_a_link_to_elsewhere_is_never_called(case: Case) -> None:
    """Also one that was recognised once, under other settings, or that somebody made up."""
    with answering(always(Answer(500))) as server, answering(always(Answer(500))) as other:
        there, ref = case.open(server.url)
        strange = replace(ref, url=other.url + urlsplit(ref.url).path)
        seen = there.fetch([strange])[strange]
        assert isinstance(seen, Trouble)
        assert seen.why is Why.NOT_FOUND
        assert server.asked == other.asked == []
        there.close()


@each_source
@pytest.mark.parametrize("status", sorted(web.REDIRECTS))
def test_edge_66_a_redirect_to_another_address_is_not_followed(case: Case, status: int) -> None:
    with answering(always(Answer(200, {}))) as other:
        trouble, _ = looked(case, always(Answer(status, b"", {"Location": f"{other.url}/a"})))
        assert trouble.why is Why.GARBAGE
        assert "another address" in trouble.detail
        assert other.asked == []


HUGE = 50 * 1024 * 1024


@cache
def huge(packed: bool) -> Answer:
    body = b'"' + b" " * HUGE + b'"'
    about = {"Content-Encoding": "gzip"}
    return Answer(200, gzip.compress(body), about) if packed else Answer(200, body)


@each_source
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_of_50_mb_is_not_read_to_its_end(case: Case, packed: bool) -> None:
    """Nor is more of it held than what is read."""
    script = always(huge(packed))
    tracemalloc.start()
    try:
        trouble, asked = looked(case, script)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert trouble == Trouble(Why.GARBAGE, detail="It answers with more than 8 MB.")
    assert asked <= 2
    assert most < 2.5 * web.LARGEST


def test_an_answer_that_comes_packed_is_read_whole() -> None:
    body = json.dumps({"resources": {"core": {"limit": 5000, "remaining": 12}}}).encode()
    padded = gzip.compress(body + b" " * 3 * unpacking.PIECE)
    with answering(always(Answer(200, padded, {"Content-Encoding": "gzip"}))) as server:
        there = rest(server.url)
        assert there.answers() == "12 of 5,000 requests left this hour"
        assert server.asked[0].headers["accept-encoding"] == "gzip"
        there.close()


def test_a_renamed_repository_is_found() -> None:
    with answering(moved) as server:
        there = rest(server.url)
        ref = there.recognises(f"{server.url}/acme/churn/pull/7")
        assert ref
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
        seen = there.fetch(case.refs(there, server.url, 29))
        assert len(seen) == 29
        assert len(server.asked) <= 5
        troubles = [told for told in seen.values() if isinstance(told, Trouble)]
        left = sum(told.is_postponed for told in troubles)
        one_by_one = {"rest": 24, "mlflow": 25, "wandb": 25, "notion": 24}
        assert left == one_by_one.get(case.name, 0)
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
            tools = Tools(clock := Clock(), Budgets(clock, Allowance()), etags)
            there = tools.web(Server.at(server.url), known, keeps=True)
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
