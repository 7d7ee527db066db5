"""Who holds which letter of an item, and whom a question about it names first.

Vacant seats and people who have left never count as holders; who is away has a delegate act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.people import Person
from bot.project import Assignment, Group, Item, Letter, PersonHolder, Project, Vacancy
from bot.qa.facts import Facts
from bot.qa.words import Intent

_HOPS = 3  # a delegate's delegate's delegate, no further

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
class Acting:
    """Who acts for a holder who is away, `until` the last day; or the `trouble` why nobody does."""

    delegate: int | None
    until: date | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One holder of a letter as it is shown. `person` is an id, also of somebody who has left."""

    person: int | None = None
    left: bool = False
    left_on: date | None = None
    acting: Acting | None = None
    vacancy: Vacancy | None = None
    group: Group | None = None
    since: datetime | None = None
    set_by: int | None = None

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


def line(project: Project, item: Item, letter: Letter, facts: Facts) -> Line:
    """The holders of a letter, those of the stage where the item inherits."""
    given = (held for held in project.raci(item) if held.letter is letter)
    return Line(letter, tuple(_seat(held, project, facts) for held in given))


def _seat(held: Assignment, project: Project, facts: Facts) -> Seat:
    match held.holder:
        case PersonHolder(number):
            person = facts.people.get(number)
            if person is None:
                return Seat(since=held.since, set_by=held.set_by)
            acting = _acting(person, project, facts) if person.active else None
            return Seat(
                number,
                not person.active,
                person.left_on,
                acting,
                None,
                None,
                held.since,
                held.set_by,
            )
        case Vacancy():
            return Seat(vacancy=held.holder, since=held.since, set_by=held.set_by)
        case Group():
            return Seat(group=held.holder, since=held.since, set_by=held.set_by)


def _acting(person: Person, project: Project, facts: Facts) -> Acting | None:
    """Who acts for somebody today, which is the day it is where the one who is away lives."""
    current, until, passed = person, None, {person.id}
    for _ in range(_HOPS + 1):
        given = next(
            (
                delegation
                for delegation in facts.delegations
                if delegation.person == current.id and delegation.covers(today(current, facts))
            ),
            None,
        )
        if given is None:
            break
        if given.delegate in passed:
            return Acting(None, trouble="delegation loop")
        delegate = facts.people.get(given.delegate)
        if delegate is None or not delegate.active:
            break
        passed.add(delegate.id)
        current, until = delegate, min(given.end, until or given.end)
    if current is person:
        return None
    if len(passed) > _HOPS + 1:
        return Acting(None, trouble="chain of delegations too long")
    if not project.visible_to(current.id):
        return Acting(None, trouble="delegate has no access to this project")
    return Acting(current.id, until)


def today(person: Person, facts: Facts) -> date:
    """The date where that person lives."""
    try:
        return facts.now.astimezone(ZoneInfo(person.timezone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return facts.now.date()


def lead(project: Project, facts: Facts) -> tuple[tuple[int, ...], str]:
    """The project's lead; without one whoever made it, else the admins; and which of these."""
    for number, word in ((project.lead, "lead"), (project.created_by, "creator")):
        person = facts.people.get(number) if number else None
        if person and person.active:
            return (person.id,), word
    admins = (person for person in facts.people.values() if person.is_admin and person.active)
    return tuple(sorted(person.id for person in admins if project.visible_to(person.id))), "admin"


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
    people, word = lead(project, facts)
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
    return lead(project, facts)


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
