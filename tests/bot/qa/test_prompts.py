"""What Charter suggests to ask: of a project's own items, and always answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.project import Project, Status
from bot.qa.answer import answer
from bot.qa.prompts import GENERAL, MOST, general, suggested
from bot.qa.replies import AnswerKind
from tests.bot.qa.tables import world
from tests.bot.qa.worlds import NOW, facts, harbour, project, seat, somebody, stages

ANA = somebody(1, "Ana Cruz")
TODAY = NOW.date()


def atlas(**more: object) -> Project:
    intake, labels, serving = stages(intake=[seat("A", 1)], labels=[seat("A", 1)])
    items = (
        replace(intake, status=Status.DONE),
        replace(labels, status=Status.BLOCKED, due=TODAY - timedelta(days=2)),
        replace(serving, status=Status.NOT_STARTED),
    )
    return project(1, "Atlas", items=items, **more)


def test_what_is_most_pressing_is_suggested_first() -> None:
    titles = [one.title for one in suggested([atlas()], {1: ANA}, TODAY)]
    assert titles == [
        "What is blocking Labelling?",
        "What is overdue in Atlas?",
        "Who owns Labelling?",
        "Which stages have no owner?",
    ]


def test_of_several_projects_each_has_its_turn() -> None:
    calm = replace(atlas(), id=2, name="Borea", items=())
    titles = [one.title for one in suggested([atlas(), calm], {1: ANA}, TODAY)]
    assert titles[:3] == [
        "What is blocking Labelling?",
        "How is Borea doing?",
        "What is overdue in Atlas?",
    ]
    assert len(titles) == MOST


def test_of_no_project_in_particular_it_is_general() -> None:
    assert suggested([], {}, TODAY) == general()
    assert len(GENERAL) <= MOST


@pytest.mark.parametrize("name", ["grid", "freight"])
def test_whatever_is_suggested_is_answered(name: str) -> None:
    known = world(name)
    for entry in known.facts(None, None).view.listed():
        found = known.facts(None, None)
        prompts = suggested([found.project(entry.project_id)], found.people, found.now.date())
        assert prompts
        for one in prompts:
            told = answer(one.message, found)
            assert told.kind in (AnswerKind.ANSWER, AnswerKind.NO_OWNER), one


def test_what_is_suggested_in_general_is_answered() -> None:
    asked = harbour().facts("hiro")
    for one in general():
        assert answer(one.message, asked).kind is AnswerKind.ANSWER, one


def test_a_name_on_many_lines_stays_on_one() -> None:
    odd = replace(atlas(), name="At\nlas <!channel>")
    for one in suggested([odd], {1: ANA}, TODAY):
        assert "\n" not in one.title + one.message


def test_a_project_without_stages_is_asked_about_as_a_whole() -> None:
    bare = project(1, "Atlas", items=())
    prompts = suggested([bare], {1: ANA}, TODAY)
    assert [one.title for one in prompts] == ["How is Atlas doing?", "What is Atlas for?"]
    for one in prompts:
        assert answer(one.message, facts([bare], [ANA])).kind is AnswerKind.ANSWER
