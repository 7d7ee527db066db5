"""Risks, assumptions, issues and dependencies, written to a real database and told to people."""

from datetime import timedelta

import pytest

from bot.errors import Forbidden, NotFound, Stale
from bot.orders import CloseRaid, EditRaid, Grant, RaiseRaid
from bot.outcome import Done, RaidShown
from bot.raid import Level, RaidKind
from bot.rights import Role
from storage import audit
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.mailing import MONDAY, delivered, give, until
from tests.support.counting import counted

RISK = RaidKind.RISK


def lift(team: Team, text: str, by: str = "ana", **values: str) -> Done:
    given = (("text", text), *values.items())
    return team.charter.raid.lift(team.actor(by), RaiseRaid(RISK, given), HERE)


def edit(team: Team, by: str = "ana", seen: int | None = None, **values: str) -> Done:
    order = EditRaid(RISK, 1, tuple(values.items()), seen=seen)
    return team.charter.raid.edit(team.actor(by), order, HERE)


def one(team: Team, number: int = 1, by: str = "ana") -> RaidShown:
    return team.charter.raid.one(team.actor(by), RISK, number, None, HERE)


def test_s8_nothing_that_was_said_of_a_risk_is_lost(team: Team) -> None:
    team.atlas()
    made = lift(team, "the feed stops", item="rollout", likelihood="low", impact="high")
    assert made.lines[0].after == "the feed stops"
    team.wait(hours=1)
    edit(team, "bea", likelihood="high", owner="me", due="2026-12-01", item="")
    team.wait(hours=1)
    close = CloseRaid(RISK, 1, "a second vendor")
    done = team.charter.raid.close(team.actor("cy"), close, HERE)
    entry = one(team).entry
    bea = team.person("bea").id
    assert [(r.said.likelihood, r.said.owner, r.said.closed) for r in entry.revisions] == [
        (Level.LOW, None, False),
        (Level.HIGH, bea, False),
        (Level.HIGH, bea, True),
    ]
    people = [entry.raised.by, entry.settled.by]
    assert people == [team.person(name).id for name in ("ana", "cy")]
    assert entry.settled.at == team.now

    team.charter.projects.undo(team.actor("cy"), done.seq)
    entry = one(team).entry
    assert (entry.is_open, len(entry.revisions)) == (True, 4)
    with team.database.read() as session:
        assert audit.verify(session).faults == ()
    wrong = lift(team, "a slip of the pen")
    team.charter.projects.undo(team.actor("ana"), wrong.seq)
    with pytest.raises(NotFound):
        one(team, 2)
    lift(team, "the next one")
    assert one(team, 3).entry.said.text == "the next one", "no number is given twice"


def test_s8_what_two_people_edit_comes_together_by_field(team: Team) -> None:
    team.atlas()
    lift(team, "the feed stops")
    edit(team, "bea", seen=1, text="the feed stops", mitigation="a second vendor")
    edit(team, "cy", seen=1, text="the feed stops", mitigation="", impact="high")
    said = one(team).entry.said
    assert (said.mitigation, said.impact) == ("a second vendor", Level.HIGH)
    with pytest.raises(Stale) as caught:
        edit(team, "cy", seen=1, text="the feed stops", mitigation="none is needed")
    [theirs] = caught.value.changes
    assert "mitigation: – → a second vendor" in theirs.what
    assert one(team).entry.said == said


def test_s8_viewers_look_and_outsiders_know_nothing(team: Team) -> None:
    team.atlas()
    lift(team, "the feed stops")
    team.charter.access.grant(team.actor("ana"), Grant("@cy", Role.VIEWER), HERE)
    assert one(team, by="cy").entry.number == 1
    with pytest.raises(Forbidden):
        lift(team, "x", "cy")
    with pytest.raises(Forbidden):
        edit(team, "cy", impact="low")


def test_s8_of_a_private_project_outsiders_get_no_risk(team: Team) -> None:
    team.atlas(private=True)
    lift(team, "the feed stops")
    for place in (HERE, ELSEWHERE):
        with pytest.raises(NotFound):
            team.charter.raid.listed(team.actor("cy"), None, 1, "Atlas", place)


def test_s8_a_grave_risk_and_a_day_gone_by_are_told_once(team: Team) -> None:
    team.now = MONDAY + timedelta(hours=8)
    team.charter.timers.stand(team.workspace)
    team.atlas()
    give(team, "A", "bea", "rollout")
    until(team, MONDAY + timedelta(hours=11))
    values = {"item": "rollout", "likelihood": "high", "impact": "high", "due": "2026-11-25"}
    lift(team, "the feed stops", owner="@cy", **values)
    told = until(team, MONDAY + timedelta(hours=12))
    assert {one.to for one in told} == {"cy"}, "bea had her message of the day"
    assert "high in likelihood and in impact" in told[0].text
    told = until(team, MONDAY + timedelta(days=2, hours=12))
    assert [one.to for one in told] == ["bea"]
    assert "R-1: the feed stops – nothing is planned against it" in told[0].text
    told = until(team, MONDAY + timedelta(days=3, hours=12))
    assert {one.to for one in told} == {"bea", "cy"}
    assert "whose day has gone by" in told[0].text
    assert "(due 2026-11-25, owner Cy Sample)" in told[0].text
    edit(team, mitigation="a second vendor")
    assert until(team, MONDAY + timedelta(days=5)) == []
    edit(team, due="2026-11-27")
    delivered(team)
    told = until(team, MONDAY + timedelta(days=8))
    assert {one.to for one in told} == {"bea", "cy"}, "another day is another matter"


def test_s8_no_count_of_statements_grows_with_the_risks(team: Team) -> None:
    team.atlas()
    counts = []
    for more in (1, 30):
        for n in range(more):
            lift(team, f"risk {n}")
        fresh = team.replica()
        with counted(team.database) as statements:
            fresh.raid.listed(team.actor("ana"), None, 1, None, HERE)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    first, last = (
        team.charter.raid.listed(team.actor("ana"), RISK, page, None, HERE) for page in (1, 9)
    )
    assert (first.whole, first.open, first.pages, len(first.entries)) == (31, 31, 3, 15)
    assert (last.page, len(last.entries)) == (3, 1)
