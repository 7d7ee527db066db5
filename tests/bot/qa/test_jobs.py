"""What a job role does here: from the catalogue, and from who really has it."""

from dataclasses import replace

import pytest

from bot.qa.answer import answer
from bot.qa.facts import Facts, in_memory
from bot.qa.jobs import role_asked
from bot.qa.replies import AnswerKind
from bot.roles import Role, catalogue
from tests.bot.team import ANA, BEA, EVA, TEAM, project
from tests.support.clock import T0

PEOPLE = {
    **TEAM,
    BEA: replace(TEAM[BEA], role="ml_engineer"),
    ANA: replace(TEAM[ANA], job_title="ML Engineers"),
}
OPEN = project({"rollout": "A/R bea, R cy", "idea": "C eva"})
HIDDEN = replace(project({"idea": "A bea"}, "Hidden", id=9), private=True, members=frozenset({EVA}))


def facts(asker: int | None = None, **more: object) -> Facts:
    made = in_memory(
        [OPEN, HIDDEN], PEOPLE.values(), (), now=T0, asker=PEOPLE[asker] if asker else None
    )
    return replace(made, **more)  # type: ignore[arg-type]  # fields of its own


@pytest.mark.parametrize(
    "text",
    [
        "what does an ML engineer do here?",
        "What do ML engineers do?",
        "what does a ml engineer actually do",
        "what does a machine learning engineer do here?",
        "What do machine-learning engineers do?",
        "what is an ML Engineer?",
        "what's an ML engineer's job?",
        "what is the role of an ML engineer here",
        "describe the job of ML engineers",
    ],
)
def test_a_role_is_told_from_the_catalogue_and_from_who_has_it(text: str) -> None:
    found = answer(text, facts())
    assert found.kind is AnswerKind.ANSWER
    assert found.people == (ANA, BEA)
    assert "Brings models into production" in found.text
    assert "Usual stages: Roll-out." in found.text
    assert "Works with: Data Scientist, Data Engineer, Developer." in found.text
    assert "Ana Sample (holds no letter); Bea Sample (A/R of Roll-out in Atlas)" in found.text
    assert "Hidden" not in found.text


def test_r1_what_weighs_most_is_told_first() -> None:
    rows = {"idea": "I bea", "framing": "C bea", "rollout": "A/R bea"}
    many = in_memory([project(rows)], PEOPLE.values(), (), now=T0, asker=None)
    told = answer("what do ML engineers do?", many).text
    assert "A/R of Roll-out in Atlas, C of Problem framing in Atlas, I of Feature" in told


def test_what_is_private_is_told_to_those_inside_alone() -> None:
    assert "A of Feature choice in Hidden" in answer("what do ML engineers do?", facts(EVA)).text


@pytest.mark.parametrize(
    "text",
    [
        "what does the ML engineer do?",
        "what does Bea do?",
        "what does an astronaut do here?",
        "what do we do?",
        "who is an ML engineer",
        "what does an ML engineer own?",
        "what does an ML engineer do" + " and what else" * 40,
        "",
    ],
)
def test_other_questions_are_not_taken_for_one_about_a_role(text: str) -> None:
    assert role_asked(text, facts()) is None


def test_a_role_of_the_workspaces_own_is_known() -> None:
    own = catalogue([Role("annotation_lead", "Annotation lead", "Checks labels.", is_own=True)])
    found = answer("what do annotation leads do here?", facts(roles=own))
    assert found.text == "Annotation lead: Checks labels. Nobody here has this role."
