"""Nearest spellings, against looking at every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.qa.spelling import Spelling, slips_allowed

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
