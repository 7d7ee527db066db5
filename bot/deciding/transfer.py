"""Many letters at once: somebody's go to somebody else, vacant seats are filled, rows are copied.

A plan is what a preview shows and what is then written, row by row; what cannot be is left out of
it, each row with its reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.changes import RolesChanged, Seat
from bot.deciding.roles import may_hold, next_begins
from bot.errors import Refused, Why
from bot.people import Person
from bot.project import CLOSED, Assignment, Holder, Item, Letter, PersonHolder, Project, Vacancy
from bot.spelling import folded


class Bar(StrEnum):
    """Why a row is left as it is."""

    ARCHIVED = "archived"
    CANNOT_SEE = "cannot_see"
    NOT_YOURS = "not_yours"
    PLANNED = "planned"
    HOLDS_ALREADY = "holds_already"
    NO_SUCH_STAGE = "no_such_stage"
    CLOSED = "closed"
    HAS_ACCOUNTABLE = "has_accountable"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Moving:
    """One row of a plan: the letters that go, and the change that makes them go."""

    project: Project
    item: Item
    letters: tuple[Letter, ...]
    change: RolesChanged


@dataclass(frozen=True, slots=True)
class Staying:
    """One row that is left as it is, and why; `detail` names whom or what stands in the way."""

    project: Project
    item: Item
    letters: tuple[Letter, ...]
    bar: Bar
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written, and what would not."""

    moving: tuple[Moving, ...]
    staying: tuple[Staying, ...]

    @property
    def letters(self) -> int:
        return sum(len(row.letters) for row in self.moving)

    @property
    def mark(self) -> str:
        """Tells whether another plan would do exactly the same to exactly the same."""
        told = [
            (
                row.item.id,
                row.item.version,
                sorted(held.id for held in row.change.ended),
                [(seat.letter.value, repr(seat.holder)) for seat in row.change.begun],
            )
            for row in self.moving
        ]
        return sha256(repr(told).encode()).hexdigest()[:16]


Chosen = Callable[[Assignment], bool]
"""Which letters are meant to go."""

Objection = Callable[[Project, Item], "tuple[Bar, str] | None"]
"""What keeps whoever does it from changing a row, if anything does."""


def held_by(person: int) -> Chosen:
    return lambda held: held.holder == PersonHolder(person)


def vacant(role: str = "", was: int | None = None) -> Chosen:
    """Vacant seats: all, those of a job role, or those that somebody left."""

    def chosen(held: Assignment) -> bool:
        if not isinstance(held.holder, Vacancy):
            return False
        fits = not role or folded(held.holder.role) == folded(role)
        return fits and (was is None or _was(held.holder) == was)

    return chosen


def _was(seat: Vacancy) -> int | None:
    return getattr(seat, "was", None)


def transfer(
    projects: Iterable[Project],
    chosen: Chosen,
    to: Person,
    people: Mapping[int, Person],
    objection: Objection,
    sees: Callable[[Project], bool],
    now: datetime,
    reason: str = "",
) -> Plan:
    """Give every chosen letter to `to`. What they hold already is not given twice: it only ends.

    `sees` tells whether `to` may see a project. Raises `Refused` where they could hold nothing at
    all (a bot, somebody who left).
    """
    holder = PersonHolder(to.id)
    may_hold((Letter.R,), holder, people)
    moving: list[Moving] = []
    staying: list[Staying] = []
    for project, item, held in _rows(projects, chosen):
        letters = _letters(held)
        bar = _bar(project, item, held, holder, people, objection, sees, now)
        if bar is not None:
            staying.append(Staying(project, item, letters, *bar))
            continue
        present = {one.letter for one in item.assignments if one.holder == holder}
        begun = tuple(Seat(letter, holder) for letter in letters if letter not in present)
        change = RolesChanged(project.id, item.id, tuple(held), begun, now, reason=reason)
        moving.append(Moving(project, item, letters, change))
    return Plan(tuple(moving), tuple(staying))


def _rows(
    projects: Iterable[Project], chosen: Chosen
) -> Iterator[tuple[Project, Item, list[Assignment]]]:
    """The rows in which something is meant to go, in the one order in which they are told."""
    ordered = sorted(projects, key=lambda project: (project.name.casefold(), project.id))
    for project in ordered:
        for item in project.items:
            if held := [one for one in item.assignments if chosen(one)]:
                yield project, item, held


def _bar(
    project: Project,
    item: Item,
    held: Sequence[Assignment],
    holder: PersonHolder,
    people: Mapping[int, Person],
    objection: Objection,
    sees: Callable[[Project], bool],
    now: datetime,
) -> tuple[Bar, str] | None:
    if project.archived_at is not None:
        return Bar.ARCHIVED, ""
    if not sees(project):
        return Bar.CANNOT_SEE, people[holder.person].name
    if (objected := objection(project, item)) is not None:
        return objected
    try:
        may_hold(_letters(held), holder, people)
    except Refused:
        return Bar.NOT_ALLOWED, people[holder.person].name
    return _planned(item, held, people, now)


def _planned(
    item: Item, held: Sequence[Assignment], people: Mapping[int, Person], now: datetime
) -> tuple[Bar, str] | None:
    """Whether somebody else is to become accountable already, which the new one would overlap."""
    if all(one.letter is not Letter.A for one in held):
        return None
    going = {one.id for one in held}
    for one in item.accountable:
        is_ahead = one.since is not None and one.since > now
        if one.id not in going and is_ahead and isinstance(one.holder, PersonHolder):
            return Bar.PLANNED, people[one.holder.person].name
    return None


def _letters(held: Iterable[Assignment]) -> tuple[Letter, ...]:
    found = {one.letter for one in held}
    return tuple(letter for letter in Letter if letter in found)


# A matrix copied


def clone(
    source: Project,
    target: Project,
    people: Mapping[int, Person],
    seat_of: Callable[[Letter, Item, Person], str],
    objection: Objection,
    sees: Callable[[int], bool],
    now: datetime,
    *,
    with_people: bool,
) -> Plan:
    """Give the rows of `target` the letters that the same rows of `source` have: as vacant seats by
    job role, people and groups only where asked.

    `seat_of` names the job role behind somebody's letter. Who cannot see `target`, or cannot hold
    the letter, leaves a vacant seat. What a row has already stays.
    """
    moving: list[Moving] = []
    staying: list[Staying] = []
    same = _same_rows(source, target)
    for item in source.items:
        letters = _letters(item.assignments)
        if not letters:
            continue
        own = same.get(item.id)
        if own is None:
            staying.append(Staying(target, item, letters, Bar.NO_SUCH_STAGE))
            continue
        if own.status in CLOSED:
            staying.append(Staying(target, own, letters, Bar.CLOSED, own.status.words))
            continue
        if (objected := objection(target, own)) is not None:
            staying.append(Staying(target, own, letters, *objected))
            continue
        copied = [
            Seat(one.letter, holder)
            for one in item.assignments
            if (holder := _copied(one, item, people, seat_of, sees, with_people)) is not None
        ]
        ended, begun, kept = _joined(own, list(dict.fromkeys(copied)), now)
        if kept:
            name = _name(kept.holder, people)
            staying.append(Staying(target, own, (Letter.A,), Bar.HAS_ACCOUNTABLE, name))
        if begun:
            change = RolesChanged(target.id, own.id, tuple(ended), tuple(begun), now)
            given = tuple(letter for letter in Letter if any(s.letter is letter for s in begun))
            moving.append(Moving(target, own, given, change))
        elif not kept:
            staying.append(Staying(target, own, letters, Bar.HOLDS_ALREADY))
    return Plan(tuple(moving), tuple(staying))


def _same_rows(source: Project, target: Project) -> dict[int, Item]:
    """The target's rows by the source's ids: the same key, else the same title."""
    keys = {item.key: item for item in target.items if not item.inherits_raci}
    titles = {folded(item.title): item for item in keys.values()}
    found = {item.id: keys.get(item.key) or titles.get(folded(item.title)) for item in source.items}
    return {key: item for key, item in found.items() if item is not None}


def _copied(
    held: Assignment,
    item: Item,
    people: Mapping[int, Person],
    seat_of: Callable[[Letter, Item, Person], str],
    sees: Callable[[int], bool],
    with_people: bool,
) -> Holder | None:
    match held.holder:
        case Vacancy(role=role):
            return Vacancy(role)
        case PersonHolder(person=key):
            if with_people and sees(key) and _could_hold(held, people):
                return held.holder
            return Vacancy(seat_of(held.letter, item, people[key]))
        case _:
            return held.holder if with_people else None


def _could_hold(held: Assignment, people: Mapping[int, Person]) -> bool:
    try:
        may_hold((held.letter,), held.holder, people)
    except Refused:
        return False
    return True


def _joined(
    own: Item, copied: Sequence[Seat], now: datetime
) -> tuple[list[Assignment], list[Seat], Assignment | None]:
    """What ends, what begins, and the Accountable who stays where another would have come."""
    ended: list[Assignment] = []
    begun: list[Seat] = []
    kept: Assignment | None = None
    for seat in copied:
        present = [one for one in own.assignments if one.letter is seat.letter]
        if any(one.holder == seat.holder for one in present):
            continue
        empty = [one for one in present if isinstance(one.holder, Vacancy) and one not in ended]
        if seat.letter is Letter.A:
            if any(not isinstance(one.holder, Vacancy) for one in present):
                kept = present[0]
                continue
            ended.extend(present)
            begun.append(replace(seat, until=next_begins(own, now)))
            continue
        if isinstance(seat.holder, PersonHolder):
            ended.extend(empty[:1])
        begun.append(seat)
    return ended, begun, kept


def _name(holder: Holder, people: Mapping[int, Person]) -> str:
    return people[holder.person].name if isinstance(holder, PersonHolder) else ""


def refuse_empty(plan: Plan, what: str) -> None:
    """Raise `Refused` where there is nothing to write and nothing that stands in the way."""
    if not plan.moving and not plan.staying:
        raise Refused(Why.NOTHING_CHANGES, {"item": what})
