"""Worlds under other names, and questions that can be asked in each of them."""

import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from bot import text
from bot.qa.topics.cues import languages
from bot.qa.words import lexicons, real_words
from tests.bot.qa.support import Document

_HEADS = ("br", "dr", "fl", "gr", "kl", "m", "n", "pl", "qu", "sk", "tr", "v", "w", "z", "h", "j")
_HEARTS = ("a", "e", "i", "o", "u", "au", "oi", "ei", "y")
_TAILS = ("lb", "rf", "nx", "sp", "dt", "gg", "mv", "zz", "kk", "rj", "x", "v")
_APART = 3

# One wording or two of each kind. {p}, {i} and {w} stand for a project, an item of it, somebody.
ASKED = (
    "who owns {i} in {p}?",
    "{i} owner, {p}",
    "who signs off {i} for {p}?",
    "who is responsible for {i} on {p}?",
    "who works on {i} in {p}",
    "who should I ask about {i} in {p}?",
    "whose input do we need on {i} in {p}?",
    "who needs to be informed about {i} in {p}?",
    "is {w} the owner of {i} in {p}?",
    "who leads {p}?",
    "what does {w} own?",
    "what is {w} responsible for in {p}?",
    "does {w} own anything?",
    "what is the status of {i} in {p}?",
    "is {i} in {p} blocked?",
    "is {i} in {p} done?",
    "when is {i} in {p} due?",
    "how is {p} doing?",
    "is {p} on track?",
    "which stages of {p} are blocked?",
    "what is blocking {p}?",
    "is {w} blocked?",
    "what is overdue in {p}?",
    "is {i} in {p} overdue?",
    "what is in scope for {p}?",
    "what is the goal of {p}?",
    "who are the stakeholders of {p}?",
    "what are the success metrics of {p}?",
    "are we hitting the targets of {p}?",
    "open pull requests in {p}",
    "which runs of {p} failed?",
    "what is the best run of {p}?",
    "what did {w} say in the standup?",
    "has {w} posted a standup?",
    "who has not posted a standup?",
    "which stages of {p} have no owner?",
    "which seats are vacant in {p}?",
    "what changed in {p}?",
    "who owns the invoice archive in {p}?",
    "make {w} the owner of {i} in {p}",
)


@cache
def _taken() -> tuple[str, ...]:
    """The words of questions, and everyday words: no new name comes near to one."""
    tables = [*lexicons(), *(one.lexicon for one in languages().values())]
    words = {token for table in tables for token in table.tokens} | real_words()
    return tuple(sorted(word for word in words if word.isascii()))


def fresh_words(seed: int) -> Iterator[str]:
    """Invented words, each at least three edits from the others and from the words of questions."""
    chance = random.Random(seed)
    made: list[str] = []
    while True:
        parts = [chance.choice(_HEADS) + chance.choice(_HEARTS) for _ in range(2)]
        word = "".join(parts) + chance.choice(_TAILS) + chance.choice(_HEARTS) + "r"
        near = (OSA.distance(word, other, score_cutoff=_APART - 1) for other in (*made, *_taken()))
        if all(distance >= _APART for distance in near) and text.root(word) == word:
            made.append(word)
            yield word


def renamed(document: Document, seed: int) -> Document:
    """The same world, with every person, project, stage and component called otherwise."""
    words = fresh_words(seed)
    made: dict[str, Any] = copy.deepcopy(dict(document))
    for person in made["people"]:
        first, last = next(words).capitalize(), next(words).capitalize()
        person |= {"name": f"{first} {last}", "first_name": first, "job_title": ""}
    for thing in (*made["stages"], *made["projects"]):
        name = "title" if "title" in thing else "name"
        thing[name] = f"{next(words).capitalize()} {next(words)}"
        thing["aliases"] = [next(words) for _ in thing["aliases"]]
    for project in made["projects"]:
        for part in project["components"]:
            part["title"] = f"{next(words).capitalize()} {next(words)}"
            part["aliases"] = [next(words) for _ in part["aliases"]]
    return made


def with_another_project(document: Document, seed: int) -> Document:
    """The same world with one more project that has nothing to do with the others."""
    words = fresh_words(seed)
    made: dict[str, Any] = copy.deepcopy(dict(document))
    other = copy.deepcopy(made["projects"][0])
    other |= {"key": "unrelated", "name": f"{next(words)} {next(words)}".title(), "private": False}
    other["aliases"] = [next(words)]
    for number, part in enumerate(other["components"]):
        part |= {"key": f"part_{number}", "title": f"{next(words)} {next(words)}"}
        part["aliases"] = [next(words)]
    other["scope"]["success_metrics"] = []
    made["projects"].append(other)
    return made


def names(document: Document) -> dict[str, list[str]]:
    """What can stand for {p} and {w}, by key: the names and aliases, in an order that lasts."""
    projects = {row["key"]: [row["name"], *row["aliases"]] for row in document["projects"]}
    people = {row["key"]: [row["name"]] for row in document["people"]}
    return projects | people


def items(document: Document, project: str) -> dict[str, list[str]]:
    """What can stand for {i} in a project, by key."""
    (row,) = [row for row in document["projects"] if row["key"] == project]
    stages = {one["key"]: [one["title"], *one["aliases"]] for one in document["stages"]}
    return stages | {one["key"]: [one["title"], *one["aliases"]] for one in row["components"]}
