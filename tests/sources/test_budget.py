"""One budget a host: what is asked of it in all, what it says is left, and what is kept for people.

Before real servers on loopback, with a clock that the test moves.
"""

from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import replies
from bot.sources.base import PullRequest, Ref, Seen, Trouble, Why
from bot.sources.budget import Allowance, Budget, waited_for
from bot.sources.web import ENOUGH
from tests.sources.answering import Answer, Answering, Asked, answering
from tests.sources.cases import CASES, Case, Pulls
from tests.sources.support import Clock, rest
from tests.support.clock import T0

LITTLE = Allowance(at_once=12, a_second=0.1, reserve=4)
A_MINUTE = timedelta(minutes=1)


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=120))
def test_in_no_stretch_of_time_more_is_asked_than_comes_back(steps: list[tuple[int, bool]]) -> None:
    clock = Clock()
    budget = Budget(LITTLE, clock)
    taken = []
    for seconds, somebody in steps:
        clock.now += timedelta(seconds=seconds)
        with waited_for(somebody):
            if budget.spend():
                taken.append(clock.now)
    for first, begin in enumerate(taken):
        for last in range(first, len(taken)):
            passed = (taken[last] - begin).total_seconds()
            assert last - first + 1 <= LITTLE.at_once + passed * LITTLE.a_second + 1e-6


def test_the_last_of_it_is_for_people_alone() -> None:
    budget = Budget(LITTLE, Clock())
    assert [budget.spend() for _ in range(9)] == [True] * 8 + [False]
    with waited_for():
        assert [budget.spend() for _ in range(5)] == [True] * 4 + [False]
    assert not budget.spend()


def test_a_clock_that_is_set_back_takes_nothing_away_and_gives_nothing() -> None:
    clock = Clock()
    budget = Budget(LITTLE, clock)
    assert all(budget.spend() for _ in range(8))
    clock.now -= timedelta(days=1)
    assert not budget.spend()
    clock.now += timedelta(seconds=10)
    assert budget.spend()
    assert not budget.spend()


def test_threads_together_take_no_more_than_there_is() -> None:
    budget, begin = Budget(Allowance(500, 0.0, 100), Clock()), Barrier(8)
    taken: list[bool] = []

    def takes() -> None:
        begin.wait()
        taken.extend(filter(None, (budget.spend() for _ in range(100))))

    threads = [Thread(target=takes) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(taken) == 400


def test_one_hour_of_the_usual_allowance_is_less_than_github_gives() -> None:
    clock = Clock()
    budget = Budget(Allowance(), clock)
    asked = 0
    with waited_for():
        for _ in range(3600):
            while budget.spend():
                asked += 1
            clock.now += timedelta(seconds=1)
    assert 4_000 < asked <= 4_800


@pytest.fixture(params=[pytest.param(case, id=case.name) for case in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def test_all_passes_over_a_host_spend_one_budget_and_nothing_is_lost(case: Case) -> None:
    clock = Clock()
    little = Allowance(at_once=9, a_second=0.1, reserve=4)
    with answering(case.stands_in()) as server:
        there = case.made(server.url, clock=clock, allowance=little)
        refs = case.refs(there, server.url)
        seen: dict[Ref, Seen] = {}
        passes = 0
        while len(seen) < len(refs):
            passes += 1
            assert passes < 12, f"after {passes} passes {refs - seen.keys()} are not seen yet"
            for ref in refs:  # a pass of its own for each
                if ref not in seen and not isinstance(told := there.fetch([ref])[ref], Trouble):
                    seen[ref] = told
            assert len(server.asked) <= 5 + 6 * (passes - 1)
            clock.now += A_MINUTE
        there.close()


def test_a_person_who_waits_gets_an_answer_where_polling_gets_none(case: Case) -> None:
    with answering(case.stands_in()) as server:
        there = case.made(server.url, clock=Clock(), allowance=Allowance(24, 0.0, 12))
        ref = case.ref(there, server.url)
        looks = [there.fetch([ref])[ref] for _ in range(13)]
        assert looks[-1] == ENOUGH
        asked = len(server.asked)
        assert asked == 12
        with waited_for():
            assert not isinstance(there.fetch([ref])[ref], Trouble)
        assert there.fetch([ref])[ref] == ENOUGH
        there.close()


class Telling:
    """A GitHub that says how much it still lets itself be asked."""

    def __init__(self) -> None:
        self.pulls = Pulls()
        self.remaining = 5_000
        self.reset = T0 + timedelta(minutes=25)
        self.limit = 5_000

    def __call__(self, asked: Asked) -> Answer:
        self.remaining -= 1
        told = self.pulls(asked)
        says = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(int(self.reset.timestamp())),
        }
        return Answer(told.status, told.body, says)


@pytest.fixture
def github() -> Iterator[tuple[Telling, Answering]]:
    script = Telling()
    with answering(script) as server:
        yield script, server


def test_what_github_says_is_left_counts_too(github: tuple[Telling, Answering]) -> None:
    script, server = github
    clock = Clock()
    there = rest(server.url, clock=clock)
    ref = there.recognises(f"{server.url}/acme/churn/pull/1")
    assert ref
    script.remaining = 150  # the rest went to somebody else
    assert there.fetch([ref])[ref] == Trouble(Why.RATE_LIMITED, script.reset)
    assert len(server.asked) == 1, "the first answer says that little is left"
    with waited_for():
        assert isinstance(there.fetch([ref])[ref], PullRequest)
    script.remaining = 1
    with waited_for():
        assert there.fetch([ref])[ref] == Trouble(Why.RATE_LIMITED, script.reset)
        asked = len(server.asked)
        there.fetch([ref])
    assert len(server.asked) == asked, "of what is spent nothing is asked, whoever waits"
    clock.now = script.reset
    script.remaining, script.reset = 5_000, clock.now + timedelta(hours=1)
    assert isinstance(there.fetch([ref])[ref], PullRequest)
    there.close()


def test_of_little_that_a_server_gives_little_is_kept(github: tuple[Telling, Answering]) -> None:
    script, server = github
    script.limit = script.remaining = 60
    there = rest(server.url)
    ref = there.recognises(f"{server.url}/acme/churn/pull/1")
    assert ref
    while isinstance(there.fetch([ref])[ref], PullRequest):
        assert len(server.asked) < 60
    assert script.remaining == 6
    there.close()


def test_what_is_left_is_left_to_whoever_was_told_and_how_they_asked() -> None:
    budget, until = Budget(LITTLE, Clock()), T0 + A_MINUTE
    budget.told("ours", "GET", replies.Left(0, 5_000, until))
    assert budget.rests_until("ours", "GET") == until
    assert budget.rests_until("ours", "POST") is None
    assert budget.rests_until("another", "GET") is None
    budget.told("ours", "GET", None)
    assert budget.rests_until("ours", "GET") == until, "an answer without a word changes nothing"


def test_no_number_of_a_servers_is_believed_beyond_a_day() -> None:
    for reset in ("9" * 15, "9" * 400, "-1", "٣", "soon", ""):
        said = {"x-ratelimit-limit": "9", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
        left = replies.left(replies.Reply(200, "", said), T0)
        assert left in (None, replies.Left(0, 9, T0 + timedelta(days=1)))
