"""Nearest spellings, against looking at every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.qa.spelling import Spelling, slips_allowed
from bot.qa.topics.cues import languages, wordings
from bot.qa.topics.readings import likeliest
from bot.qa.words import real_words
from bot.text import stem, words

WORDS = ("annotation", "monitoring", "pipeline", "serving", "launch", "atlas", "raja", "etl")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("anotation", "annotation"),
        ("annottaion", "annotation"),
        ("anotatoin", "annotation"),
        ("pipline", "pipeline"),
        ("piepline", "pipeline"),
        ("srving", "serving"),
        ("servign", "serving"),
        ("launhc", "launch"),
        ("altas", "atlas"),
        ("rjaa", "raja"),
    ],
)
def test_a_typo_finds_its_word(typed: str, meant: str) -> None:
    assert Spelling(WORDS).near(typed)[0][1] == meant


@pytest.mark.parametrize("typed", ["etk", "rana", "balas", "pipe", "zzz", "атлас", "", "atlas"])
def test_what_is_no_typo(typed: str) -> None:
    assert Spelling(WORDS).near(typed) == []


letters = st.text("abcde", min_size=1, max_size=10)


@given(st.lists(letters, max_size=30), letters)
def test_nothing_far_is_found_and_nothing_near_is_missed(words: list[str], typed: str) -> None:
    found = {word: slips for slips, word in Spelling(words).near(typed)}
    for word, slips in found.items():
        assert 0 < slips <= min(slips_allowed(word), slips_allowed(typed))
        assert OSA.distance(word, typed) == slips
    for word in words:
        one_slip = OSA.distance(word, typed) == 1 and min(len(word), len(typed)) >= 5
        if one_slip and word[0] == typed[0]:
            assert word in found


def _slips(word: str) -> set[str]:
    """The word with one letter within it left out, doubled, changed, or moved by one."""
    found = set()
    for at in range(1, len(word) - 1):
        front, letter, rest = word[:at], word[at], word[at + 1 :]
        found |= {front + rest, front + letter * 2 + rest, front + rest[:1] + letter + rest[1:]}
        found |= {front + other + rest for other in "aeinrstl"}
    return found - {word}


def test_a_slip_in_a_word_of_a_question_is_put_right_or_left_and_never_another_word() -> None:
    cues = languages()["en"]
    known = cues.lexicon.tokens | real_words()
    spelling = Spelling(
        word.text for _, said in wordings("en") for word in words(said) if len(word.text) >= 6
    )
    tried = 0
    for meant in sorted({one for stems in cues.lexicon.meanings for one in stems}):
        if len(meant) < 6:
            continue
        for typed in _slips(meant):
            near = spelling.near(typed)
            if stem(typed) in known or not near:
                continue
            nearest = [other for slips, other in near if slips == near[0][0]]
            if meant not in nearest:
                continue
            tried += 1
            found = likeliest(typed, nearest, cues)
            said = {cues.alone(stem(word)) or stem(word) for word in (found, meant) if word}
            assert found is None or len(said) == 1, (typed, meant, found)
    assert tried > 5_000
