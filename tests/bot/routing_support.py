"""A project with somebody behind each letter, to see who hears what."""

from dataclasses import replace
from typing import Any

from bot.people import Person
from bot.project import Assignment, Group, Holder, Item, Kind, Letter, PersonHolder, Project
from bot.routing import Event, Happening, Notice, routed
from tests.bot.support import held
from tests.support.clock import T0

LEAD, ACC, RES, CON, INF, NEW, ADM = range(11, 18)
_NAMES = ("lead", "acc", "res", "con", "inf", "new", "adm")
PEOPLE = {
    key: Person(
        key,
        name,
        f"{name.title()} Sample",
        name.title(),
        slack_id=f"U{name.upper()}",
        is_admin=name == "adm",
    )
    for key, name in enumerate(_NAMES, start=LEAD)
}
LABELLERS = Group("S1", "labellers")
LETTERS = (
    held(Letter.A, PersonHolder(ACC), 1),
    held(Letter.R, PersonHolder(RES), 2),
    held(Letter.C, PersonHolder(CON), 3),
    held(Letter.I, PersonHolder(INF), 4),
)


def project(*letters: Assignment, private: bool = False, members: frozenset[int]) -> Project:
    stage = Item(7, "data_quality", Kind.STAGE, "Data quality", assignments=letters)
    return Project(3, "atlas", "Atlas", lead=LEAD, items=(stage,), private=private, members=members)


ATLAS = project(*LETTERS, members=frozenset())


def held_by(letter: Letter, *holders: Holder) -> Project:
    """Atlas, with these in the place of whoever holds the letter."""
    kept = tuple(one for one in LETTERS if one.letter is not letter)
    given = tuple(held(letter, holder, 9 + n) for n, holder in enumerate(holders))
    return project(*kept, *given, members=frozenset())


def happened(event: Event, by: int | None = None) -> Happening:
    return Happening(event, ATLAS.id, 7, by, concerned=(NEW,))


def told(
    event: Event, atlas: Project = ATLAS, by: int | None = None, **changed: Person
) -> tuple[Notice, ...]:
    """Who hears of an event of the one stage; `changed` are people who are otherwise, by key."""
    people = {key: changed.get(person.key, person) for key, person in PEOPLE.items()}
    return routed(happened(event, by), atlas, atlas.items[0], people, (), T0)


def names(notices: tuple[Notice, ...]) -> list[str]:
    """Who is told anything at all, by message or by mention."""
    heard = [one for one in notices if one.surface is not one.surface.DIGEST]
    return sorted(
        PEOPLE[one.person].key if one.person is not None else "@labellers" for one in heard
    )


def without(person: int, **changed: Any) -> Person:
    """Somebody of whom something else is true."""
    return replace(PEOPLE[person], **changed)
