"""Workspaces beat beside one another: who is slow, or broken, is in nobody's way."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pytest

from handlers.playground.double import PATIENCE, Double
from handlers.shares import Share
from handlers.timers import Heartbeat
from storage import outbox
from storage.database import Database
from tests.handlers.company import Company, Replica, company
from tests.handlers.talk import eventually

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def firm(database: Database) -> Iterator[Company]:
    with company(database) as made:
        yield made


def say(firm: Company, replica: Replica, team: str, channel: str, many: int = 1) -> None:
    """Let messages be waiting in a workspace."""
    found = replica.many.of(team)
    assert found is not None
    with firm.database.begin() as session:
        for number in range(many):
            key = f"waits/{number}"
            outbox.say(session, found.workspace, key, channel, key, [], firm.clock())


def said(double: Double, name: str, channel: str) -> list[str]:
    return [one.said for one in double.person(name).sees(channel)]


@on_sqlite
def test_a_workspace_whose_slack_hangs_holds_up_no_other(firm: Company) -> None:
    acme, bolt = firm.teams.doubles["T0ACME"], firm.teams.doubles["T0BOLT"]
    replica = firm.replica()
    firm.install(acme, replica)
    firm.install(bolt, replica)
    say(firm, replica, "T0ACME", "C0FRAUD", 10)
    say(firm, replica, "T0BOLT", "C0RANK")
    hangs, held = threading.Event(), threading.Event()

    def hanging() -> datetime:
        hangs.set()
        held.wait(PATIENCE)
        return firm.clock()

    acme.space.clock = hanging
    replica.pulse.tick()
    eventually(lambda: said(bolt, "zoe", "ranking") or None)
    say(firm, replica, "T0BOLT", "C0RANK", 2)

    def another() -> bool | None:
        firm.clock.passes(seconds=2)  # the channel's pace is by this clock
        replica.pulse.tick()
        return len(said(bolt, "zoe", "ranking")) > 1 or None

    eventually(another)
    assert hangs.is_set()  # all that while; to look into it now would hang as well
    held.set()

    def all_of_them() -> list[str] | None:
        firm.clock.passes(seconds=2)
        replica.pulse.tick()
        found = said(acme, "ana", "ml-fraud")
        return found if len(found) == 10 else None

    assert eventually(all_of_them) == [f"waits/{number}" for number in range(10)]


@on_sqlite
def test_a_workspace_that_went_beats_no_more(firm: Company) -> None:
    acme = firm.teams.doubles["T0ACME"]
    replica = firm.replica()
    firm.install(acme, replica)
    replica.pulse.tick()
    eventually(lambda: replica.pulse.is_idle or None)
    say(firm, replica, "T0ACME", "C0FRAUD")
    firm.teams.take_away(acme)
    eventually(lambda: not replica.many.every() or None)
    before = len(acme.calls)
    replica.pulse.tick()
    eventually(lambda: replica.pulse.is_idle or None)
    assert acme.calls[before:] == []


def test_a_share_does_its_work_in_order_and_so_much_of_it_at_once() -> None:
    going, most, order = [0], [0], []
    lock = threading.Lock()

    def work(number: int) -> None:
        with lock:
            going[0] += 1
            most[0] = max(most[0], going[0])
            order.append(number)
        try:
            if number == 3:
                raise ValueError("this piece fails")
        finally:
            with lock:
                going[0] -= 1

    with ThreadPoolExecutor(8) as pool:
        one = Share(pool, 1)
        for number in range(20):
            one.submit(partial(work, number))
        eventually(lambda: one.is_idle or None)
        assert order == list(range(20))
        one.leave()
        one.submit(lambda: work(99))
        one.wait()
    assert (most[0], order[-1]) == (1, 19)


def test_what_stands_in_the_pools_line_is_not_begun_once_its_share_is_left() -> None:
    done: list[int] = []
    held = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(held.wait, PATIENCE)
        shares = [Share(pool, 1) for _ in range(50)]
        for number, share in enumerate(shares):
            share.submit(partial(done.append, number))
        for share in shares[1:]:
            share.leave()
        held.set()
        for share in shares:
            share.wait()
    assert done == [0]


@on_sqlite
def test_nothing_ticks_any_more_when_workspaces_are_left(firm: Company) -> None:
    replica = firm.replica()
    firm.install(firm.teams.doubles["T0ACME"], replica)
    pulse, ticking = replica.pulse, []

    class Left(Heartbeat):
        def leave(self) -> None:
            ticking.append(pulse._scheduler.running)
            super().leave()

    pulse.tick()
    eventually(lambda: pulse.is_idle or None)
    for workspace, one in pulse._beating.items():
        one.heart = Left(replica.charter, one.tenant.slack, workspace, firm.clock)
    pulse.start()
    pulse.close()
    assert set(ticking) == {False}
    assert pulse.is_idle
