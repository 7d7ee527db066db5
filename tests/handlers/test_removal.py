"""What becomes of workspaces that took Charter away, where others come at the same moment and where
nobody said so.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from handlers.playground.double import Double
from handlers.service.installations import KEPT_UNINSTALLED
from storage import forgetting, installations
from storage.database import Database
from tests.handlers.company import Company, Replica, company
from tests.handlers.talk import eventually

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def firm(database: Database) -> Iterator[Company]:
    with company(database) as made:
        yield made


@pytest.fixture
def acme(firm: Company) -> Double:
    return firm.teams.doubles["T0ACME"]


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
