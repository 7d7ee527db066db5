"""Answers that are typed: which question each line answers, and what is no answer."""

import pytest

from bot.standups import QUESTIONS
from bot.standups.typed import Word, labelled, word

MOODS = ("Mood?", "Anything blocked?", QUESTIONS[1])


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("done: the loader\nnext: its tests\nblocked: no", ("the loader", "its tests", "no")),
        ("Blocked by: no export", ("", "", "no export")),
        ("*Today:* a\n- b\n- c", ("", "a\n- b\n- c", "")),
        ("done:\n- a\n\n- b\nnext: c", ("- a\n\n- b", "c", "")),
        ("1. a\n2. b\n3. none", ("a", "b", "none")),
        ("1) a\nmore of a\n2) b", ("a\nmore of a", "b", "")),
        ("What comes next? The tests", ("", "The tests", "")),
        ("erledigt: a\nals Nächstes: b\nblockiert durch: c", ("a", "b", "c")),
        ("fait : a\naujourd'hui : b\nbloqué : c", ("a", "b", "c")),
        ("hecho: a\nhoy: b\nbloqueado: c", ("a", "b", "c")),
        ("done：a\nnext﹕b", ("a", "b", "")),
        ("done: labels: 200 more", ("labels: 200 more", "", "")),
        # What is not written so is no answer.
        ("the loader is done", None),
        ("I did it\ndone: x", None),
        ("labels: 200 more", None),
        ("1. only one", None),
        ("2. b\n1. a", None),
        ("1. a\n2. b\n3. c\n4. d", None),
        ("done:", None),
        ("done://x", None),
        ("", None),
    ],
)
def test_u4_labels_numbers_and_questions_say_what_is_answered(
    text: str, answers: tuple[str, ...] | None
) -> None:
    assert labelled(text, QUESTIONS) == answers


def test_u4_labels_count_for_the_questions_that_they_stand_for() -> None:
    assert labelled("next: a\nblocked: b", MOODS) == ("", "b", "a")
    assert labelled("mood: good\nnext: a", MOODS) == ("good", "", "a")
    assert labelled("done: a", MOODS) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Skip", Word.SKIP),
        ("nothing new.", Word.NOTHING_NEW),
        ("Nichts Neues", Word.NOTHING_NEW),
        ("exit", Word.EXIT),
        ("später", Word.EXIT),
        ("skip the tests", None),
        ("!", None),
    ],
)
def test_u4_a_word_instead_of_an_answer(text: str, meant: Word | None) -> None:
    assert word(text) is meant
