"""Names elsewhere, and people who are one."""

from collections.abc import Mapping

from bot.changes import IdentityChanged, PersonChange
from bot.people import Person
from bot.telling.line import Line


def lines(change: PersonChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    if isinstance(change, IdentityChanged):
        of = f"{change.kind} of {_name(change.person, people)}"
        return (Line(of, ", ".join(change.before), ", ".join(change.after)),)
    into = _name(change.into, people)
    old = f"{_name(change.old, people)} ({_key(change.old, people)})"
    if change.undone:
        return (Line("people", into, f"{into}, and {old} again"),)
    return (Line("people", f"{old}, {into}", f"{into} alone"),)


def _name(person: int, people: Mapping[int, Person]) -> str:
    return people[person].name if person in people else "somebody unknown"


def _key(person: int, people: Mapping[int, Person]) -> str:
    return people[person].key if person in people else "?"
