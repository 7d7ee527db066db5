"""Whether somebody holds a letter: one or several of them, and since when."""

import pytest

from bot.qa.answer import answer
from bot.qa.replies import Answer, AnswerKind
from tests.bot.qa.worlds import NOW, facts, project, seat, somebody, stages

ANA, BEA, SAM = somebody(1, "Ana Cruz"), somebody(2, "Bea Lind"), somebody(3, "Sam Roe")
SAMUEL = somebody(4, "Sam Stone")
ATLAS = project(
    1,
    "Atlas",
    items=stages(
        intake=[seat("A", ANA.id, since=NOW), seat("R", ANA.id), seat("R", BEA.id)],
        labels=[seat("A", SAM.id)],
    ),
)


def ask(said: str, *projects: object) -> Answer:
    known = facts([ATLAS, *projects], (ANA, BEA, SAM, SAMUEL), asker=ANA)  # type: ignore[list-item] # projects
    return answer(said, known)


@pytest.mark.parametrize(
    ("said", "verdict", "begins"),
    [
        ("are Ana and Bea responsible for the intake in Atlas?", "yes", "Yes. Ana Cruz"),
        ("are Bea and Ana the owners of intake in Atlas?", "no", "No. Bea Lind is not. Ana Cruz"),
        ("are Bea and Sam Roe the owners of intake in Atlas?", "no", "No. Ana Cruz"),
        ("do Ana and Sam Roe work on the intake in Atlas?", "no", "No. Sam Roe is not. Ana Cruz"),
        ("is Ana or Bea the owner of intake in Atlas?", None, "Ana Cruz"),
        ("is Bea or Sam Roe the owner of intake in Atlas?", None, "Bea Lind and Sam Roe are not."),
        ("is Ana the owner of intake in Atlas?", "yes", "Yes. Ana Cruz"),
        ("is Bea the owner of intake in Atlas?", "no", "No. Ana Cruz"),
    ],
)
def test_q3_several_people_are_asked_about_at_once(
    said: str, verdict: str | None, begins: str
) -> None:
    found = ask(said)
    assert found.kind is AnswerKind.ANSWER
    assert (found.verdict, found.text[: len(begins)]) == (verdict, begins), found.text


def test_of_several_people_one_who_is_unclear_is_asked_back() -> None:
    found = ask("are Ana and Sam responsible for the intake in Atlas?")
    assert [one.label for one in found.options] == ["Sam Roe", "Sam Stone"]
    settled = ask(found.options[0].question)
    assert settled.text.startswith("No. Sam Roe is not. ")


def test_of_several_people_the_project_that_is_unclear_is_asked_back_of_all_of_them() -> None:
    found = ask("are Ana and Bea responsible for the intake?", project(2, "Borea"))
    assert found.options[0].question == (
        "are Ana Cruz and Bea Lind responsible for Data intake in Atlas?"
    )
    assert ask(found.options[0].question).verdict == "yes"


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("since when is Ana the owner of intake in Atlas?", "Ana Cruz is accountable for"),
        ("how long has Ana owned the intake in Atlas?", "Ana Cruz is accountable for"),
        ("since when is Bea the owner of intake in Atlas?", "Bea Lind is not. Ana Cruz is"),
    ],
)
def test_q7_since_when_is_told_without_a_yes(said: str, begins: str) -> None:
    found = ask(said)
    assert found.verdict is None
    assert found.text.startswith(begins)
    assert "since 2027-03-01" in found.text
