"""Whom Charter cannot write to, and what waits while it is away: nothing is said twice, or lost."""

import pytest

from handlers.service.health import of_database
from tests.handlers.mornings import Morning
from tests.handlers.talk import eventually, typed
from tests.support.clock import T0

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DAY = 24


def direct(morning: Morning, name: str, words: str) -> list[str]:
    """What of Charter's direct messages says these words."""
    return [one.said for one in morning.person(name).sees() if words in one.said]


def here(morning: Morning, words: str) -> list[str]:
    return [one.said for one in morning.person("ana").sees("ml-fraud") if words in one.said]


@on_sqlite
def test_edge_28_nobody_is_told_twice_while_no_direct_message_reaches_them(
    morning: Morning, database_url: str
) -> None:
    morning.begin("ana")
    ana, bea = morning.person("ana"), morning.person("bea")
    typed(ana, "raci data pipeline R @Bea Lind")
    morning.until("12:00")
    posted = [call for call in morning.workspace.calls if call.method == "chat.postMessage"]
    morning.workspace.refuse("chat.postMessage", "cannot_dm", times=1)
    typed(ana, "block data pipeline: no export")
    morning.settle()
    [first] = here(morning, "write to you directly")
    assert "no export" not in first
    assert not direct(morning, "bea", "no export")

    typed(ana, "block data quality: no labels")
    typed(ana, "block data pipeline: no disk")
    morning.settle()
    [second] = here(morning, "For Bea Lind, responsible for Data pipeline")
    assert "no disk" in second
    assert here(morning, "write to you directly") == [first]
    after = [call for call in morning.workspace.calls if call.method == "chat.postMessage"]
    tried = [call.args["channel"] for call in after[len(posted) :]]
    assert tried.count(bea.id) == 1
    ill = [finding.what for finding in of_database(database_url, T0) if not finding.is_well]
    assert any("no direct messages to Bea Lind" in what for what in ill)

    bea.opens_home()
    eventually(lambda: morning.charter.people.known(morning.talking.workspace, bea.id))
    bea.gets_home()
    well = [finding.what for finding in of_database(database_url, T0)]
    assert not any("no direct messages to Bea Lind" in what for what in well)
    typed(ana, "block data pipeline: no power")
    morning.settle()
    assert len(direct(morning, "bea", "no power")) == 1
    assert here(morning, "For Bea Lind, responsible for Data pipeline") == [second]


@on_sqlite
def test_edge_36_what_was_said_before_charter_was_removed_waits_until_an_admin_confirms(
    morning: Morning,
) -> None:
    morning.workspace.change_user("ana", is_admin=True)
    morning.begin("ana")
    ana = morning.person("ana")
    typed(ana, "raci data pipeline R @Bea Lind")
    morning.until("12:00")
    typed(ana, "block data pipeline: no export")
    morning.workspace.uninstall()
    eventually(lambda: morning.charter.settings.held_since(morning.talking.workspace))
    morning.settle()
    assert not direct(morning, "bea", "no export")
    assert morning.charter.outbox.waiting(morning.talking.workspace).waiting > 0

    typed(ana, "resume")
    morning.settle()
    assert len(direct(morning, "bea", "no export")) == 1
