"""No answer that is JSON breaks a source, whatever stands in it.

A good answer is taken, and each value in it is put odd, one after another: of another type, a word
that nobody knows, nothing at all. Then several at once, and answers that nobody would give. No
socket comes into it: how answers arrive is looked at in test_trouble.py.

    make test ARGS="tests/sources/test_odd_answers.py --hypothesis-profile=thorough"
"""

import json
import math
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from httpx import ByteStream
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import web
from bot.sources.base import Changes, Page, PullRequest, Ref, Run, Source, Trouble
from tests.sources.answering import Answer, Asked, Script
from tests.sources.cases import BEFORE, CASES, Case, Pulls, Runs
from tests.sources.notion_server import Space
from tests.sources.wandb_server import Cloud
from tests.support.evidence import PULL

URL = "http://127.0.0.1:9"
ODD: list[Any] = [None, True, -1, math.inf, "odd", [], {}, [7], {"nodes": 7}]
FEWER = settings(max_examples=max(10, settings.default.max_examples // 3))  # type: ignore[union-attr]  # there is a default profile
each_source = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


class Straight(httpx.BaseTransport):
    """From the client into the stand-in, without a network; it can put an answer odd on the way.

    `told` are the answers of the kind that was asked for, by method and path.
    """

    def __init__(self) -> None:
        self.script: Script = lambda _: None
        self.told: dict[tuple[str, str], Any] = {}
        self.instead: Mapping[tuple[str, str], Any] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0]
        key = request.method, path
        if key in self.instead:
            return httpx.Response(200, stream=ByteStream(json.dumps(self.instead[key]).encode()))
        headers = {name.lower(): value for name, value in request.headers.items()}
        query = parse_qs(request.url.query.decode())
        answer = self.script(Asked(request.method, path, query, headers, request.read()))
        assert answer
        if answer.status < 300 and not isinstance(answer.body, bytes):
            self.told.setdefault(key, deepcopy(answer.body))
        sent = ByteStream(answer.bytes())
        return httpx.Response(answer.status, headers=dict(answer.headers), stream=sent)


@pytest.fixture
def straight(monkeypatch: pytest.MonkeyPatch) -> Straight:
    made = Straight()
    monkeypatch.setattr(web, "client", lambda _: httpx.Client(transport=made))
    return made


def with_one_thing(case: Case) -> Script:
    """What answers well, with the first of its three things alone."""
    script = case.stands_in()
    match script:
        case Pulls() | Runs():
            first = next(iter(script.moved))
            script.moved = {first: script.moved[first]}  # type: ignore[assignment, index]  # by numbers here, by ids there
        case Cloud():
            script.projects["acme", "churn"] = {"r1": script.projects["acme", "churn"]["r1"]}
        case Space():
            pass
    return script


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where something stands in an answer; of a list the first entry."""
    if at:
        yield at
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*at, name))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*at, 0))


def put(value: Any, at: tuple[str | int, ...], odd: Any) -> Any:
    """The same answer with something else in one place, if that is still there."""
    if not at:
        return odd
    if isinstance(value, dict) and at[0] in value:
        return value | {at[0]: put(value[at[0]], at[1:], odd)}
    if isinstance(value, list) and value:
        return [put(value[0], at[1:], odd), *value[1:]]
    return value


def found(value: Any, at: tuple[str | int, ...]) -> Any:
    for name in at:
        value = value[name]
    return value


def other_than(value: Any) -> list[Any]:
    """Nothing, a word, a number, and a thing of another shape."""
    shape = [7] if isinstance(value, dict) else {"nodes": 7}
    return [None, "odd", math.inf if isinstance(value, str) else -1, shape]


def looks(case: Case, there: Source) -> None:
    """What a source promises, whatever it is answered."""
    ref = case.ref(there, URL)
    seen = there.fetch([ref])
    assert set(seen) == {ref}
    assert isinstance(seen[ref], PullRequest | Run | Page | Trouble)
    if case.flows:
        told = there.changed(case.stream(there, URL), BEFORE)
        assert isinstance(told, Changes)
        assert told.until >= BEFORE
        assert all(isinstance(one, Ref) for one in told.seen)


def holds(case: Case, there: Source) -> None:
    """And what else."""
    looks(case, there)
    ref = case.ref(there, URL)
    assert set(there.fetch([ref], {ref: PULL})) <= {ref}
    assert isinstance(there.answers(), str | Trouble)


def begun(case: Case, straight: Straight) -> Source:
    """The source, once it was answered well."""
    straight.script = with_one_thing(case)
    there = case.made(URL)
    holds(case, there)
    assert straight.told
    return there


@each_source
def test_a_value_that_is_odd_costs_no_more_than_itself(case: Case, straight: Straight) -> None:
    there = begun(case, straight)
    for key, told in list(straight.told.items()):
        if case.name == "app" and not key[1].startswith("/app"):
            continue  # as by any other token
        for at in list(places(told)):
            for odd in other_than(found(told, at)):
                straight.instead = {key: put(told, at, odd)}
                looks(case, case.made(URL) if case.name == "app" else there)
    straight.instead = {}
    holds(case, there)


@each_source
def test_several_that_are_odd_at_once_break_nothing(case: Case, straight: Straight) -> None:
    there = begun(case, straight)
    keys = [key for key, told in straight.told.items() if told]

    @FEWER
    @given(data=st.data())
    def broken(data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(keys))
        told = straight.told[key]
        for at in data.draw(st.lists(st.sampled_from(list(places(told))), min_size=2, max_size=5)):
            told = put(told, at, data.draw(st.sampled_from(ODD) | bodies))
        straight.instead = {key: told}
        holds(case, there)

    broken()


NAMES = """
    data p0 pullRequest errors path type number head sha headRefOid reviews nodes state commits
    commit statusCheckRollup contexts runs run info run_id metrics key value base repo user login
    check_runs statuses experiment end_time updated_at message resources core remaining limit
    r0 run name viewer username config summaryMetrics edges node tags aliases runs object id
    properties title plain_text token expires_at account
"""
bodies = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES.split()), inner, max_size=6)
    ),
    max_leaves=25,
)


@each_source
def test_no_json_breaks_a_source(case: Case, straight: Straight) -> None:
    there = case.made(URL)

    @FEWER
    @given(body=bodies)
    def broken(body: Any) -> None:
        straight.script = lambda _: Answer(200, body)
        holds(case, there)

    broken()


def test_a_moment_at_the_edge_of_time_is_no_reason_to_stop() -> None:
    """Milliseconds and years that no calendar holds."""
    from bot.sources import reading

    for odd in (10**18, -(10**18), "9" * 30, math.inf, math.nan, True, "0001-01-01T00:00:00+14:00"):
        assert reading.milliseconds(odd) is None or isinstance(reading.milliseconds(odd), datetime)
        assert reading.moment(odd) is None
    assert reading.moment("9999-12-31T23:59:59Z") == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
