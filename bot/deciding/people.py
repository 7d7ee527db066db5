"""Who somebody is elsewhere, and which two are one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.changes import Followed, IdentityChanged, PeopleMerged
from bot.errors import Refused, Why
from bot.identities import MOST_OF_A_KIND, Name, holder, of_person
from bot.people import Person


def link_names(
    person: Person,
    wanted: Sequence[tuple[str, str]],
    names: Sequence[Name],
    people: Mapping[int, Person],
) -> tuple[IdentityChanged, ...]:
    """Somebody has these names too, by kind. `Refused` for one that is somebody else's, and where
    all are theirs already.
    """
    after: dict[str, list[str]] = {}
    for kind, value in wanted:
        _refuse_taken(person, kind, value, names, people, field="value")
        own = after.setdefault(kind, list(of_person(names, person.id, kind)))
        if value.casefold() not in {one.casefold() for one in own}:
            own.append(value)
    return _changes(person, after, names)


def unlink_names(
    person: Person, wanted: Sequence[tuple[str, str]], names: Sequence[Name]
) -> tuple[IdentityChanged, ...]:
    """Take names away: one, or (its value empty) all of a kind."""
    after: dict[str, list[str]] = {}
    for kind, value in wanted:
        own = after.setdefault(kind, list(of_person(names, person.id, kind)))
        gone = value.casefold()
        after[kind] = [one for one in own if gone and one.casefold() != gone]
    return _changes(person, after, names)


def name_people(
    person: Person,
    says: Mapping[str, Sequence[str]],
    names: Sequence[Name],
    people: Mapping[int, Person],
) -> tuple[IdentityChanged, ...]:
    """Somebody has just these names of these kinds. `Refused`, with the kind as its field, for one
    that is somebody else's; and where all is so already.
    """
    for kind, values in says.items():
        for value in values:
            _refuse_taken(person, kind, value, names, people, field=kind)
    return _changes(person, says, names)


def _refuse_taken(
    person: Person,
    kind: str,
    value: str,
    names: Sequence[Name],
    people: Mapping[int, Person],
    field: str,
) -> None:
    other = holder(names, kind, value)
    if other is not None and other != person.id:
        told = people[other].name if other in people else "somebody else"
        facts = {"kind": kind, "value": value, "name": told}
        raise Refused(Why.LOGIN_TAKEN, facts, field=field)


def set_names(
    person: Person, says: Mapping[str, Sequence[str]], names: Sequence[Name]
) -> tuple[IdentityChanged, ...]:
    """Somebody has just these names of these kinds; nothing where that is so."""
    changes = []
    for kind, values in says.items():
        before = of_person(names, person.id, kind)
        known = {one.casefold(): one for one in before}
        after = tuple(dict.fromkeys(known.get(one.casefold(), one) for one in values))
        if set(after) != set(before):
            changes.append(IdentityChanged(person.id, kind, before, after))
    return tuple(changes)


def _changes(
    person: Person, after: Mapping[str, Sequence[str]], names: Sequence[Name]
) -> tuple[IdentityChanged, ...]:
    changes = set_names(person, after, names)
    if not changes:
        raise Refused(Why.NOTHING_CHANGES, {"item": person.name})
    for change in changes:
        if len(change.after) > MOST_OF_A_KIND:
            facts = {"kind": change.kind, "number": str(MOST_OF_A_KIND)}
            raise Refused(Why.TOO_MANY_LOGINS, facts, field=change.kind)
    return changes


def merge(
    old: Person,
    into: Person,
    moved: Sequence[Followed],
    doubled: Sequence[int],
    at: datetime,
    by: int | None,
) -> PeopleMerged:
    """`old` is `into`. `Refused` for one person and themselves, for bots, for people of other
    organisations, and into somebody who left.

    Nor may the one who merges (`by`; None the operator) be one of the two: the other's private
    projects would become theirs, and breaking the glass, which is told, would be passed by.
    """
    facts = {"name": old.name, "other": into.name}
    if old.id == into.id:
        raise Refused(Why.MERGE_SAME, facts)
    if by in (old.id, into.id):
        raise Refused(Why.MERGE_ONESELF, {"name": old.name if by == into.id else into.name})
    if old.is_bot or into.is_bot or old.is_outside != into.is_outside:
        raise Refused(Why.MERGE_UNLIKE, facts)
    if not into.active:
        raise Refused(Why.MERGE_LEFT, facts)
    return PeopleMerged(old.id, into.id, tuple(moved), tuple(doubled), at)


def split(merged: PeopleMerged) -> PeopleMerged:
    """They were two, after all: what followed comes back."""
    return replace(merged, undone=True)
