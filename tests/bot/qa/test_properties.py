"""What holds of every question, whatever the names, the typos and the characters."""

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.qa.answer import answer
from bot.qa.replies import Answer
from bot.qa.topics.cues import languages
from bot.qa.wording import LONGEST
from bot.qa.words import lexicons
from bot.text import words as words_of
from tests.bot.qa.naming import ASKED, items, names, renamed, with_another_project
from tests.bot.qa.support import Document, World, read
from tests.bot.qa.tables import world
from tests.bot.qa.worlds import DATA

WORLDS = {"grid": ("elif", "gust"), "freight": ("zofia", "eta")}
_OPEN = ("gust", "blade", "icing", "bids", "eta", "lading", "crane", "tariff")
_SEEDS = st.integers(0, 2)


@cache
def _document(name: str) -> Document:
    return read(DATA / f"{name}.json")


@cache
def _renamed(name: str, seed: int) -> tuple[Document, World]:
    made = renamed(_document(name), seed)
    return made, World.of(made)


@cache
def _extended(name: str, seed: int) -> World:
    return World.of(with_another_project(_document(name), seed))


@st.composite
def asked(draw: st.DrawFn) -> dict[str, Any]:
    """A wording, and by key and place in the list of its names what is asked about."""
    name = draw(st.sampled_from(sorted(WORLDS)))
    document = _document(name)
    projects = [row["key"] for row in document["projects"] if row["key"] in _OPEN]
    project = draw(st.sampled_from(projects))
    item = draw(st.sampled_from(sorted(items(document, project))))
    person = draw(st.sampled_from([row["key"] for row in document["people"]]))
    alias = draw(st.integers(0, 5))
    channel = draw(st.sampled_from((None, WORLDS[name][1])))
    wording = draw(st.sampled_from(ASKED))
    keys = {"p": project, "i": item, "w": person}
    return {"world": name, "wording": wording, "alias": alias, "channel": channel, "keys": keys}


def _text(document: Document, row: dict[str, Any]) -> str:
    keys, alias = row["keys"], row["alias"]
    called = names(document)
    held = items(document, keys["p"])
    said = {
        "p": called[keys["p"]][alias % len(called[keys["p"]])],
        "i": held[keys["i"]][alias % len(held[keys["i"]])],
        "w": called[keys["w"]][0],
    }
    return str(row["wording"]).format(**said)


def _ask(where: World, question: str, row: dict[str, Any]) -> Answer:
    return answer(question, where.facts(WORLDS[row["world"]][0], row["channel"]))


def _sense(where: World, found: Answer) -> tuple[object, ...]:
    people, stages = frozenset(where.keys(found.people)), frozenset(found.stages)
    return str(found.kind), found.verdict, people, stages


@settings(max_examples=300, deadline=None)
@given(asked(), _SEEDS)
def test_other_names_change_no_answer(row: dict[str, Any], seed: int) -> None:
    document, other = _renamed(row["world"], seed)
    here = _ask(world(row["world"]), _text(_document(row["world"]), row), row)
    there = _ask(other, _text(document, row), row)
    assert _sense(other, there) == _sense(world(row["world"]), here), _text(document, row)


@settings(max_examples=200, deadline=None)
@given(asked().filter(lambda row: "{p}" in row["wording"]), _SEEDS)
def test_another_project_changes_no_answer_about_this_one(row: dict[str, Any], seed: int) -> None:
    question = _text(_document(row["world"]), row)
    without, beside = world(row["world"]), _extended(row["world"], seed)
    here, there = _ask(without, question, row), _ask(beside, question, row)
    assert _sense(beside, there) == _sense(without, here), question
    assert there.text == here.text


@cache
def _known() -> frozenset[str]:
    tables = [*lexicons(), *(one.lexicon for one in languages().values())]
    return frozenset(token for table in tables for token in table.tokens)


@st.composite
def _slip(draw: st.DrawFn, question: str) -> str:
    """The question with one letter of a word of six or more left out, doubled, changed or moved."""
    long = [one for one in words_of(question) if len(one.surface) >= 6 and one.surface.isalpha()]
    if not long:
        return question
    word = draw(st.sampled_from(long))
    typed = word.surface
    at = draw(st.integers(1, len(typed) - 2))
    letter = draw(st.sampled_from("aeinrstl"))
    slips = (
        typed[:at] + typed[at + 1 :],
        typed[:at] + typed[at] + typed[at:],
        typed[:at] + letter + typed[at + 1 :],
        typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :],
    )
    made = draw(st.sampled_from(slips))
    return question[: word.at] + made + question[word.at + len(typed) :]


@settings(max_examples=400, deadline=None)
@given(asked(), st.data())
def test_one_slip_is_understood_or_asked_back_never_answered_wrong(
    row: dict[str, Any], data: st.DataObject
) -> None:
    where = world(row["world"])
    question = _text(_document(row["world"]), row)
    slipped = data.draw(_slip(question))
    new = {one.stem for one in words_of(slipped)} - {one.stem for one in words_of(question)}
    if new & _known():  # "blocker" is no typo of "blocked"
        return
    right, found = _ask(where, question, row), _ask(where, slipped, row)
    if str(found.kind) in ("answer", "no_owner"):
        assert _sense(where, found) == _sense(where, right), slipped


_MARKUP = st.sampled_from(
    ["<!channel>", "<!here>", "<@U0ELIF>", "<#C01|x>", "<!subteam^S1>", "<https://x.example|y>",
     "&lt;!channel&gt;", "*b*", "`c`", "who owns", "gust", "is", "in scope?", "status of"]
)  # fmt: skip
_ANY = st.one_of(st.text(max_size=120), st.lists(_MARKUP, max_size=8).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(_ANY, _ANY, st.sampled_from(("{} {}", "who owns {} in {}?", "is {} in scope of {}?")))
@pytest.mark.timeout(60)
def test_any_text_is_answered_without_a_ping(one: str, other: str, around: str) -> None:
    found = answer(around.format(one, other), world("grid").facts("elif"))
    assert str(found.kind) in ("answer", "clarify", "no_owner", "unknown")
    assert 0 < len(found.text) <= LONGEST == 1_200
    assert not any(mark in found.text for mark in ("<!", "<@", "<#", "<http"))


def test_new_names_are_far_from_each_other_and_from_the_words_of_questions() -> None:
    document, _ = _renamed("grid", 0)
    new = [row["first_name"].casefold() for row in document["people"]]
    assert len(set(new)) == len(new)
    assert not set(new) & _known()
    assert random.Random(0).choice(new) not in {
        row["first_name"].casefold() for row in _document("grid")["people"]
    }
