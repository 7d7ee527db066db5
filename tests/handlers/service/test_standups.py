"""Standups as use cases: who may, and what is true when the clock strikes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlmodel import select

from bot.errors import NotFound, Refused, Stale, Why
from bot.orders import AnswerStandup, Assign, EndStandup, Grant
from bot.outcome import Done, Place
from bot.people import Profile
from bot.project import Letter
from bot.rights import Role
from bot.standups import QUESTIONS, State, Trouble
from storage import standups
from storage.tables import OutboxRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, TUESDAY, WISH, Standup, begun
from tests.support.clock import T0

QUIET = Place("C0QUIET", "atlas-quiet", is_private=True)


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


# Who may


def test_who_sees_a_project_sets_its_standup(standup: Standup) -> None:
    team, service = standup.team, standup.charter.standups
    shown = service.shown(team.actor("bea"), "atlas", ELSEWHERE)
    assert shown.plan is not None
    assert (shown.set_by, shown.channel) == (team.person("ana").id, "#proj-atlas")
    assert [seat.next_ask for seat in shown.seats] == [ASKED] * 3
    assert shown.next_report == REPORTED
    wish = replace(WISH, at=time(8), seen=shown.seen)
    assert service.set_up(team.actor("bea"), wish, HERE).undo_until is not None
    with pytest.raises(Stale):
        service.set_up(team.actor("cy"), replace(WISH, at=time(7), seen=shown.seen), HERE)


def private_atlas(team: Team) -> Done:
    team.charter.people.channel_learned(team.workspace, "C0QUIET", "atlas-quiet", True, False)
    done = team.atlas(private=True)
    team.charter.projects.bind(team.actor("ana"), done.project.key, QUIET)
    return done


def test_a_private_project_is_none_of_anybody_elses(team: Team) -> None:
    done = private_atlas(team)
    key, service = done.project.key, team.charter.standups
    ana, access = team.actor("ana"), team.charter.access
    access.grant(ana, Grant("<@UBEA>", Role.EDITOR, key), QUIET)
    team.charter.raci.assign(ana, Assign("modelling", (Letter.R,), "<@UBEA>", project=key), QUIET)
    access.grant(ana, Grant("<@UBEA>", None, key), QUIET)
    with pytest.raises(Refused) as caught:
        service.set_up(team.actor("ana"), replace(WISH, project=key), QUIET)
    assert caught.value.why is Why.STANDUP_EXPOSED
    quiet = replace(WISH, project=key, channel="C0QUIET", people=("<@UANA>", "<@UCY>"))
    service.set_up(team.actor("ana"), quiet, QUIET)
    standup = Standup(team, done)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: service.shown(team.actor("bea"), key, ELSEWHERE),
        lambda: service.set_up(team.actor("bea"), replace(quiet, at=time(8)), ELSEWHERE),
        lambda: service.end(team.actor("bea"), EndStandup(key), ELSEWHERE),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()

    # Bea kept her letter and Cy is named, but only Ana is a member.
    standup.at(ASKED)
    assert list(standup.entries()) == ["ana"]
    assert (standup.said_to("bea"), standup.said_to("cy")) == ([], [])
    standup.answer("ana", "did")
    standup.at(REPORTED)
    assert {page.channel for page in standup.report()} == {"C0QUIET"}
    with team.database.read() as session:
        rows = session.exec(select(OutboxRow)).all()
    waiting, told = (
        [row for row in rows if row.why],
        [row for row in rows if not row.why],
    )
    assert all(row.confidential for row in told)
    assert {row.channel for row in told} == {"C0QUIET", "UANA"}
    # That she was given a letter waited for her morning; by now she may not know of it any more.
    assert [row.channel for row in waiting] == ["UBEA"]
    sent = team.charter.outbox.claim(team.workspace, 9)
    assert {parcel.channel for parcel in sent} == {"C0QUIET", "UANA"}


def test_nobody_answers_for_somebody_else(standup: Standup) -> None:
    standup.at(ASKED)
    entry = standup.entries()["bea"].id
    service = standup.charter.standups
    with pytest.raises(NotFound):
        service.asked(standup.team.actor("ana"), entry)
    with pytest.raises(NotFound):
        service.answer(standup.team.actor("cy"), AnswerStandup(entry, State.SKIPPED))
    with pytest.raises(NotFound):
        service.asked(standup.team.actor("bea"), 10_000)
    assert service.open_ones(standup.team.actor("bea"))[0].entry.id == entry
    assert standup.entries()["bea"].state is State.ASKED


# What is true when the clock strikes


def test_a_stale_schedule_asks_nobody_who_is_out(standup: Standup) -> None:
    team = standup.team
    profile = Profile("UBEA", "Bea Sample", "Bea", "Europe/Berlin", deleted=True)
    team.charter.people.learned(team.workspace, profile)
    team.charter.people.learned(
        team.workspace, Profile("UCY", "Cy Sample", "Cy", "America/New_York")
    )
    team.now = ASKED  # the schedules of both are those of yesterday
    for occurrence in team.charter.timers.claim(team.workspace):
        if occurrence.kind == "standup_ask":
            team.charter.timers.see_to(occurrence)
    assert list(standup.entries()) == ["ana"]
    standup.at(TUESDAY.replace(hour=14, minute=30))
    assert list(standup.entries()) == ["ana", "cy"]


def test_a_document_that_takes_somebody_in_counts_from_the_next_time_on(standup: Standup) -> None:
    team = standup.team
    dan = Profile("UDAN", "Dan Sample", "Dan", "Europe/Berlin")
    team.charter.people.learned(team.workspace, dan)
    raw = json.loads(team.charter.documents.dump(team.workspace, team.now))
    raw["assignments"].append(
        {"project": "atlas", "item": "idea", "raci": "R", "person": team.person("dan").key}
    )
    team.charter.documents.load(team.actor("ana"), json.dumps(raw), team.now)
    standup.at(T0 + timedelta(hours=1))  # the hourly look
    standup.at(ASKED)
    with team.database.read() as session:
        asked = standups.of_day(session, standup.project, TUESDAY.date())
    assert team.person("dan").id in {entry.person for entry in asked}


@pytest.mark.parametrize("trouble", Trouble)
def test_it_rests_and_says_so_once(standup: Standup, trouble: Trouble) -> None:
    team, projects = standup.team, standup.charter.projects
    day = TUESDAY
    if trouble is Trouble.ARCHIVED:
        projects.archive(team.actor("ana"), "atlas", HERE, archived=True)
    elif trouble is Trouble.UNBOUND:
        projects.unbind(team.actor("ana"), HERE, None)
    elif trouble is Trouble.EXPOSED:
        raw = json.loads(team.charter.documents.dump(team.workspace, team.now))
        raw["projects"][0] |= {"private": True, "members": [team.person("bea").key]}
        team.charter.documents.load(team.actor("ana"), json.dumps(raw), team.now)
    elif trouble is Trouble.SHARED:
        team.charter.people.channel_learned(team.workspace, "C0ATLAS", "proj-atlas", False, True)
    else:
        standup.at(REPORTED)
        standup.refuse()
        day = TUESDAY + timedelta(days=1)
    before = len(standup.said_to("ana"))
    for _ in range(2):
        standup.at(day + (REPORTED - TUESDAY))
        assert standup.entries(day) == {}
        assert standup.report(day) == []
        day += timedelta(days=1)
    told = standup.said_to("ana")[before:]
    assert len(told) == 1
    assert "The standup of Atlas rests" in told[0]


def test_it_goes_on_when_it_is_saved_again(standup: Standup) -> None:
    standup.at(REPORTED)
    standup.refuse()
    service, ana = standup.charter.standups, standup.team.actor("ana")
    assert service.shown(ana, None, HERE).trouble is Trouble.REFUSED
    service.set_up(ana, replace(WISH, report_at=time(11)), HERE)
    assert service.shown(ana, None, HERE).trouble is None
    wednesday = TUESDAY + timedelta(days=1)
    standup.at(wednesday + (REPORTED - TUESDAY))
    assert len(standup.report(wednesday)) == 1


def test_it_goes_on_by_itself_after_slack_was_away(standup: Standup) -> None:
    standup.at(REPORTED)
    standup.refuse(refused=False)
    assert standup.charter.standups.shown(standup.team.actor("ana"), None, HERE).trouble is None
    wednesday = TUESDAY + timedelta(days=1)
    standup.at(wednesday + (REPORTED - TUESDAY))
    assert len(standup.entries(wednesday)) == 3
    assert len(standup.report(wednesday)) == 1


def test_set_otherwise_during_the_day_nobody_is_asked_twice(standup: Standup) -> None:
    standup.at(REPORTED)
    [first] = standup.report()
    later = replace(WISH, at=time(15), questions=("Mood?",))
    standup.charter.standups.set_up(standup.team.actor("ana"), later, HERE)
    standup.at(TUESDAY.replace(hour=20))
    assert len(standup.entries()) == 3
    assert standup.entries()["ana"].questions == QUESTIONS
    standup.answer("ana", "late")
    [again] = standup.report()
    assert again.key == first.key
    assert "late" in again.text


def test_one_that_ended_asks_nobody_and_keeps_what_is_said(standup: Standup) -> None:
    standup.at(ASKED)
    standup.charter.standups.end(standup.team.actor("ana"), EndStandup(), HERE)
    assert standup.answer("ana", "did").plan is None
    assert standup.entries()["ana"].state is State.POSTED
    standup.at(REPORTED + timedelta(days=1))
    assert standup.report() == []
    assert standup.entries(TUESDAY + timedelta(days=1)) == {}


def test_an_answer_comes_too_late_after_a_week(standup: Standup) -> None:
    standup.at(ASKED)
    standup.team.now = TUESDAY + timedelta(days=8)
    standup.answer("ana", "late")
    standup.team.now = TUESDAY + timedelta(days=9, hours=1)
    with pytest.raises(Refused) as caught:
        standup.answer("ana", "too late")
    assert caught.value.why is Why.STANDUP_OVER


def test_an_archived_project_takes_no_answer(standup: Standup) -> None:
    standup.at(ASKED)
    standup.charter.projects.archive(standup.team.actor("ana"), None, HERE, archived=True)
    with pytest.raises(Refused) as caught:
        standup.answer("ana", "did")
    assert caught.value.why is Why.ARCHIVED


def test_a_report_is_not_put_right_where_it_may_not_be_read_any_more(standup: Standup) -> None:
    team = standup.team
    standup.at(REPORTED)
    [before] = standup.report()
    raw = json.loads(team.charter.documents.dump(team.workspace, team.now))
    raw["projects"][0] |= {"private": True, "members": [team.person("bea").key]}
    team.charter.documents.load(team.actor("ana"), json.dumps(raw), team.now)
    standup.answer("bea", "between us")
    assert standup.report() == [before]
    assert standup.entries()["bea"].answers[0][1] == "between us"
