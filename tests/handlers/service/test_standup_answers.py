"""What the lines of an answer are about, and where they may be told."""

import pytest
from sqlmodel import select

from bot.errors import BadInput, Why
from bot.orders import AnswerStandup, Grant, NewProject
from bot.rights import Role
from bot.standups import QUESTIONS, SaidLine, State, Withheld
from storage.tables import AuditTextRow
from tests.handlers.service.conftest import ELSEWHERE, HERE, Team
from tests.handlers.service.standup_support import ASKED, REPORTED, Standup, begun


@pytest.fixture
def standup(team: Team) -> Standup:
    return begun(team)


def comet(team: Team) -> int:
    """A private project of Ana's that Bea knows of, and Cy does not."""
    ana = team.actor("ana")
    made = team.charter.projects.create(ana, NewProject("Comet", private=True), ELSEWHERE).project
    team.charter.access.grant(ana, Grant("<@UBEA>", Role.EDITOR, made.key), ELSEWHERE)
    return made.id


def item_id(standup: Standup, key: str) -> int:
    project = standup.charter.projects.shown(standup.team.actor("ana"), "atlas", HERE).project
    found = project.item(key)
    assert found is not None
    return found.id


def test_u8_lines_are_tagged_with_the_stage_that_they_begin_with(standup: Standup) -> None:
    standup.at(ASKED)
    told = standup.answer("bea", "Data pipeline: 200 more\nread", "#modelling start")
    expected = (
        SaidLine(0, "200 more", item_id(standup, "data_pipeline")),
        SaidLine(0, "read"),
        SaidLine(1, "start", item_id(standup, "modelling")),
    )
    assert told.entry.said == standup.entries()["bea"].said == expected
    # The answers stay as they were written.
    assert told.entry.answers[0] == (QUESTIONS[0], "Data pipeline: 200 more\nread")


def test_edge_54_a_line_about_a_private_project_is_withheld_and_its_author_told(
    standup: Standup,
) -> None:
    team = standup.team
    project = comet(team)
    standup.at(ASKED)
    told = standup.answer("bea", "Comet: the secret model\nread", "", "#comet no secret data")
    standup.answer("cy", "Comet: is a nice name")
    entry = standup.entries()["bea"]
    assert entry == told.entry
    assert [answer for _, answer in entry.answers] == ["read", "", ""]
    assert entry.said == (SaidLine(0, "read"),)
    assert entry.withheld == (
        Withheld(0, "the secret model", project),
        Withheld(2, "no secret data", project),
    )
    [said] = standup.said_to("bea")
    assert "Not told, because not everybody who reads Atlas may know of Comet" in said
    assert "the secret model" in said
    standup.at(REPORTED)
    [report] = standup.report()
    assert "secret" not in report.text
    # For whoever does not know of it the same words are a line as any other.
    assert "Comet: is a nice name" in report.text
    with team.database.read() as session:
        record = "".join(row.change for row in session.exec(select(AuditTextRow)))
    assert "secret" not in record
    assert "is a nice name" in record
    # Once it is said without, nothing is withheld any more.
    standup.answer("bea", "read")
    assert standup.entries()["bea"].withheld == ()


def test_edge_54_what_is_withheld_is_no_reason(standup: Standup) -> None:
    comet(standup.team)
    standup.at(ASKED)
    with pytest.raises(BadInput) as caught:
        standup.answer("bea", "x", "", "Comet: no data", blocked="data_pipeline")
    assert (caught.value.why, caught.value.field) == (Why.REASON_NEEDED, "a2")
    assert standup.entries()["bea"].state is State.ASKED


def test_a_projects_own_names_come_first(standup: Standup) -> None:
    """Where a private project is called as a stage of this one, the stage is meant."""
    team = standup.team
    team.charter.projects.create(
        team.actor("ana"), NewProject("Modelling", private=True), ELSEWHERE
    )
    standup.at(ASKED)
    told = standup.answer("ana", "Modelling: a start").entry
    assert told.said == (SaidLine(0, "a start", item_id(standup, "modelling")),)
    assert told.withheld == ()


def test_answers_from_before_lines_were_tagged_are_about_the_project(standup: Standup) -> None:
    standup.at(ASKED)
    standup.answer("bea", "- one\n- two")
    with standup.team.database.begin() as session:
        session.connection().exec_driver_sql("UPDATE standup_entries SET said = '[]'")
    assert standup.entries()["bea"].said == (SaidLine(0, "one"), SaidLine(0, "two"))


def test_who_takes_their_words_back_by_skipping_finds_them_again(standup: Standup) -> None:
    comet(standup.team)
    standup.at(ASKED)
    first = standup.answer("bea", "Comet: x\ny").entry
    order = AnswerStandup(first.id, State.SKIPPED)
    [told] = standup.charter.standups.answer(standup.team.actor("bea"), order).asked
    skipped = told.entry
    assert (skipped.answers, skipped.said, skipped.withheld) == (
        first.answers,
        first.said,
        first.withheld,
    )
