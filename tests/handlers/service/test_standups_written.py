"""What is said in a standup, as it is written: nothing lost and nothing doubled."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import col, select

from bot.errors import CharterError
from bot.orders import AnswerStandup, Move
from bot.project import Status
from bot.standups import State
from storage import audit
from storage.tables import AuditRow, AuditTextRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, WISH, Standup, begun


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


# What is written


def lines(team: Team, action: str) -> list[tuple[int | None, dict[str, object]]]:
    with team.database.read() as session:
        found = session.exec(
            select(AuditRow, AuditTextRow)
            .where(AuditRow.action == action, AuditTextRow.audit_id == AuditRow.id)
            .order_by(col(AuditRow.seq))
        ).all()
        assert audit.verify(session).faults == ()
    return [(line.project_id, json.loads(text.change)) for line, text in found]


def test_what_was_said_before_stays_in_the_record(standup: Standup) -> None:
    standup.at(ASKED)
    standup.answer("bea", "did", "next")
    standup.answer("bea", "did", "other")
    standup.answer("bea", "did", "other")
    standup.charter.standups.answer(
        standup.team.actor("bea"), AnswerStandup(standup.entries()["bea"].id, State.SKIPPED)
    )
    first, second = lines(standup.team, "StandupAnswered")
    assert first[0] == second[0] == standup.project
    assert first[1]["before"]["state"] == "asked"  # type: ignore[index]  # JSON
    assert second[1]["before"]["today"] == "next"  # type: ignore[index]  # JSON
    assert second[1]["after"]["today"] == "other"  # type: ignore[index]  # JSON
    assert len(lines(standup.team, "StandupSkipped")) == 1
    # Who skips and then answers after all finds what they had said.
    assert standup.entries()["bea"].answers[1][1] == "other"


def test_an_answer_makes_nothing_stale(standup: Standup) -> None:
    projects, ana = standup.charter.projects, standup.team.actor("ana")
    standup.at(ASKED)
    bound = projects.bind(ana, "atlas", ELSEWHERE)
    version = projects.shown(ana, "atlas", HERE).project.version
    standup.answer("bea", "did")
    assert projects.shown(ana, "atlas", HERE).project.version == version
    assert projects.undo(ana, bound.seq).undone


def test_an_answer_and_what_it_marks_are_written_together_or_not_at_all(standup: Standup) -> None:
    standup.at(ASKED)
    with pytest.raises(CharterError):
        standup.answer("ana", "did", "", "stuck", blocked="nonsense")
    assert standup.entries()["ana"].state is State.ASKED
    [moved] = standup.answered("ana", "did", "", "stuck", blocked="data_pipeline").moved
    assert moved.item is not None
    assert (moved.item.status, moved.item.note) == (Status.BLOCKED, "stuck")
    assert not standup.answered("ana", "did more", "", "stuck", blocked="data_pipeline").moved
    again = Move("data_pipeline", Status.IN_PROGRESS)
    standup.charter.stages.move(standup.team.actor("ana"), again, HERE)
    assert standup.answered("ana", "x", "", "stuck", blocked="data_pipeline").moved


def test_a_standup_that_was_begun_is_taken_back(team: Team) -> None:
    standup = Standup(team, team.atlas())
    done = team.charter.standups.set_up(team.actor("ana"), replace(WISH, people=("me",)), HERE)
    assert team.charter.projects.undo(team.actor("bea"), done.seq).undone
    standup.at(REPORTED)
    assert standup.entries() == {}
    assert team.charter.timers.next_due(team.workspace) is None


def test_what_was_said_is_dumped_and_stands_when_it_is_loaded(standup: Standup) -> None:
    team = standup.team
    standup.at(ASKED)
    standup.answer("ana", "did", "next", "stuck")
    standup.charter.standups.answer(
        team.actor("bea"), AnswerStandup(standup.entries()["bea"].id, State.NOTHING_NEW)
    )
    dumped = team.charter.documents.dump(team.workspace, team.now)
    told = {row["person"]: row for row in json.loads(dumped)["standups"]}
    ana = told[team.person("ana").key]
    assert {name: ana[name] for name in ("state", "yesterday", "today", "blocker")} == {
        "state": "posted",
        "yesterday": "did",
        "today": "next",
        "blocker": "stuck",
    }
    assert told[team.person("bea").key]["note"] == "Nothing new"
    assert told[team.person("cy").key]["state"] == "missing"
    before = standup.entries()
    team.charter.documents.load(team.actor("ana"), dumped, team.now)
    assert standup.entries() == before


# At once


def at_once(*deeds: Callable[[], object]) -> None:
    barrier = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> None:
        barrier.wait()
        deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(do, deeds))


def test_two_who_see_to_the_clock_ask_and_report_once(standup: Standup) -> None:
    team = standup.team
    replicas = [team.replica() for _ in range(3)]
    for moment in (ASKED, REPORTED):
        team.now = moment
        at_once(*(lambda one=one: one.timers.run_due(team.workspace) for one in replicas))
    assert len(standup.entries()) == 3
    assert [len(standup.said_to(name)) for name in ("ana", "bea", "cy")] == [1, 1, 1]
    assert len(standup.report()) == 1


def test_two_answers_at_once_are_both_in_the_record(standup: Standup) -> None:
    standup.at(ASKED)
    at_once(lambda: standup.answer("ana", "one"), lambda: standup.answer("ana", "two"))
    first, second = (change for _, change in lines(standup.team, "StandupAnswered"))
    assert second["before"]["yesterday"] == first["after"]["yesterday"]  # type: ignore[index]  # JSON
    assert standup.entries()["ana"].answers[0][1] == second["after"]["yesterday"]  # type: ignore[index]  # JSON


@pytest.mark.parametrize("day", range(3))
def test_an_answer_that_comes_with_the_report_is_in_it(standup: Standup, day: int) -> None:
    team, when = standup.team, TUESDAY + timedelta(days=day)
    standup.at(when + (ASKED - TUESDAY))
    order = AnswerStandup(standup.entries(when)["ana"].id, State.POSTED, ("just in time",))
    actor, other = team.actor("ana"), team.replica()
    team.now = when + (REPORTED - TUESDAY)
    at_once(
        lambda: other.timers.run_due(team.workspace),
        lambda: standup.charter.standups.answer(actor, order),
    )
    [report] = standup.report(when)
    assert "just in time" in report.text
