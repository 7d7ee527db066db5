"""Who holds which letter of an item, and whom a question about it names first.

Vacant seats and people who have left never count as holders; who is away has a delegate act.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.acting import Acting, acting
from bot.contact import contact
from bot.people import Person
from bot.project import (
    Assignment,
    Group,
    Item,
    Letter,
    Offer,
    PersonHolder,
    Project,
    Status,
    Vacancy,
)
from bot.qa.facts import Facts
from bot.qa.words import Intent

LETTER = {
    Intent.OWNER: Letter.A,
    Intent.ACCOUNTABLE: Letter.A,
    Intent.RESPONSIBLE: Letter.R,
    Intent.CONTACT: Letter.R,
    Intent.CONSULTED: Letter.C,
    Intent.INFORMED: Letter.I,
}
"""The letter that each question is about first."""

_SHOWN = {
    Intent.OWNER: (Letter.A, Letter.R),
    Intent.ACCOUNTABLE: (Letter.A, Letter.R),
    Intent.RESPONSIBLE: (Letter.R, Letter.A),
    Intent.CONTACT: (Letter.R, Letter.A),
    Intent.CONSULTED: (Letter.C, Letter.A),
    Intent.INFORMED: (Letter.I, Letter.A),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One holder of a letter as it is shown. `person` is an id, also of somebody who has left."""

    person: int | None = None
    left: bool = False
    left_on: date | None = None
    acting: Acting | None = None
    vacancy: Vacancy | None = None
    group: Group | None = None
    held: Assignment | None = None
    offer: Offer | None = None

    @property
    def since(self) -> datetime | None:
        return self.held.since if self.held else None

    @property
    def set_by(self) -> int | None:
        return self.held.set_by if self.held else None

    @property
    def headline(self) -> int | None:
        """Whom to name: the delegate who acts, else the holder; nobody for a vacant seat."""
        if self.left:
            return None
        return self.acting.delegate if self.acting and self.acting.delegate else self.person


@dataclass(frozen=True, slots=True)
class Line:
    """All holders of one letter of an item."""

    letter: Letter
    seats: tuple[Seat, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(seat.headline for seat in self.seats if seat.headline))

    @property
    def holders(self) -> frozenset[int]:
        """Who holds the letter, whoever acts."""
        return frozenset(seat.person for seat in self.seats if seat.person and not seat.left)


@dataclass(frozen=True, slots=True)
class Found:
    """What a question about one item or project comes to.

    `people` are named first; `lines` in the order of the question. `nobody`: no active holder.
    `stage` is the stage whose letters a component takes. `fallback` says what `people` are, where
    they do not hold the letter.
    """

    project: Project
    item: Item | None
    intent: Intent
    people: tuple[int, ...]
    lines: tuple[Line, ...] = ()
    nobody: bool = False
    fallback: str = ""
    stage: Item | None = None
    holders: frozenset[int] = frozenset()

    @property
    def skipped(self) -> tuple[str, ...]:
        """That the item needs nobody; empty where it does."""
        is_skipped = self.item is not None and self.item.status is Status.SKIPPED
        return ("it is skipped",) if is_skipped else ()


def line(project: Project, item: Item, letter: Letter, facts: Facts) -> Line:
    """The holders of a letter, those of the stage where the item inherits."""
    given = (held for held in project.raci(item) if held.letter is letter)
    seats = (_seat(held, project, facts) for held in given)
    offer = project.ruling(item).offer if letter is Letter.A else None
    if offer is None:
        return Line(letter, tuple(seats))
    return Line(letter, tuple(_with_offer(seat, offer) for seat in seats))


def _with_offer(seat: Seat, offer: Offer) -> Seat:
    return replace(seat, offer=offer) if seat.person == offer.giver else seat


def _seat(held: Assignment, project: Project, facts: Facts) -> Seat:
    match held.holder:
        case PersonHolder(number):
            person = facts.people.get(number)
            if person is None:
                return Seat(held=held)
            return Seat(
                number,
                left=not person.active,
                left_on=person.left_on,
                acting=_acting(person, project, facts),
                held=held,
            )
        case Vacancy():
            return Seat(vacancy=held.holder, held=held)
        case Group():
            return Seat(group=held.holder, held=held)


def _acting(person: Person, project: Project, facts: Facts) -> Acting | None:
    if not person.active:
        return None
    return acting(person, project, facts.people, facts.delegations, facts.now)


def find(project: Project, item: Item | None, intent: Intent, facts: Facts) -> Found:
    """Whom a question about an item, or about a project as such, names."""
    if item is None:
        return _of_project(project, intent, facts)
    lines = tuple(line(project, item, letter, facts) for letter in _SHOWN[intent])
    stage = project.item(item.parent) if item.inherits_raci and item.parent else None
    head, other = lines
    if head.people or any(seat.group for seat in head.seats):
        return Found(project, item, intent, head.people, lines, stage=stage, holders=head.holders)
    people, word = _nearest(project, item, intent, other, facts)
    nobody = intent is not Intent.CONTACT or not people
    return Found(project, item, intent, people, lines, nobody, word, stage)


def _of_project(project: Project, intent: Intent, facts: Facts) -> Found:
    people, word = contact(project, facts.people)
    return Found(
        project,
        None,
        intent,
        people,
        nobody=word != "lead",
        fallback="" if word == "lead" else word,
        holders=frozenset(people if word == "lead" else ()),
    )


def _nearest(
    project: Project, item: Item, intent: Intent, other: Line, facts: Facts
) -> tuple[tuple[int, ...], str]:
    """Whom to name where nobody holds the letter asked for."""
    if intent in (Intent.CONSULTED, Intent.INFORMED):
        return (), ""
    if other.people:
        return other.people, other.letter.word
    if other.letter is Letter.R and item.parent and (stage := project.item(item.parent)):
        above = line(project, stage, Letter.A, facts)
        if above.people:
            return above.people, f"accountable for {stage.title}"
    return contact(project, facts.people)


def last_accountable(item: Item, facts: Facts) -> tuple[Person, datetime | None] | None:
    """Who was accountable last, and until when, where nobody is now."""
    held = item.last_accountable
    if held is None or not isinstance(held.holder, PersonHolder):
        return None
    person = facts.people.get(held.holder.person)
    return (person, held.until) if person else None


def union(parts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """All people named first, each once."""
    return tuple(dict.fromkeys(number for part in parts for number in part))
