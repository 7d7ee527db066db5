"""Lists page by page, while pages fail, come twice, are without an end, or move under one's feet:
nothing is missed, and it comes to an end.
"""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from bot.sources.base import Changes, Ref, Repairs, Seen, Trouble, Why
from bot.sources.github import moving
from bot.sources.mlflow import looking as of_mlflow
from bot.sources.wandb import looking as of_wandb
from tests.sources.answering import Answer, Asked, Script, always, answering
from tests.sources.cases import BEFORE, CASES, FLOWING, MOVED, Case, Pulls, Runs, said
from tests.sources.support import Clock
from tests.sources.wandb_server import Cloud
from tests.support.clock import T0

APP = next(case for case in CASES if case.name == "app")
WANDB = next(case for case in CASES if case.name == "wandb")
each_flowing = pytest.mark.parametrize("case", FLOWING, ids=lambda case: case.name)
HOUR = timedelta(hours=1)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two things a page, of which a pass reads no more than ten."""
    monkeypatch.setattr(moving, "PAGE", 2)
    monkeypatch.setattr(of_mlflow, "AT_ONCE", 2)
    monkeypatch.setattr(of_wandb, "PAGE", 2)


BREAKS: list[Answer | None] = [
    Answer(401, {}),
    Answer(403, {}),
    Answer(429, {}),
    Answer(503, b"", {"Retry-After": "60"}),
    Answer(200, b"{"),
    Answer(200, [7]),
    None,
]


def well(seen: dict[Ref, Seen]) -> set[Ref]:
    return {ref for ref, one in seen.items() if not isinstance(one, Trouble)}


@each_flowing
@pytest.mark.parametrize("fault", BREAKS, ids=lambda fault: str(fault)[:40])
@pytest.mark.usefixtures("small_pages")
def test_e6_a_pass_that_breaks_off_anywhere_misses_nothing(
    case: Case, fault: Answer | None
) -> None:
    """It breaks off at the first question, at the second, and so on, until none is left."""
    for works in count():
        clock, stand_in, left = Clock(), case.stands_in(), works

        def script(asked: Asked, stand_in: Script = stand_in) -> Answer | None:
            nonlocal left
            left -= 1
            return stand_in(asked) if left >= 0 else fault

        with answering(script) as server, closing(case.made(server.url, clock=clock)) as there:
            wanted = set(case.refs(there, server.url))
            stream = case.stream(there, server.url)
            first = there.changed(stream, BEFORE)
            broke = left < 0
            left, clock.now = 1_000, clock.now + HOUR
            then = there.changed(stream, first.until)
        assert set(first.seen) <= wanted
        assert first.until >= BEFORE
        assert then.trouble is None
        assert well({**first.seen, **then.seen}) == wanted, f"after {works} answers"
        assert then.until == max(MOVED)
        if not broke:
            assert first.trouble is None
            break
    assert works > 1


def again_and_again(case: Case, asked: Asked) -> Answer:
    """One that gives the same page whatever is asked, and says that there is more."""
    answer = case.stands_in()(asked)
    assert answer
    told: Any = answer.body
    if isinstance(told, dict) and "runs" in told:
        told["next_page_token"] = "2"
    if asked.path == "/graphql" and "project" in (told["data"] or {}) and case.name == "wandb":
        runs = told["data"]["project"].get("runs") or {}
        runs.get("pageInfo", {})["hasNextPage"] = True
    if asked.path.endswith("/issues"):
        older = {key: value for key, value in asked.query.items() if key != "page"}
        return case.stands_in()(replace(asked, query=older)) or answer
    return answer


@each_flowing
@pytest.mark.usefixtures("small_pages")
def test_the_same_page_twice_is_told_once_and_comes_to_an_end(case: Case) -> None:
    with (
        answering(lambda asked: again_and_again(case, asked)) as server,
        closing(case.made(server.url, clock=Clock())) as there,
    ):
        told = there.changed(case.stream(there, server.url), BEFORE)
        refs = case.refs(there, server.url)
        assert set(told.seen) <= set(refs)
        assert well(dict(told.seen)) >= set(refs[:2])
        assert len(server.asked) < 40
        assert there.fetch([*refs, *refs]) == there.fetch(refs)


def test_what_moves_while_it_is_listed_pushes_nothing_off_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first of five moves once the first page was read; then the third begins the second."""
    monkeypatch.setattr(moving, "PAGE", 2)
    pulls = Pulls(graphql=True, moved={n: T0 - timedelta(hours=10 - n) for n in range(1, 6)})

    def script(asked: Asked) -> Answer:
        answer = pulls(asked)
        if asked.path.endswith("/issues"):
            pulls.moved[1] = T0
        return answer

    with answering(script) as server, closing(APP.made(server.url)) as there:
        stream = APP.stream(there, server.url)
        told = there.changed(stream, BEFORE)
        assert {ref.key for ref in told.seen} == {f"acme/churn#{n}" for n in range(1, 6)}
        assert told.until == T0


def test_a_run_that_gives_a_sign_while_they_are_listed_pushes_none_off_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(of_wandb, "PAGE", 2)
    cloud = WANDB.stands_in()
    assert isinstance(cloud, Cloud)
    runs = cloud.projects["acme", "churn"]
    runs["r4"] = runs["r3"] | {"name": "r4", "heartbeatAt": said(MOVED[2] + HOUR / 2)}

    def script(asked: Asked) -> Answer:
        answer = cloud(asked)
        runs["r1"]["heartbeatAt"] = said(T0)
        return answer

    with answering(script) as server, closing(WANDB.made(server.url)) as there:
        told = there.changed(WANDB.stream(there, server.url), BEFORE)
        assert set(told.seen) == set(WANDB.refs(there, server.url, 4))


@pytest.mark.usefixtures("small_pages")
def test_many_that_moved_within_one_second_are_all_told() -> None:
    pulls = Pulls(graphql=True, moved=dict.fromkeys(range(1, 8), T0 - HOUR))
    cloud = WANDB.stands_in()
    assert isinstance(cloud, Cloud)
    runs = cloud.projects["acme", "churn"]
    for n in range(1, 8):
        runs[f"r{n}"] = runs["r1"] | {"name": f"r{n}", "heartbeatAt": said(T0 - HOUR)}
    stands_in: dict[str, Script] = {APP.name: pulls, WANDB.name: cloud}
    for case in (APP, WANDB):
        with (
            answering(stands_in[case.name]) as server,
            closing(case.made(server.url)) as there,
        ):
            told = there.changed(case.stream(there, server.url), BEFORE)
            assert set(told.seen) == set(case.refs(there, server.url, 7)), case.name


def test_a_time_that_cannot_be_read_is_no_reason_to_miss_it() -> None:
    def script(asked: Asked) -> Answer:
        answer = Pulls(graphql=True)(asked)
        if asked.path.endswith("/pulls"):
            answer.body[0]["updated_at"] = "yesterday"
        return answer

    with answering(script) as server, closing(APP.made(server.url)) as there:
        told = there.changed(APP.stream(there, server.url), MOVED[0])
    assert len(well(dict(told.seen))) == 3


def test_deliveries_that_come_twice_are_asked_for_once() -> None:
    """And a list without an end comes to one."""
    listed = [
        {"id": n, "guid": f"g{n}", "status_code": 500, "delivered_at": said(T0)} for n in range(100)
    ]
    again: list[str] = []

    def script(asked: Asked) -> Answer:
        if asked.path.endswith("/attempts"):
            again.append(asked.path)
            return Answer(202, {})
        return Answer(200, listed)

    with answering(script) as server, closing(APP.made(server.url)) as there:
        assert isinstance(there, Repairs)
        assert there.repaired(BEFORE) == 100
        assert len(again) == len(set(again)) == 100
        assert len(server.asked) == 110


def test_installations_without_an_end_come_to_one() -> None:
    def script(asked: Asked) -> Answer:
        if asked.path == "/app/installations":
            return Answer(200, [{"id": 7, "account": {"login": "acme"}}] * 100)
        return Pulls(graphql=True)(asked)

    with answering(script) as server, closing(APP.made(server.url)) as there:
        ref = APP.ref(there, server.url)
        assert well(dict(there.fetch([ref]))) == {ref}
        assert [asked.path for asked in server.asked].count("/app/installations") == 10


@each_flowing
@pytest.mark.parametrize("minutes", [-5, 5])
def test_clocks_that_differ_by_five_minutes_miss_nothing(case: Case, minutes: int) -> None:
    """What changed goes by the source's own clock, whatever Charter's says."""
    stand_in = case.stands_in()
    clock = Clock(T0 + timedelta(minutes=minutes))
    with answering(stand_in) as server, closing(case.made(server.url, clock=clock)) as there:
        stream = case.stream(there, server.url)
        told = there.changed(stream, BEFORE)
        assert set(told.seen) == set(case.refs(there, server.url))
        assert (told.until, told.trouble) == (max(MOVED), None)
        again = there.changed(stream, told.until)
        assert set(again.seen) == {case.ref(there, server.url, 3)}
        later = there.changed(stream, told.until + timedelta(seconds=1))
        assert later == Changes({}, told.until + timedelta(seconds=1))


def test_a_run_of_mlflow_is_told_once_though_it_began_and_ended() -> None:
    stand_in = Runs()
    with answering(stand_in) as server:
        case = next(one for one in FLOWING if one.name == "mlflow")
        with closing(case.made(server.url)) as there:
            told = there.changed(case.stream(there, server.url), MOVED[1])
            assert [ref.key for ref in told.seen] == [f"{n:032x}" for n in (2, 3)]


def test_nothing_is_taken_for_an_answer_that_is_no_list() -> None:
    odd_ones: list[Any] = [{}, {"items": []}, [[]], "none"]
    for odd in odd_ones:
        with (
            answering(always(Answer(200, odd))) as server,
            closing(CASES[1].made(server.url)) as there,
        ):
            told = there.changed(CASES[1].stream(there, server.url), BEFORE)
            assert told == Changes({}, BEFORE, Trouble(Why.GARBAGE))
