"""What each bears is kept by project, and follows every change of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.load import rows_of
from bot.orders import Assign, Move, NewProject
from bot.outcome import Place
from bot.people import Profile
from bot.project import Letter, Status
from handlers.service.facts import FactsCache
from handlers.service.snapshots import Snapshots
from storage.tables import AssignmentRow
from tests.handlers.service.conftest import HERE, Team
from tests.support.counting import counted

NOWHERE = Place()
ROWS = ("data pipeline", "annotation", "modelling")


@pytest.fixture
def fleet(team: Team) -> Team:
    """Cy is accountable for three rows of Atlas and for one of Birch, Bea for one of Birch."""
    team.atlas()
    ana = team.actor("ana")
    team.charter.projects.create(ana, NewProject("Birch"), NOWHERE)
    for project, item, who in (
        *(("atlas", item, "CY") for item in ROWS),
        ("birch", ROWS[0], "CY"),
        ("birch", ROWS[1], "BEA"),
    ):
        order = Assign(item, (Letter.A,), f"<@U{who}>", project=project)
        team.charter.raci.assign(ana, order, HERE)
    return team


def borne(team: Team, cache: FactsCache) -> dict[str, int]:
    """By first name, of those who bear anything."""
    with team.database.read() as session:
        facts = cache.current(session, team.workspace)
        told = cache.borne(session, facts, facts.projects, team.now)
        every = cache.projects(session, facts, facts.projects, team.now)
        assert dict(told) == rows_of(every.values(), facts.people)
    return {facts.people[key].first_name: number for key, number in told.items() if number}


def _moved(team: Team) -> None:
    order = Move("data pipeline", Status.SKIPPED, "no need", project="atlas")
    team.charter.stages.move(team.actor("ana"), order, HERE)


def _left(team: Team) -> None:
    gone = Profile("UCY", "Cy Sample", "Cy", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, gone)


def _given(team: Team) -> None:
    order = Assign("rollout", (Letter.A,), "<@UBEA>", project="birch")
    team.charter.raci.assign(team.actor("ana"), order, HERE)


def _ended(team: Team) -> None:
    """One ends by itself, with no word of it in the record."""
    with team.database.begin() as session:
        wanted = select(AssignmentRow).where(AssignmentRow.person_id == team.person("bea").id)
        row = session.exec(wanted.order_by(col(AssignmentRow.id))).one()
        row.until = team.now + timedelta(days=3)
        session.add(row)


@pytest.mark.parametrize(
    ("write", "then"),
    [
        (_moved, {"Cy": 3, "Bea": 1}),
        (_left, {"Bea": 1}),
        (_given, {"Cy": 4, "Bea": 2}),
    ],
)
def test_what_is_kept_follows_a_change(
    fleet: Team, write: Callable[[Team], None], then: dict[str, int]
) -> None:
    cache = FactsCache()
    assert borne(fleet, cache) == {"Cy": 4, "Bea": 1}
    write(fleet)
    assert borne(fleet, cache) == then


def test_a_letter_that_ends_by_itself_is_borne_no_more(fleet: Team) -> None:
    _ended(fleet)
    cache = FactsCache()
    assert borne(fleet, cache) == {"Cy": 4, "Bea": 1}
    fleet.wait(days=4)
    assert borne(fleet, cache) == {"Cy": 4}


def test_somebody_who_is_gone_bears_nothing_though_no_project_moved(fleet: Team) -> None:
    cache, cy = FactsCache(), fleet.person("cy").id
    assert borne(fleet, cache) == {"Cy": 4, "Bea": 1}
    with fleet.database.read() as session:
        facts = cache.current(session, fleet.workspace)
        gone = {**facts.people, cy: replace(facts.people[cy], active=False)}
        there = replace(facts, people=gone)
        told = cache.borne(session, there, facts.projects, fleet.now)
    assert dict(told) == {fleet.person("bea").id: 1}


def test_of_projects_that_stay_as_they_are_none_is_looked_at_again(
    fleet: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*asked: object, **_more: object) -> None:
        raise AssertionError(asked)

    cache = FactsCache()
    borne(fleet, cache)
    monkeypatch.setattr(Snapshots, "read", refuses)
    with fleet.database.read() as session:
        facts = cache.current(session, fleet.workspace)
        with counted(fleet.database) as statements:
            told = cache.borne(session, facts, facts.projects, fleet.now)
    assert statements == []
    assert sum(told.values()) == 5


def test_one_sees_only_what_the_projects_asked_for_hold(fleet: Team) -> None:
    cache = FactsCache()
    borne(fleet, cache)
    with fleet.database.read() as session:
        facts = cache.current(session, fleet.workspace)
        [birch] = [key for key, one in facts.projects.items() if one.name == "Birch"]
        told = cache.borne(session, facts, [birch], fleet.now)
    assert sorted(told.values()) == [1, 1]
