"""People who leave, and come back: what becomes of their letters, and who is told of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.changes import RolesChanged, Seat
from bot.people import Person
from bot.project import CLOSED, Assignment, Item, PersonHolder, Project, Vacancy
from bot.roles import Catalogue, title

NO_ROLE = "role open"
"""The role of a seat whose last holder had none."""


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A letter with its whereabouts: ids of project and item."""

    project: int
    item: int
    held: Assignment


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat that somebody left vacant, in a project that goes on."""

    project: Project
    item: Item
    held: Assignment


@dataclass(frozen=True, slots=True)
class Circle:
    """Vacant seats that one person (`keeper`) is told of, of somebody who left."""

    keeper: Person
    gone: Person
    seats: tuple[OpenSeat, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """Seats of somebody who left (`gone`) that are `person`'s now; `late` counts those that others
    had filled before. `seqs` are the lines of the record.
    """

    gone: Person
    person: Person
    seats: tuple[OpenSeat, ...]
    late: int = 0
    seqs: tuple[int, ...] = ()


def role_of(person: Person, roles: Catalogue) -> str:
    """What the seats are called that somebody leaves."""
    return title(person.role, roles) if person.role else person.job_title or NO_ROLE


def vacated(
    held: Iterable[HeldSeat], person: Person, roles: Catalogue, now: datetime
) -> tuple[RolesChanged, ...]:
    """Each letter of somebody who left becomes a vacant seat, which knows who held it.

    One that was to begin later is vacant from then on; one that was to end still ends then.
    """
    seat = Vacancy(role_of(person, roles), was=person.id)
    return tuple(
        RolesChanged(
            project=one.project,
            item=one.item,
            ended=(one.held,),
            begun=(Seat(one.held.letter, seat, one.held.until),),
            since=max(one.held.since, now) if one.held.since else now,
        )
        for one in held
    )


def filled(seat: OpenSeat, person: Person, now: datetime) -> RolesChanged:
    """Somebody sits on a vacant seat, now or when it begins; who holds the letter already is not
    given it twice.
    """
    holder = PersonHolder(person.id)
    mine = (one for one in seat.item.assignments if one.letter is seat.held.letter)
    has_it = any(one.holder == holder for one in mine)
    begun = () if has_it else (Seat(seat.held.letter, holder, seat.held.until),)
    since = max(seat.held.since, now) if seat.held.since else now
    return RolesChanged(seat.project.id, seat.item.id, (seat.held,), begun, since)


def left_by(project: Project, gone: int, now: datetime) -> Iterator[OpenSeat]:
    """The seats that somebody left vacant in a project, and that matter still; with those where
    they were to be accountable later.
    """
    if project.archived_at is not None:
        return
    for item in project.items:
        if item.status in CLOSED:
            continue
        later = (one for one in item.accountable if one.since is not None and one.since > now)
        for held in (*item.assignments, *later):
            if isinstance(held.holder, Vacancy) and held.holder.was == gone:
                yield OpenSeat(project, item, held)


def keeper(project: Project, people: Mapping[int, Person]) -> Person | None:
    """Who is told of seats that became vacant: the project's lead; without one whoever made it,
    else an admin. Of a private project nobody who may not see it: there, one of its own.
    """
    for key in (project.lead, project.created_by):
        if key is not None and _can_be_told(person := people.get(key), project):
            return person
    everyone = sorted(people.values(), key=lambda person: person.id)
    if project.private:
        return next((one for one in everyone if _can_be_told(one, project)), None)
    return next((one for one in everyone if one.is_admin and _can_be_told(one, project)), None)


def _can_be_told(person: Person | None, project: Project) -> bool:
    return (
        person is not None
        and person.active
        and not person.is_bot
        and person.slack_id is not None
        and project.visible_to(person.id)
    )


def circles(
    seats: Sequence[OpenSeat], gone: Person, people: Mapping[int, Person]
) -> tuple[Circle, ...]:
    """The seats that somebody left, by who is told of them: each person gets one list."""
    keepers = {seat.project.id: keeper(seat.project, people) for seat in seats}
    lists: dict[int, list[OpenSeat]] = defaultdict(list)
    for seat in seats:
        if (told := keepers[seat.project.id]) is not None:
            lists[told.id].append(seat)
    return tuple(Circle(people[key], gone, tuple(lists[key])) for key in sorted(lists))
