"""Letters held against work by the clock: who is asked, who is told on, and who reads of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.drift import Did, Kind
from bot.errors import NotFound
from bot.orders import AnswerDrift, Grant, NewProject
from bot.project import Status
from bot.rights import Role
from bot.sources.base import PullState
from handlers.service import drift
from handlers.service.drift import KIND, WEEKLY
from handlers.service.facts import FactsCache
from handlers.service.timers import Timers
from handlers.service.traces import traces
from storage import schedules
from storage.tables import OutboxRow, PersonRow, columns, table_of
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.linking import at_work, known_as
from tests.handlers.service.mailing import Letters, delivered, give, move, until
from tests.support.counting import counted
from tests.support.evidence import PULL, RUN


def watched(team: Team) -> None:
    """Let the look come, and nothing else that comes by the clock."""
    with team.database.begin() as session:
        schedules.put(session, team.workspace, KIND, KIND, 0, WEEKLY, team.now)


def drifted(team: Team, *, private: bool = False) -> None:
    """Bea is accountable and does nothing; Cy does all of the work, and holds no letter."""
    team.atlas(private=private)
    if private:
        team.charter.access.grant(team.actor("ana"), Grant("@bea", Role.EDITOR), HERE)
    give(team, "A", "bea")
    delivered(team)
    team.wait(days=30)
    for n in range(6):
        by = "ana" if private else "cy"
        move(team, Status.AT_RISK if n % 2 else Status.IN_PROGRESS, "so it is", by=by)
        team.wait(hours=1)
    until(team, team.now + timedelta(hours=1))
    watched(team)


def told(sent: Sequence[Letters]) -> list[tuple[str, str]]:
    """Who was told of what is found, and by which event."""
    return [(one.to, one.key.split("/")[1]) for one in sent if one.key.startswith("ask/drift")]


def week(team: Team) -> list[tuple[str, str]]:
    return told(until(team, team.now + timedelta(days=7)))


def read(team: Team, by: str) -> list[tuple[Kind, str, int]]:
    shown = team.charter.drift.shown(team.actor(by), None, ELSEWHERE)
    people = shown.people
    return [
        (one.kept.finding.kind, people[one.kept.finding.person or 0].first_name, one.kept.id)
        for one in shown.found
    ]


def number(team: Team, of: str) -> int:
    return read(team, of)[0][2]


def test_moonshot_2_whoever_is_named_is_asked_first_and_a_week_later_who_can_mend_it(
    team: Team,
) -> None:
    drifted(team)
    assert sorted(week(team)) == [("bea", "drift_seen"), ("cy", "drift_seen")]
    assert [one[:2] for one in read(team, "bea")] == [(Kind.SILENT_A, "Bea")]
    assert [one[:2] for one in read(team, "cy")] == [(Kind.SHADOW_R, "Cy")]
    assert read(team, "ana") == [], "nobody but them reads it yet, not even an admin who leads"
    assert sorted(week(team)) == [("ana", "drift_silent"), ("bea", "drift_shadow")]
    assert [one[:2] for one in read(team, "bea")] == [
        (Kind.SILENT_A, "Bea"),
        (Kind.SHADOW_R, "Cy"),
    ]
    assert {one[0] for one in read(team, "ana")} == {Kind.SILENT_A, Kind.SHADOW_R}
    assert [one[:2] for one in read(team, "cy")] == [(Kind.SHADOW_R, "Cy")]
    assert week(team) == [], "each of them once"


def test_of_very_many_projects_it_is_found_out_while_somebody_else_writes(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drift, "A_FEW", 0)
    drifted(team)
    duty = drift.duty(team.database, lambda: team.now, FactsCache())
    timers = Timers(team.database, lambda: team.now, FactsCache(), {KIND: duty})
    due = timers.next_due(team.workspace, errands=False)
    assert duty.fetch is not None
    assert due is not None
    team.now = due
    [occurrence] = timers.claim(team.workspace)
    assert timers.is_errand(occurrence)
    with team.database.begin():
        found = duty.fetch(occurrence)
    assert {kind for kind, *_ in found} == {Kind.SILENT_A, Kind.SHADOW_R}
    timers.see_to(occurrence)
    sent = until(team, team.now + timedelta(hours=12))
    assert sorted(told(sent)) == [("bea", "drift_seen"), ("cy", "drift_seen")]


def test_what_is_no_more_so_is_told_nobody(team: Team) -> None:
    drifted(team)
    week(team)
    give(team, "R", "cy")
    move(team, Status.IN_PROGRESS, by="bea")
    assert week(team) == []
    assert read(team, "bea") == read(team, "cy") == []


def test_what_is_right_is_told_on_at_once(team: Team) -> None:
    drifted(team)
    week(team)
    shown = team.charter.drift.answer(team.actor("cy"), AnswerDrift(number(team, "cy"), True))
    assert shown.kept.finding.kind is Kind.SHADOW_R
    team.charter.drift.answer(team.actor("bea"), AnswerDrift(number(team, "bea"), True))
    sent = until(team, team.now + timedelta(days=1))
    assert sorted(told(sent)) == [("ana", "drift_silent"), ("bea", "drift_shadow")]
    assert week(team) == []


def test_what_is_not_so_is_told_nobody_and_rests(team: Team) -> None:
    drifted(team)
    week(team)
    for name in ("bea", "cy"):
        team.charter.drift.answer(team.actor(name), AnswerDrift(number(team, name), False))
    assert read(team, "bea") == read(team, "cy") == []
    assert week(team) == week(team) == []
    assert read(team, "ana") == []


@pytest.mark.parametrize("by", ["ana", "bea"])
def test_nobody_answers_for_whom_it_names(team: Team, by: str) -> None:
    drifted(team)
    week(team)
    week(team)
    with pytest.raises(NotFound) as theirs:
        team.charter.drift.answer(team.actor(by), AnswerDrift(number(team, "cy"), True))
    with pytest.raises(NotFound) as none:
        team.charter.drift.answer(team.actor(by), AnswerDrift(999, True))
    assert theirs.value.what == none.value.what == "finding"


def test_of_a_private_project_nobody_reads_who_may_not_know_of_it(team: Team) -> None:
    drifted(team, private=True)
    assert week(team) == [("bea", "drift_seen"), ("ana", "drift_seen")]
    week(team)
    assert read(team, "cy") == []
    row = columns(OutboxRow)
    with team.database.read() as session:
        wanted = select(row.confidential).where(row.key.startswith("ask/drift"))
        assert set(session.execute(wanted).scalars()) == {True}


def test_who_cannot_be_written_to_is_named_in_no_channel(team: Team) -> None:
    drifted(team)
    row = table_of(PersonRow)
    with team.database.begin() as session:
        session.execute(update(row).values(unreachable_since=team.now))
    team.charter = team.replica()
    sent = until(team, team.now + timedelta(days=15))
    assert [one for one in sent if "drift" in one.key or one.to == "c0atlas"] == []


def test_what_is_worked_on_and_nobodys_is_told_to_the_lead(team: Team) -> None:
    team.atlas()
    move(team, Status.IN_PROGRESS, by="cy")
    delivered(team)
    watched(team)
    assert week(team) == [("ana", "drift_orphan")]
    shown = team.charter.drift.shown(team.actor("ana"), "atlas", HERE)
    assert [one.kept.finding.kind for one in shown.found] == [Kind.ORPHAN]
    assert read(team, "cy") == []


def test_a_look_takes_as_many_statements_for_many_projects_as_for_one(team: Team) -> None:
    team.atlas()
    give(team, "A", "bea")
    move(team, Status.IN_PROGRESS, by="bea")
    watched(team)
    until(team, team.now + timedelta(days=7))
    with counted(team.database) as one:
        until(team, team.now + timedelta(days=7))
    for name in ("Orion", "Vega", "Lyra"):
        team.charter.projects.create(team.actor("ana"), NewProject(name), ELSEWHERE)
    until(team, team.now + timedelta(days=7))
    with counted(team.database) as many:
        until(team, team.now + timedelta(days=7))
    assert len(many) == len(one)


def test_a_sweep_is_one_run_and_merging_ones_own_pull_request_one_piece_of_work(
    database_url: str,
) -> None:
    with at_work(database_url) as team:
        known_as(team, "bea", "github", "bea-x")
        team.atlas()
        merged = replace(PULL, state=PullState.MERGED, merged=team.now, merged_by="bea-x")
        team.github.tells(replace(merged, opinions={"bea-x": "commented"}))
        team.link()
        for number in range(4):
            url = f"https://mlflow.acme.example/#/experiments/3/runs/{number}"
            ref = replace(RUN.ref, key=str(number), url=url)
            team.mlflow.tells(replace(RUN, ref=ref, parent="0" if number else ""))
            team.link(url)
        with team.database.read() as session:
            facts = FactsCache().current(session, team.workspace)
            project = FactsCache().project(session, facts, 1, team.now)
            found = traces(session, facts, {1: project}, team.now - timedelta(days=30))[1]
        did = Counter(one.did for one in found)
        assert (did[Did.RAN], did[Did.AUTHORED], did[Did.MERGED], did[Did.REVIEWED]) == (1, 1, 0, 0)
