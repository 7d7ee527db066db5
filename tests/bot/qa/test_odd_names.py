"""A workspace whose names are the very words that questions are made of."""

import random
from functools import cache
from itertools import cycle
from typing import Any

import pytest

from bot.qa.answer import answer
from tests.bot.qa.reference import Reference
from tests.bot.qa.support import World

STAGES = {
    "scope": ("Scoping", "scope", "requirements"),
    "design": ("Design", "solution design"),
    "training": ("Training", "model training", "fine-tuning"),
    "testing": ("Testing", "tests", "QA"),
    "approval": ("Approval", "sign-off", "legal review"),
    "release": ("Release", "launch", "shipping"),
    "support": ("Support", "helpdesk", "run"),
    "review": ("Review", "post-mortem", "retro"),
}
PROJECTS = {
    "leads": (("Lead Scoring", "leads"), ("CRM sync", "crm")),
    "ask": (("Ask Hub", "hub"), ("Question bank", "questions", "faq")),
    "contact": (("Contact Centre Forecast", "contact centre"), ("Call recordings", "calls")),
    "help": (("Help Desk Router", "help desk"), ("Routing rules", "rules")),
    "owner": (("Owner Match", "matching"), ("Land registry feed", "registry")),
    "change": (("Change Radar", "radar"), ("Satellite tiles", "tiles")),
    "notes": (("Release Notes AI", "release notes"), ("Tone guide", "style guide")),
}
PEOPLE = (
    "May Lin",
    "Will Hand",
    "Grace Lead",
    "Art Owens",
    "Mark Doe",
    "Rose Ask",
    "Bill Change",
    "Drew Contact",
)
TEMPLATES = {
    "owner": (
        "who owns {item} {place}?",
        "{item} {place}: who owns it?",
        "owner of {item} {place}",
        "who leads {item} {place}?",
        "whose is {item} {place}?",
        "any idea who owns {item} {place}?",
        "for {project}, who owns {item}?",
        "hey, sorry to bother you, who owns {item} {place}? nobody answers",
    ),
    "accountable": (
        "who is accountable for {item} {place}?",
        "who signs off {item} {place}",
        "who signs off on {item} {place}?",
        "whose sign-off is needed for {item} {place}?",
    ),
    "responsible": (
        "who is responsible for {item} {place}?",
        "who's on {item} {place}",
        "who does {item} {place}?",
        "who is doing the {item} work {place}",
    ),
    "contact": (
        "who should I ask about {item} {place}?",
        "point of contact for {item} {place}",
        "who do we reach out to for {item} questions {place}",
        "I need help with {item} {place}, who do I ask?",
    ),
    "consulted": (
        "whose input do we need on {item} {place}?",
        "who do I need to consult before changing {item} {place}?",
    ),
    "informed": (
        "who must be told about {item} changes {place}",
        "who do we inform when {item} {place} is done?",
    ),
}


def _row(project: str, item: str, letter: str, person: str) -> dict[str, Any]:
    row = {"project": project, "item": item, "raci": letter, "person": person}
    return {**row, "vacant_role": None, "requisition": None}


@cache
def _document() -> dict[str, Any]:
    keys = [name.split()[0].casefold() for name in PEOPLE]
    turn = cycle(range(len(keys)))
    projects, rows = [], []
    for key, (names, part) in PROJECTS.items():
        component = {"key": "part", "title": part[0], "aliases": part[1:], "stage": "design"}
        projects.append(
            {
                "key": key,
                "name": names[0],
                "aliases": names[1:],
                "lead": keys[next(turn)],
                "stages": STAGES,
                "components": [component],
            }
        )
        for item in (*STAGES, "part"):
            first = next(turn)
            for step, letter in enumerate("ARRCI"):
                person = keys[(first + step) % len(keys)]
                rows.append(_row(key, item, letter, person))
    return {
        "meta": {"now": "2027-03-01T00:00:00Z"},
        "stages": [
            {"key": key, "title": names[0], "aliases": names[1:]} for key, names in STAGES.items()
        ],
        "people": [
            {"key": key, "name": name, "first_name": name.split()[0]}
            for key, name in zip(keys, PEOPLE, strict=True)
        ],
        "projects": projects,
        "assignments": rows,
    }


@cache
def _world() -> World:
    return World.of(_document())


@pytest.mark.parametrize("intent", TEMPLATES)
def test_names_that_are_words_of_questions(intent: str) -> None:
    chance = random.Random(intent)
    rules = Reference(_document())
    for _ in range(150):
        key, (names, part) = chance.choice(list(PROJECTS.items()))
        items = {**STAGES, "part": part}
        item = chance.choice(list(items))
        project, channel = chance.choice(names), None
        place = f"{chance.choice(('in', 'for', 'on'))} {project}"
        text = chance.choice(TEMPLATES[intent])
        if "{project}" not in text and chance.random() < 0.3:
            place, channel = chance.choice(("here", "in this project", "")), key
        text = text.format(item=chance.choice(items[item]).lower(), place=place, project=project)
        want = rules.expected(
            {"kind": "holders", "intent": intent, "refs": [f"{key}/{item}"]}, "may"
        )
        found = answer(text, _world().facts("may", channel))
        assert found.stages == ((key, item),), text
        assert str(found.kind) == want.kind, text
        assert _world().keys(found.people) == (want.people or set()), text


@pytest.mark.parametrize("name", PEOPLE)
def test_people_whose_names_are_words_of_questions(name: str) -> None:
    rules = Reference(_document())
    first = name.split(maxsplit=1)[0]
    for text in (f"what does {first} own?", f"what is {name} accountable for?"):
        want = rules.expected({"kind": "load", "person": first.casefold(), "letter": "A"}, "may")
        found = answer(text, _world().facts("may"))
        assert _world().keys(found.people) == (want.people or set()), text
        assert {f"{project}/{item}" for project, item in found.stages} == (want.stages or set()), (
            text
        )
