"""Two questions in one message: both are answered, in order."""

import pytest

from bot.qa.answer import answer
from bot.qa.replies import Answer
from bot.qa.several import MORE
from bot.qa.wording import LONGEST
from tests.bot.qa.worlds import harbour


def _asked(text: str, asker: str = "hiro") -> Answer:
    return answer(text, harbour().facts(asker))


def _alone(text: str, asker: str = "hiro") -> str:
    """What is told, less how it was understood."""
    return _asked(text, asker).text.partition(" Understood as ")[0]


TWICE = (
    (
        "Who owns labelling in Atlas? And who signs off deployment in Bed Flow Planner?",
        "who owns labelling in Atlas?",
        "who signs off deployment in Bed Flow Planner?",
    ),
    (
        "hi! who owns deployment in Bed Flow Planner, and when is it due? thanks",
        "who owns deployment in Bed Flow Planner?",
        "when is deployment in Bed Flow Planner due?",
    ),
    (
        "who is accountable and who is responsible for deployment in No-Show Predictor?",
        "who is accountable for deployment in No-Show Predictor?",
        "who is responsible for deployment in No-Show Predictor?",
    ),
    (
        "who owns deployment in Sepsis Early Warning and is it blocked?",
        "who owns deployment in Sepsis Early Warning?",
        "is deployment in Sepsis Early Warning blocked?",
    ),
    (
        "who owns labelling in Atlas, and who owns the billing service?",
        "who owns labelling in Atlas?",
        "who owns the billing service?",
    ),
    (
        "who owns labelling in Atlas? what does Ruth own in Atlas?",
        "who owns labelling in Atlas?",
        "what does Ruth own in Atlas?",
    ),
    (
        "Wem gehört das Labelling in Atlas und wer ist verantwortlich für Deployment in Atlas?",
        "Wem gehört das Labelling in Atlas?",
        "wer ist verantwortlich für Deployment in Atlas?",
    ),
)


@pytest.mark.parametrize(("text", "first", "second"), TWICE, ids=[row[0] for row in TWICE])
def test_q1_both_questions_of_a_message_are_answered_in_order(
    text: str, first: str, second: str
) -> None:
    found = _asked(text)
    told = [part.answer.text.partition(" Understood as ")[0] for part in found.parts]
    assert told == [_alone(first), _alone(second)]
    assert all(one in found.text for one in told)
    assert set(found.people) >= set(_asked(first).people)


ONCE = (
    "who owns labelling and deployment in Atlas?",
    "who owns labelling in Atlas? Who is the owner of labelling in Atlas?",
    "Hello. Is anybody around? Who owns labelling in Atlas? Thank you!",
    "do you know who owns labelling in Atlas?",
    "who owns labelling in Atlas when we deploy?",
    "Labelling in Atlas: who owns it?",
    "We know who owns deployment. Who owns labelling in Atlas?",
)


@pytest.mark.parametrize("text", ONCE)
def test_one_question_is_answered_once(text: str) -> None:
    found = _asked(text)
    assert found.parts == ()
    assert found.kind == "answer"
    assert found.text.count(" is accountable for Labelling in Atlas") == 1


def test_of_four_questions_three_are_answered_and_the_limit_is_kept() -> None:
    found = _asked("".join(f"what does {name} own? " for name in ("Ruth", "Kofi", "Hiro", "Björn")))
    assert [part.question for part in found.parts] == [
        "what does Ruth own?",
        "what does Kofi own?",
        "what does Hiro own?",
    ]
    assert found.text.endswith(MORE)
    assert len(found.text) <= LONGEST


def test_what_is_asked_back_of_two_is_settled_one_after_the_other() -> None:
    found = _asked("What does Anna own? Who signs off the evaluation?")
    assert [part.answer.kind for part in found.parts] == ["clarify", "clarify"]
    anna = found.parts[0].answer.options[0]
    then = answer(anna.question, harbour().facts("hiro"), anna.choice)
    assert [part.answer.kind for part in then.parts] == ["answer", "clarify"]
    assert then.parts[0].answer.text == _alone("what does Anna Brandt own?")
    project = then.parts[1].answer.options[0]
    last = answer(project.question, harbour().facts("hiro"), project.choice)
    assert [part.answer.kind for part in last.parts] == ["answer", "answer"]
    assert last.parts[0].answer.text == then.parts[0].answer.text
    assert f" in {project.label}" in last.parts[1].answer.text


def test_one_choice_settles_both_where_both_ask_for_it() -> None:
    found = _asked("who owns deployment and who is responsible for it?")
    option = found.parts[1].answer.options[0]
    settled = answer(option.question, harbour().facts("hiro"), option.choice)
    assert [part.answer.kind for part in settled.parts] == ["answer", "answer"]
    assert all(f" in {option.label}" in part.answer.text for part in settled.parts)
