"""What leans on the question before it in a thread."""

import pytest

from bot.qa.answer import answer
from bot.qa.follow import completed, completing
from tests.bot.qa.worlds import harbour

OWNER = "who owns labelling in Atlas?"
FOLLOWED = (
    (OWNER, "and deployment?", "who owns deployment in Atlas?"),
    (OWNER, "Deployment?", "who owns Deployment in Atlas?"),
    (OWNER, "what about monitoring?", "who owns monitoring in Atlas?"),
    (OWNER, "and for No-Show Predictor?", "who owns labelling in No-Show Predictor?"),
    (
        OWNER,
        "how about monitoring in No-Show Predictor?",
        "who owns monitoring in No-Show Predictor?",
    ),
    ("who owns labelling?", "in No-Show Predictor", "who owns labelling in No-Show Predictor?"),
    (OWNER, "since when?", OWNER),
    (
        OWNER,
        "since when is Kofi the owner?",
        "since when is Kofi the owner for labelling in Atlas?",
    ),
    (OWNER, "is Kofi responsible?", "is Kofi responsible for labelling in Atlas?"),
    (OWNER, "and when is it due?", "when is labelling in Atlas due?"),
    (OWNER, "and who signs off deployment?", "who signs off deployment in Atlas?"),
    ("is labelling in Atlas blocked?", "and deployment?", "is deployment in Atlas blocked?"),
    ("what does Ruth own?", "and Kofi?", "what does Kofi own?"),
    (f"hello! {OWNER} thanks", "and deployment?", "who owns deployment in Atlas?"),
)


@pytest.mark.parametrize(("before", "said", "whole"), FOLLOWED, ids=[row[1] for row in FOLLOWED])
def test_a_follow_up_takes_what_it_leaves_out(before: str, said: str, whole: str) -> None:
    assert completed(said, before, harbour().facts("hiro").view) == whole


def test_who_else_asks_for_the_other_letters() -> None:
    facts = harbour().facts("hiro")
    whole = completed("who else?", OWNER, facts.view)
    assert whole is not None
    assert [part.question for part in answer(whole, facts).parts] == [
        "who is responsible for labelling in Atlas?",
        "who is consulted on labelling in Atlas?",
        "who is informed about labelling in Atlas?",
    ]


ALONE = (
    "thanks!",
    "what is overdue?",
    "who owns deployment in No-Show Predictor?",
    "and the billing service?",
    "what does Kofi own?",
    "and why?",
    "",
)


@pytest.mark.parametrize("said", ALONE)
def test_what_stands_alone_or_names_nothing_held_is_left_as_it_is(said: str) -> None:
    assert completed(said, OWNER, harbour().facts("hiro").view) is None


def test_what_was_asked_before_is_read_with_the_eyes_of_the_reader() -> None:
    before, said = "who owns labelling in Project Kestrel?", "and deployment?"
    assert completed(said, before, harbour().facts("hiro").view) is None
    member = harbour().facts("bjorn")
    assert completed(said, before, member.view) == "who owns deployment in Project Kestrel?"


def test_the_answer_says_as_what_the_question_was_understood() -> None:
    whole = "who owns deployment in Atlas?"
    found = answer(whole, harbour().facts("hiro"))
    said = completing(found, whole)
    assert said.text.startswith(found.text.partition(" Understood as ")[0])
    assert said.text.endswith(f'Understood as "{whole}".')
