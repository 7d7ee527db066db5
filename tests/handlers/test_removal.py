"""What becomes of workspaces that took Charter away, where others come at the same moment and where
nobody said so.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from handlers.playground.double import Double
from handlers.service.facts import FactsCache
from handlers.service.installations import KEPT_UNINSTALLED
from handlers.web import EVENTS
from storage import forgetting, installations
from storage.database import Database
from tests.handlers.company import Company, Replica, company
from tests.handlers.talk import eventually, new_project, typed

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def firm(database: Database) -> Iterator[Company]:
    with company(database) as made:
        yield made


@pytest.fixture
def acme(firm: Company) -> Double:
    return firm.teams.doubles["T0ACME"]


@pytest.fixture
def bolt(firm: Company) -> Double:
    return firm.teams.doubles["T0BOLT"]


def cache_of(replica: Replica) -> FactsCache:
    return replica.charter.installations._cache


def teams(replica: Replica) -> list[str]:
    return [one.installation.team for one in replica.many.every()]


@on_postgresql
def test_who_installs_it_again_while_its_data_is_let_go_begins_anew(
    firm: Company, acme: Double, database: Database
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    [before] = replica.many.every()
    firm.teams.take_away(acme)
    eventually(lambda: not replica.many.every() or None)
    firm.clock.passes(days=31)
    now = firm.clock()
    with ThreadPoolExecutor(1) as other:
        with database.begin() as session:  # what `sweep` does first
            gone = installations.forget_gone(session, now - KEPT_UNINSTALLED)
            forgetting.cut_off(session, before.workspace, now)
            page = other.submit(firm.install, acme, replica)
            with pytest.raises(TimeoutError):
                page.result(timeout=0.5)
        assert page.result(timeout=20).status == 200
    assert gone == [before.workspace]
    replica.charter.installations.sweep()
    [after] = replica.many.every()
    assert after.workspace != before.workspace


@on_sqlite
def test_who_is_back_is_no_longer_gone(firm: Company, acme: Double, database: Database) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    firm.teams.take_away(acme)
    eventually(lambda: not replica.many.every() or None)
    firm.clock.passes(days=31)
    firm.install(acme, replica)
    with database.begin() as session:
        later = firm.clock() + timedelta(days=90)
        assert installations.forget_gone(session, later) == []
    assert teams(replica) == ["T0ACME"]


@on_sqlite
def test_whoever_comes_to_have_the_number_of_a_deleted_one_reads_nothing_of_it(
    firm: Company, acme: Double, bolt: Double
) -> None:
    """SQLite gives numbers anew; another replica has read what had them before."""
    here, there = firm.replica(), firm.replica()
    firm.install(acme, here)
    there.pulse.tick()
    [before] = there.many.every()
    acme.app_url = there.url + EVENTS
    new_project(acme)
    ana = acme.person("ana")
    assert "Fraud Radar" in typed(ana, "portfolio").said
    firm.teams.take_away(acme)
    eventually(lambda: not there.many.every() or None)
    with firm.database.read() as session:  # whoever was in the midst of an answer then
        assert cache_of(there).current(session, before.workspace).projects
    firm.clock.passes(days=31)
    here.charter.installations.sweep()

    firm.install(bolt, here)
    there.pulse.tick()
    [after] = there.many.every()
    assert after.workspace == before.workspace
    bolt.app_url = there.url + EVENTS
    zoe = bolt.person("zoe")
    zoe.slash("/charter new Search Rank", "ranking")
    zoe.gets_modal("New project")
    assert zoe.submits() is None
    zoe.hears("Search Rank", "ranking")
    for number in range(10):  # up to where the record of the other one ended, and beyond
        typed(zoe, f"alias name {number} = data pipeline", "ranking")
        said = typed(zoe, "portfolio", "ranking").said
        assert "Search Rank" in said
        assert "Fraud" not in said


@on_sqlite
def test_a_number_that_is_anothers_by_the_next_look_is_forgotten_before_it_is_served(
    firm: Company, acme: Double, bolt: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = firm.replica(), firm.replica()
    firm.install(acme, here)
    there.pulse.tick()
    [before] = there.many.every()
    with firm.database.read() as session:
        old = cache_of(there).current(session, before.workspace)
    firm.teams.take_away(acme)
    eventually(lambda: not here.many.every() or None)
    firm.clock.passes(days=31)
    here.charter.installations.sweep()
    firm.install(bolt, here)

    served: list[list[str]] = []
    forget = there.charter.installations.forget_facts

    def noted(workspace: int) -> None:
        served.append(teams(there))
        forget(workspace)

    monkeypatch.setattr(there.charter.installations, "forget_facts", noted)
    there.many.look()
    [after] = there.many.every()
    assert (after.workspace, teams(there)) == (before.workspace, ["T0BOLT"])
    assert served == [[]], "neither the one nor the other"
    with firm.database.read() as session:
        assert cache_of(there).current(session, after.workspace) is not old
    there.many.look()
    assert len(served) == 1


@on_sqlite
@pytest.mark.parametrize("why", ["account_inactive", "token_revoked"])
def test_a_removal_that_nobody_told_of_is_noticed_within_the_hour(
    firm: Company, acme: Double, why: str
) -> None:
    replica = firm.replica()
    firm.install(acme, replica)
    firm.install(firm.teams.doubles["T0BOLT"], replica)
    workspace = replica.many.every()[0].workspace
    acme.refuse("auth.test", "internal_error")
    for left in (["T0ACME", "T0BOLT"], ["T0BOLT"]):
        firm.clock.passes(minutes=61)
        replica.pulse.tick()
        eventually(lambda: replica.pulse.is_idle or None)
        replica.many.look()
        assert teams(replica) == left
        firm.teams._kill(acme, why)
    assert replica.charter.settings.held_since(workspace) is not None
