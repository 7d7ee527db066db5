"""Who acts for somebody who is away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.moments import own_day
from bot.people import Delegation, Person
from bot.project import Project

MOST_HOPS = 3
"""A delegate's delegate's delegate, no further."""
LOOP = "delegation loop"


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts for a holder who is away, `until` the last day; or the `trouble` why nobody does."""

    delegate: int | None
    until: date | None = None
    trouble: str = ""


def acting(
    person: Person,
    project: Project,
    people: Mapping[int, Person],
    delegations: Iterable[Delegation],
    now: datetime,
) -> Acting | None:
    """Who acts for somebody in a project; None where they act themselves.

    Which day it is, is told where the one who is away lives.
    """
    given = tuple(delegations)
    current, until, passed = person, None, {person.id}
    for _ in range(MOST_HOPS + 1):
        found = standing_in(current, project.id, given, now)
        if found is None:
            break
        if found.delegate in passed:
            return Acting(None, trouble=LOOP)
        delegate = people.get(found.delegate)
        if delegate is None or not delegate.active:
            break
        passed.add(delegate.id)
        current, until = delegate, min(found.end, until or found.end)
    if current is person:
        return None
    if len(passed) > MOST_HOPS + 1:
        return Acting(None, trouble="chain of delegations too long")
    if not project.visible_to(current.id):
        return Acting(None, trouble="delegate has no access to this project")
    return Acting(current.id, until)


def standing_ins(
    project: Project,
    people: Mapping[int, Person],
    delegations: Iterable[Delegation],
    now: datetime,
) -> dict[int, Acting]:
    """Who acts for whom in a project now, of all who are away."""
    given = tuple(delegations)
    away = {one.person for one in given if one.project in (None, project.id)}
    found = {
        key: acting(people[key], project, people, given, now)
        for key in away
        if key in people and people[key].active
    }
    return {key: acts for key, acts in found.items() if acts is not None}


def standing_in(
    person: Person, project: int, delegations: Iterable[Delegation], now: datetime
) -> Delegation | None:
    """The delegation that counts for somebody today: the project's own before that for all."""
    day = today(person, now)
    found = [
        one
        for one in delegations
        if one.person == person.id and one.project in (None, project) and one.covers(day)
    ]
    return min(found, key=lambda one: one.project is None, default=None)


def is_away(person: Person, delegations: Iterable[Delegation], now: datetime) -> bool:
    """Whether somebody else acts for them in all projects today."""
    day = today(person, now)
    return any(
        one.person == person.id and one.project is None and one.covers(day) for one in delegations
    )


def today(person: Person, now: datetime) -> date:
    """The date where that person lives."""
    return own_day(now, person.timezone)
