"""Asking whether projects are still true: of very many, a few at a time, and found out before."""

from datetime import timedelta

import pytest

from bot.orders import Confirm, NewProject
from handlers.service import reviews
from handlers.service.facts import FactsCache
from handlers.service.timers import Timers
from storage.reviews import standing
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.counting import counted

DUE = timedelta(days=60)


def clock(team: Team) -> Timers:
    """The clock with this look alone."""
    cache = FactsCache()
    duties = {reviews.KIND: reviews.duty(team.database, lambda: team.now, cache)}
    timers = Timers(team.database, lambda: team.now, cache, duties)
    timers.stand(team.workspace)
    return timers


def fleet(team: Team, size: int, first: int = 0) -> None:
    for n in range(first, size):
        team.charter.projects.create(team.actor("ana"), NewProject(f"Berth {n}"), ELSEWHERE)


def asked(team: Team) -> list[int]:
    """The projects that were asked about, by id."""
    with team.database.read() as session:
        found = standing(session, team.workspace)
        return [one.project for one in found if one.asked is not None]


@pytest.fixture(params=[0, 200], ids=["of very many", "of few"])
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether it is found out within the slot's transaction whom to ask."""
    monkeypatch.setattr(reviews, "A_FEW", request.param)
    return bool(request.param)


def test_each_is_asked_about_once_a_portion_at_a_time(
    team: Team, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    monkeypatch.setattr(reviews, "PORTION", 2)
    fleet(team, 5)
    timers = clock(team)
    team.now += DUE
    seen = []
    for _ in range(4):
        for occurrence in timers.claim(team.workspace):
            assert timers.is_errand(occurrence) is not at_once
            timers.see_to(occurrence)
            seen.append(len(asked(team)))
    assert seen == [2, 4, 5], "and then no more until the next hour"
    team.now += timedelta(hours=1)
    assert timers.run_due(team.workspace) == 1
    assert len(asked(team)) == 5


@pytest.mark.usefixtures("at_once")
def test_who_confirms_meanwhile_is_not_asked(team: Team) -> None:
    team.atlas()
    fleet(team, 1)
    timers = clock(team)
    team.now += DUE
    [occurrence] = timers.claim(team.workspace)
    duty = reviews.duty(team.database, lambda: team.now, FactsCache())
    assert duty.fetch is not None
    found = duty.fetch(occurrence)
    assert len(found) == 2
    team.charter.reviews.confirm(team.actor("ana"), Confirm("Atlas"), HERE)
    timers.see_to(occurrence)
    assert len(asked(team)) == 1


def test_what_is_read_within_the_transaction_grows_with_no_number(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "A_FEW", 0)
    monkeypatch.setattr(reviews, "PORTION", 2)
    timers = clock(team)
    taken = []
    for first, size in ((0, 3), (3, 4), (4, 12)):
        fleet(team, size, first)
        team.now += DUE
        [occurrence] = timers.claim(team.workspace)
        with counted(team.database) as statements:
            timers.see_to(occurrence)
        taken.append(len(statements))
    assert taken[1] == taken[2], "once what is the whole workspace's is known"


def test_nobody_waits_while_it_is_found_out(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is found out while somebody else holds all that is written."""
    monkeypatch.setattr(reviews, "A_FEW", 0)
    team.atlas()
    timers = clock(team)
    team.now += DUE
    [occurrence] = timers.claim(team.workspace)
    duty = reviews.duty(team.database, lambda: team.now, FactsCache())
    assert duty.fetch is not None
    with team.database.begin():
        assert len(duty.fetch(occurrence)) == 1
