"""The committed questions about an invented hospital group, each against the rules.

The gold is computed by `reference`, from the document alone. Where a question fails after a change,
mend the rule or the table of words, not the sentence.
"""

import json
import random
from typing import Any

import pytest

from bot.qa.answer import answer
from tests.bot.qa.reference import Expected, Reference
from tests.bot.qa.worlds import DATA, document, harbour

_LINES = (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()
QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in _LINES]


def _got(text: str, asker: str | None, channel: str | None) -> Expected:
    world = harbour()
    found = answer(text, world.facts(asker, channel))
    return Expected(
        str(found.kind),
        frozenset(world.keys(found.people)),
        frozenset(f"{project}/{item}" for project, item in found.stages),
        found.verdict,
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=[row["id"] for row in QUESTIONS])
def test_a_question_gets_the_answer_that_the_rules_give(question: dict[str, Any]) -> None:
    want = Reference(document()).expected(question["expect"], question["asker"])
    got = _got(question["text"], question["asker"], question["channel"])
    assert got.kind == want.kind, question["text"]
    if want.kind in ("answer", "no_owner"):
        assert (got.people, got.stages) == (want.people, want.stages), question["text"]
        assert want.verdict in (None, got.verdict), question["text"]


@pytest.mark.parametrize("question", QUESTIONS, ids=[row["id"] for row in QUESTIONS])
def test_a_vacancy_and_a_leaver_are_said(question: dict[str, Any]) -> None:
    want = question["expect"]
    if want["kind"] != "holders" or want["intent"] in ("consulted", "informed", "contact"):
        return
    letter = "R" if want["intent"] == "responsible" else "A"
    rows = [
        row
        for row in document()["assignments"]
        if row["raci"] == letter and f"{row['project']}/{row['item']}" in want["refs"]
    ]
    left = {row["key"] for row in document()["people"] if not row["active"]}
    said = answer(question["text"], harbour().facts(question["asker"], question["channel"])).text
    if any(row["vacant_role"] for row in rows):
        assert "vacant" in said
    if any(row["person"] in left for row in rows):
        assert "has left" in said


# --- typos ---------------------------------------------------------------------------------------

ASKED = {
    "owner": "who owns {item} in {project}?",
    "accountable": "who is accountable for {item} in {project}?",
    "responsible": "who is responsible for {item} on {project}",
    "contact": "who should I ask about {item} for {project}?",
    "consulted": "whose input do we need on {item} in {project}?",
    "informed": "who needs to be informed about {item} in {project}?",
}


def _slip(text: str, chance: random.Random) -> str:
    """One slip in one of the longer words: a letter left out, doubled, or changed with the next."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    at = chance.choice(long or [max(range(len(words)), key=lambda at: len(words[at]))])
    word = words[at]
    place = chance.randrange(1, len(word) - 1)
    match chance.randrange(3):
        case 0:
            word = word[:place] + word[place + 1 :]
        case 1:
            word = word[:place] + word[place] + word[place:]
        case _:
            word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join([*words[:at], word, *words[at + 1 :]])


def test_one_slip_in_a_question_changes_its_answer_hardly_ever() -> None:
    chance = random.Random(20270301)
    rules = Reference(document())
    right = wrong = 0
    rounds = 600
    for _ in range(rounds):
        project = chance.choice([row for row in document()["projects"] if row["key"] in _PLAIN])
        stage = chance.choice([row for row in document()["stages"] if row["key"] != "need"])
        intent, wording = chance.choice(sorted(ASKED.items()))
        text = _slip(wording.format(item=stage["title"], project=project["name"]), chance)
        ref = f"{project['key']}/{stage['key']}"
        want = rules.expected({"kind": "holders", "intent": intent, "refs": [ref]}, "hiro")
        got = _got(text, "hiro", None)
        same = (got.kind, got.people, got.stages) == (want.kind, want.people, want.stages)
        right += same
        wrong += not same and got.kind in ("answer", "no_owner")
    assert right / rounds >= 0.97
    assert wrong / rounds <= 0.01


_PLAIN = ("sepsis", "radiology", "beds", "noshow", "stroke")
