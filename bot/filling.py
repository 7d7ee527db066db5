"""Whether a letter is held by somebody who is really there."""

from collections.abc import Mapping

from bot.people import Person
from bot.project import Group, Holder, PersonHolder, Vacancy


def fills(holder: Holder, people: Mapping[int, Person]) -> bool:
    """Whether somebody is really there: neither a vacant seat nor a person who has left."""
    match holder:
        case PersonHolder(person=person):
            return person in people and people[person].active
        case Group():
            return True
        case Vacancy():
            return False
