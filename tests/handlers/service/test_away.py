"""Standups and those who are away: they are not asked, and they miss nothing."""

from datetime import date, timedelta

import pytest

from bot.people import Actor, Surface
from bot.presence import Absence, Half
from handlers.service.facts import FactsCache
from storage import ledger
from storage.tables import AbsenceRow
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, Standup, begun

DAY = TUESDAY.date()


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


def written(team: Team, name: str, first: date, last: date, half: Half = Half.DAY) -> None:
    """Days off, as a row of the record."""
    actor = Actor(team.workspace, None, Surface.CLI)
    row = {
        "workspace_id": team.workspace,
        "person_id": team.person(name).id,
        "first_day": first,
        "last_day": last,
        "half": half.value,
    }
    with (
        team.database.begin() as session,
        ledger.opened(session, actor, team.now) as book,
    ):
        book.insert("AbsenceSet", AbsenceRow, [{**row, **book.recorded()}])


def test_u3_who_is_away_is_not_asked_and_who_is_off_in_the_morning_is_asked_at_one(
    standup: Standup,
) -> None:
    written(standup.team, "bea", DAY - timedelta(days=9), DAY)
    written(standup.team, "cy", DAY, DAY, Half.MORNING)
    standup.at(ASKED)
    assert standup.entries().keys() == {"ana"}
    shown = standup.charter.standups.shown(standup.team.actor("ana"), "atlas", HERE)
    names = {standup.team.person(name).id: name for name in ("ana", "bea", "cy")}
    tomorrow = ASKED + timedelta(days=1)
    assert [(names[seat.person], seat.next_ask) for seat in shown.seats] == [
        ("cy", ASKED.replace(hour=12, minute=0)),
        ("ana", tomorrow),
        ("bea", tomorrow),
    ]
    standup.at(ASKED.replace(hour=11, minute=59))
    assert standup.entries().keys() == {"ana"}
    standup.at(ASKED.replace(hour=12, minute=0))
    assert standup.entries().keys() == {"ana", "cy"}
    standup.at(tomorrow)
    assert standup.entries(tomorrow).keys() == {"ana", "bea", "cy"}


def test_edge_39_everybody_is_away_and_nothing_is_posted(standup: Standup) -> None:
    for name in ("ana", "bea", "cy"):
        written(standup.team, name, DAY, DAY)
    standup.at(ASKED)
    standup.at(REPORTED)
    assert standup.entries() == {}
    assert standup.report() == []


def test_days_off_that_are_long_over_weigh_on_nobody(team: Team) -> None:
    today = team.now.date()
    written(team, "bea", today - timedelta(days=90), today - timedelta(days=61))
    written(team, "bea", today - timedelta(days=60), today - timedelta(days=59))
    with team.database.read() as session:
        facts = FactsCache().current(session, team.workspace)
    bea = team.person("bea").id
    assert [one.first for one in facts.absences[bea]] == [today - timedelta(days=60)]
    assert isinstance(facts.absences[bea][0], Absence)
    assert facts.presence(team.person("ana").id).absences == ()
