"""Who may do what in a project, and why, as far as it is more or less than what everybody may."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.people import Person
from bot.project import Item, Letter, PersonHolder, Project
from bot.rights import Role


class Reason(StrEnum):
    """Why somebody is what they are to a project."""

    ADMIN = "an admin of the workspace"
    LEADS = "leads the project"
    CREATED = "created the project, which has no lead"
    ACCOUNTABLE = "accountable"
    GRANTED = "was given the role"
    MEMBER = "a member of the project"
    INSIDE = "in a private channel of the project"


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a project; `items` are those that they are accountable for."""

    person: int
    role: Role
    reason: Reason
    items: tuple[str, ...] = ()


def standings(project: Project, people: Iterable[Person]) -> tuple[Standing, ...]:
    """Those who are here and may know of the project, the strongest role first, by name."""
    order = list(reversed(Role))
    found = [
        (order.index(one.role), person.name.casefold(), person.id, one)
        for person in people
        if person.active and project.visible_to(person.id)
        for one in _of(project, person)
    ]
    return tuple(one for _role, _name, _id, one in sorted(found, key=lambda each: each[:3]))


def _of(project: Project, person: Person) -> Iterator[Standing]:
    """The one that counts, or none where somebody may what everybody may."""
    items = tuple(item.title for item in project.items if _answers_for(project, item, person.id))
    if person.is_guest:
        yield Standing(person.id, project.grants[person.id], Reason.GRANTED)
    elif person.is_admin:
        yield Standing(person.id, Role.ADMIN, Reason.ADMIN, items)
    elif person.id == project.lead:
        yield Standing(person.id, Role.ACCOUNTABLE, Reason.LEADS, items)
    elif project.lead is None and person.id == project.created_by:
        yield Standing(person.id, Role.ACCOUNTABLE, Reason.CREATED, items)
    elif items:
        yield Standing(person.id, Role.ACCOUNTABLE, Reason.ACCOUNTABLE, items)
    elif person.id in project.grants:
        yield Standing(person.id, project.grants[person.id], Reason.GRANTED)
    elif project.private and person.id in project.members:
        yield Standing(person.id, Role.EDITOR, Reason.MEMBER)
    elif project.private and person.id in project.inside:
        yield Standing(person.id, Role.EDITOR, Reason.INSIDE)


def _answers_for(project: Project, item: Item, person: int) -> bool:
    return any(
        held.letter is Letter.A and held.holder == PersonHolder(person)
        for held in project.raci(item)
    )
