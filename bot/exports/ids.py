"""The stable ids of rows: keys of the record, never numbers of the database.

A spreadsheet that comes back is told by them which row was which, however it was sorted or renamed.
No key has a slash in it, so that an id can be taken apart again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from bot.people import Person
from bot.project import Group, Holder, Item, Letter, PersonHolder, Project, Vacancy

VACANT, GROUP = "vacant:", "group:"
_PLAIN = " .-_()&,+"
"""What stands for itself in the name of a role; letters and digits do anyway."""


@dataclass(frozen=True, slots=True)
class SeatId:
    """A letter of an item, taken apart: who holds it is a person (by key), a Slack user group (by
    Slack's id), or nobody, where `role` (and `requisition`) are wanted.
    """

    project: str
    item: str
    letter: Letter
    person: str = ""
    group: str = ""
    role: str = ""
    requisition: str = ""


def of_project(project: Project) -> str:
    """ "atlas"."""
    return project.key


def of_item(project: Project, item: Item) -> str:
    """ "atlas/data_pipeline"."""
    return f"{of_project(project)}/{item.key}"


def of_seat(
    project: Project, item: Item, letter: Letter, holder: Holder, people: Mapping[int, Person]
) -> str:
    """ "atlas/data_pipeline/A/bea", "atlas/rollout/R/vacant:Data Engineer:DE-114"."""
    return f"{of_item(project, item)}/{letter}/{of_holder(holder, people)}"


def of_holder(holder: Holder, people: Mapping[int, Person]) -> str:
    match holder:
        case PersonHolder(person=key):
            return people[key].key if key in people else f"person:{key}"
        case Vacancy(role=role, requisition=requisition):
            wanted = quote(requisition or "", safe=_PLAIN.strip())  # no blank at the end
            return f"{VACANT}{quote(role, safe=_PLAIN)}:{wanted}"
        case Group(slack_id=slack_id):
            return f"{GROUP}{slack_id}"


def taken_apart(words: str) -> SeatId | None:
    """The seat that an id names; None for a text that is no such id."""
    parts = words.strip().split("/")
    if len(parts) != 4 or not all(parts) or parts[2] not in set(Letter):
        return None
    project, item, letter, holder = parts
    where = project, item, Letter(letter)
    if holder.startswith(GROUP):
        return SeatId(*where, group=holder.removeprefix(GROUP))
    if holder.startswith(VACANT):
        role, _, requisition = holder.removeprefix(VACANT).partition(":")
        return SeatId(*where, role=unquote(role), requisition=unquote(requisition))
    return SeatId(*where, person=holder)
