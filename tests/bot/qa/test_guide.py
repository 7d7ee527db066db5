"""Questions about Charter itself: what a word means, and how something is done.

`first_days.jsonl` was written in two halves, each before the table was changed for it; `guide` is
what is told, null where the sentence asks for something else.
"""

import json
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import glossary
from bot.commands import COMMANDS, parse
from bot.project import Letter
from bot.qa.answer import answer
from bot.qa.guide.meanings import meant
from bot.qa.guide.table import roots_of, rows
from bot.qa.guide.ways import ways
from bot.qa.reading import questions
from bot.qa.replies import AnswerKind
from bot.qa.wording import LONGEST
from bot.text import plain, words
from tests.bot.qa.worlds import DATA, harbour
from tests.support.tree import ROOT

LINES = (DATA / "first_days.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
OTHERS = sorted(
    {
        json.loads(line)["text"]
        for path in sorted(DATA.glob("*.jsonl"))
        if path.name != "first_days.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines()
    }
)


def _told(text: str, channel: str | None = None) -> str | None:
    guide = answer(text, harbour().facts("hiro", channel)).guide
    return guide.key if guide else None


@pytest.mark.parametrize("question", QUESTIONS, ids=[row["id"] for row in QUESTIONS])
def test_a_first_question_is_told_what_it_asks_for(question: dict[str, Any]) -> None:
    assert _told(question["text"]) == question["guide"]


def test_no_other_question_is_taken_for_one() -> None:
    assert len(OTHERS) > 1500
    view = harbour().facts("hiro").view
    taken = [text for text in OTHERS if any(one.guide for one in questions(plain(text), view))]
    assert taken == []


ASKED = (
    *("who owns {}?", "who is accountable for {}?", "who is responsible for {}?"),
    *("who do I ask about {}?", "whose input do we need on {}?", "who must be informed about {}?"),
    *("is Leila responsible for {}?", "what is the status of {}?", "what is blocking {}?"),
    *(
        "when is {} due?",
        "how is {} doing?",
        "can I ask who owns {}?",
        "has {} an owner?",
    ),
)


@given(
    st.sampled_from(ASKED),
    st.sampled_from([stage.title for stage in harbour().ladder]),
    st.sampled_from(["", " in Sepsis Early Warning", " for Bed Flow Planner"]),
    st.sampled_from(["", "hi! ", "I'm new here, ", "sorry, quick question: "]),
)
def test_who_and_what_is_asked_of_the_record_stays_so(
    wording: str, stage: str, where: str, greeting: str
) -> None:
    assert _told(f"{greeting}{wording.format(stage + where)}") is None


@given(
    st.sampled_from(["how do I {} {}?", "how can we {} {}", "what's the command to {} {}?"]),
    st.sampled_from([way for way in ways() if way.does and way.of]),
    st.sampled_from(["zeppelin", "quokka", "the billing service"]),
)
def test_a_word_that_nothing_accounts_for_is_never_passed_over(
    wording: str, way: Any, more: str
) -> None:
    does, of = (" ".join(sorted(some)[0]) for some in (way.does, way.of))
    assert _told(f"{wording.format(does, of).rstrip('?')} {more}?") is None


def test_both_letters_are_explained_beside_each_other() -> None:
    said = answer("what's the difference between R and A?", harbour().facts()).text
    assert said == (
        "Responsible (R): does the work. Accountable (A): answers for it; exactly one person, or "
        "a vacant seat. More: docs/letters.md."
    )


def test_a_way_is_told_with_what_to_type_and_where_to_read_on() -> None:
    found = answer("how do I link a PR?", harbour().facts())
    assert found.kind is AnswerKind.ANSWER
    assert found.text == (
        "Link a pull request, an experiment run or any page to a stage or project. Type /charter "
        "link https://github.com/acme/churn/pull/7 to data pipeline. More: /charter help link, "
        "docs/links.md#linking."
    )


def test_it_is_answered_beside_another_question() -> None:
    asked = "what does R mean, and who owns Labelling in Sepsis Early Warning?"
    found = answer(asked, harbour().facts("hiro"))
    first, second = (part.answer for part in found.parts)
    assert (first.guide.key if first.guide else None, second.guide) == ("R", None)
    assert second.people


def test_a_name_that_is_held_wins_over_a_loose_wording() -> None:
    assert meant(words("what is R"), 0, lambda: [False, False, False]) is not None
    assert meant(words("what is R"), 0, lambda: [False, False, True]) is None
    assert meant(words("what does R mean"), 0, lambda: [False, False, True, False]) is not None


def test_no_two_ways_are_asked_for_alike() -> None:
    """Where the same words would fit two, the first of the table would always win."""
    seen: dict[object, str] = {}
    twice: list[tuple[str, str, object]] = []
    for way in ways():
        for said in (*way.alone, *product(way.does, way.of)):
            if said in seen and way.guide.key != seen[said]:
                twice.append((seen[said], way.guide.key, said))
            seen.setdefault(said, way.guide.key)
    assert twice == []


def test_what_is_shown_to_type_is_what_the_table_of_commands_has() -> None:
    known = {form for command in COMMANDS for form in (*command.forms, command.example)}
    for way in ways():
        assert set(way.guide.forms) <= known, way.guide.key
        assert len(way.guide.text) <= LONGEST
        if way.guide.topic:
            parse(f"help {way.guide.topic}", date(2026, 11, 28))
        else:
            assert not way.guide.forms


def _anchors(page: str) -> set[str]:
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    heads = (line.lstrip("#").strip().lower() for line in lines if line.startswith("#"))
    kept = ("".join(c for c in head if c.isalnum() or c in " -_") for head in heads)
    return {head.replace(" ", "-") for head in kept}


def test_the_documentation_has_the_sections_that_are_named() -> None:
    pages = {way.guide.page.removeprefix("docs/") for way in ways()} | {*rows("pages").values()}
    for page in sorted(pages):
        file, _, anchor = page.partition("#")
        assert not anchor or anchor in _anchors(file), page


def test_every_word_that_is_explained_stands_in_the_glossary() -> None:
    for term in rows("terms"):
        assert term in glossary.TERMS or term in Letter.__members__
        assert term in rows("pages")
    assert all(roots_of(one) for wordings in rows("terms").values() for one in wordings)
