"""Which names are near to one that is not held."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from bot.commands import parse
from bot.errors import NotFound
from bot.spelling import folded, near
from tests.support.clock import T0

NAMES = ("Fare Finder", "Berth Planner", "Wake Watch", "Data pipeline", "Stages")
SPELLED = {folded(one): one for one in NAMES}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nowhere", ()),
        ("lunch", ()),
        ("xy", ()),
        ("finder", ("Fare Finder",)),
        ("Brth Planner", ("Berth Planner",)),
        ("wake", ("Wake Watch",)),
        ("pipelin", ("Data pipeline",)),
        ("Stage", ("Stages",)),
    ],
)
def test_what_is_near_and_what_is_not(typed: str, found: tuple[str, ...]) -> None:
    assert near(typed, SPELLED) == found


@given(st.text(ascii_lowercase, min_size=1, max_size=14), st.sampled_from(NAMES))
def test_of_a_near_name_three_letters_in_four_were_typed(typed: str, name: str) -> None:
    """Whatever was typed, most of it stands in what is suggested, in that order."""
    spelling = folded(name)
    if near(typed, {spelling: name}):
        shorter = min(len(folded(typed)), len(spelling))
        same = (len(folded(typed)) + len(spelling) - Indel.distance(folded(typed), spelling)) / 2
        assert same >= shorter - shorter // 4 - 1


@given(st.sampled_from(NAMES), st.integers(0, 20), st.sampled_from(ascii_lowercase))
def test_one_wrong_letter_is_always_near(name: str, at: int, letter: str) -> None:
    spelling = folded(name)
    at %= len(spelling)
    assert near(f"{spelling[:at]}{letter}{spelling[at + 1 :]}", {spelling: name}) == (name,)


@pytest.mark.parametrize("said", ["portfolio as pdf", "Churn Radar as Word"])
def test_a_format_that_there_is_not_is_told_with_those_that_are(said: str) -> None:
    with pytest.raises(NotFound) as caught:
        parse(f"export {said}", T0.date())
    assert (caught.value.what, caught.value.there) == ("format", ("xlsx", "csv", "json", "md"))
