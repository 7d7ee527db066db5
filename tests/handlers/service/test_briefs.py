"""Briefs from the record, for those who may see what they tell, on both databases."""

from datetime import date, timedelta

import pytest

from bot.brief import Brief, Rule
from bot.commands import ShowBrief
from bot.errors import NotFound
from bot.orders import Due, Move, NewProject
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.project import Status
from handlers.service import briefing
from handlers.views import brief as views
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.support.counting import counted

WHOLE = ShowBrief(whole=True)


def troubled(team: Team) -> None:
    """Atlas went well for a month, and then did not."""
    team.atlas()
    ana = team.actor("ana")
    team.charter.stages.move(ana, Move("data pipeline", Status.IN_PROGRESS), HERE)
    team.charter.stages.due(ana, Due("rollout", date(2027, 1, 10)), HERE)
    team.wait(days=30)
    team.charter.stages.move(ana, Move("data pipeline", Status.BLOCKED, "no export"), HERE)
    team.charter.stages.due(ana, Due("rollout", date(2027, 1, 24)), HERE)
    team.wait(days=2)


def shown(team: Team, first: str, order: ShowBrief = WHOLE, place: Place = ELSEWHERE) -> Brief:
    return team.charter.briefs.shown(team.actor(first), order, place)


def rules(brief: Brief) -> list[Rule]:
    return [line.rule for line in brief.lines]


def test_moonshot_13_a_brief_comes_from_the_record(team: Team) -> None:
    troubled(team)
    brief = shown(team, "bea")
    health, slip, *_ = brief.lines
    assert (health.rule, health.why) == (Rule.HEALTH, "amber a week ago")
    assert health.what.startswith("▲ Red: Data pipeline is blocked for 2 working days: no export")
    assert slip.what == "Roll-out: due 2027-01-24 instead of 2027-01-10"
    said = views.brief(brief).text
    assert "Brief: Atlas" in said
    assert "1. ▲ Red: Data pipeline is blocked" in said
    assert "(14 days later than a week ago)" in said
    team.wait(days=10)
    assert Rule.HEALTH not in rules(shown(team, "bea"))


def test_moonshot_13_a_brief_holds_what_its_reader_may_know(team: Team) -> None:
    """Also in its numbers, and wherever it is asked for."""
    troubled(team)
    secret = NewProject("Vault", private=True)
    team.charter.projects.create(team.actor("ana"), secret, ELSEWHERE)
    mine, theirs = shown(team, "ana"), shown(team, "bea")
    assert [one.name for one in mine.projects] == ["Atlas", "Vault"]
    assert [one.name for one in theirs.projects] == ["Atlas"]
    with pytest.raises(NotFound):
        shown(team, "bea", ShowBrief(("Vault",)))
    nobody = Actor(team.workspace, None, Surface.CLI)
    told = team.charter.briefs.shown(nobody, WHOLE, Place())
    assert [one.name for one in told.projects] == ["Atlas"]


def test_a_brief_is_of_the_channels_projects_or_of_those_named(team: Team) -> None:
    troubled(team)
    for name in ("Harbour", "Lighthouse"):
        order = NewProject(name, private=False)
        team.charter.projects.create(team.actor("ana"), order, ELSEWHERE)

    def names(order: ShowBrief, place: Place) -> list[str]:
        return [one.name for one in shown(team, "bea", order, place).projects]

    assert names(ShowBrief(), HERE) == ["Atlas"]
    assert names(ShowBrief(), Place("C0NONE", "none")) == ["Atlas", "Harbour", "Lighthouse"]
    assert names(WHOLE, HERE) == ["Atlas", "Harbour", "Lighthouse"]
    assert names(ShowBrief(("Lighthouse", "Atlas", "atlas")), HERE) == ["Lighthouse", "Atlas"]


def test_an_archived_project_is_in_no_brief(team: Team) -> None:
    troubled(team)
    team.charter.projects.archive(team.actor("ana"), "Atlas", HERE, archived=True)
    brief = shown(team, "ana")
    assert (brief.lines, brief.projects) == ((), ())
    assert "no open project" in views.brief(brief).text


def test_a_brief_takes_as_many_statements_for_many_projects_as_for_one(team: Team) -> None:
    troubled(team)
    shown(team, "ana")
    with counted(team.database) as one:
        shown(team, "ana")
    for number in range(12):
        order = NewProject(f"Harbour {number}", private=False)
        team.charter.projects.create(team.actor("ana"), order, ELSEWHERE)
    shown(team, "ana")
    with counted(team.database) as many:
        assert len(shown(team, "ana").projects) == 13
    assert len(many) == len(one)


def test_the_command_line_tells_of_public_projects_or_as_a_person_sees_them(team: Team) -> None:
    troubled(team)
    hidden = NewProject("Vault", private=True)
    team.charter.projects.create(team.actor("ana"), hidden, ELSEWHERE)

    def told(person: str | None, *projects: str) -> Brief:
        now = team.now + timedelta(hours=1)
        return briefing.brief(
            team.database, lambda: team.now, team.workspace, projects, person, now
        )

    assert [one.name for one in told(None).projects] == ["Atlas"]
    assert [one.name for one in told(team.person("ana").key).projects] == ["Atlas", "Vault"]
    assert "1. ▲ Red: Data pipeline is blocked" in briefing.in_words(told(None, "Atlas"))
    assert '"rule": "health"' in briefing.as_json(told(None))
    with pytest.raises(NotFound):
        told("nobody-of-that-key")
