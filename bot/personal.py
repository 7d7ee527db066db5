"""What a use case about people gives back to those who word it."""

from dataclasses import dataclass
from datetime import datetime

from bot.identities import Name
from bot.people import Person
from bot.telling import Line

FORMER = "former member"
"""What stands, with a number, where somebody's name was taken away."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    """Somebody, what they are called elsewhere, and who turned out to be them."""

    person: Person
    names: tuple[Name, ...]
    merged: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class PersonDone:
    """A change of who people are, that stands; as `Done`, but of no project."""

    person: Person
    lines: tuple[Line, ...]
    seq: int
    undo_until: datetime | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did: to how many texts, standups and lines of the record.

    `shared` are names that somebody else has too, which stay in free text; `projects` are those
    whose texts changed.
    """

    name: str
    texts: int
    standups: int
    lines: int
    shared: tuple[str, ...] = ()
    projects: frozenset[int] = frozenset()
