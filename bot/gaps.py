"""What is missing: open items that nobody answers for."""

from collections.abc import Iterator, Mapping

from bot.outcome import Gap
from bot.people import Person
from bot.project import Group, Holder, Letter, PersonHolder, Project, Status, Vacancy

CLOSED = frozenset({Status.DONE, Status.SKIPPED})


def gaps(project: Project, people: Mapping[int, Person]) -> Iterator[Gap]:
    """Open items without an active Accountable, then those without an active Responsible.

    A component that inherits its letters is its stage's gap, not one of its own. A vacant seat and
    somebody who left do not fill a letter.
    """
    for letter in (Letter.A, Letter.R):
        for item in project.items:
            if item.inherits_raci or item.status in CLOSED:
                continue
            held = (one.holder for one in item.assignments if one.letter is letter)
            if not any(fills(holder, people) for holder in held):
                yield Gap(project, item, letter)


def fills(holder: Holder, people: Mapping[int, Person]) -> bool:
    """Whether somebody is really there: neither a vacant seat nor a person who has left."""
    match holder:
        case PersonHolder(person=person):
            return person in people and people[person].active
        case Group():
            return True
        case Vacancy():
            return False
