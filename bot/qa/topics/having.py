"""What the projects that are meant have of some sort: exactly how much, and the first of it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import Generic, TypeVar

from bot.project import Item, Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.replies import Point, Told
from bot.qa.tallies import Wanted
from bot.qa.topics.topic import Asked, Place

NAMED = 200
"""Of all projects the first that have so many things are read, and these are named; the others are
counted.
"""
_ROOM = 1_050  # characters of a list by project

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Having(Generic[T]):
    """`total` things, of which the `first` are given with their projects, by name: all of them, or
    a few more than `NAMED`.
    """

    total: int
    first: tuple[tuple[Project, T], ...]

    @property
    def projects(self) -> list[Project]:
        return list({project.id: project for project, _ in self.first}.values())


def having(
    asked: Asked,
    wanted: Wanted,
    of: Callable[[Project], Iterable[T]],
    also: Collection[int] = (),
) -> Having[T]:
    """What `of` finds in the projects that are meant. Of all projects it only looks into the first
    that have something `wanted`, or (`also`, by id) one thing more than that.
    """
    if not asked.is_of_every_project:
        found = _found(asked.projects(), of)
        return Having(len(found), found)
    facts = asked.facts
    tallies = facts.tallies()
    more = {key for key in also if key in tallies.by_project and facts.sees(key)}
    total = tallies.count(wanted, facts.sees, sees_open=facts.sees_open) + len(more)
    keys = list(_first(facts, wanted, more))
    read = facts.projects(keys)
    return Having(total, _found((read[key] for key in keys), of))


def _found(
    projects: Iterable[Project], of: Callable[[Project], Iterable[T]]
) -> tuple[tuple[Project, T], ...]:
    return tuple((project, one) for project in projects for one in of(project))


def _first(facts: Facts, wanted: Wanted, more: Collection[int]) -> Iterator[int]:
    """The first projects, by name, that together have as much as is named."""
    tallies, named = facts.tallies(), 0
    others = sorted(tallies.by_project[key].order for key in more)
    orders = merge(tallies.orders(wanted, facts.sees), others)
    for (_, _, key), _same in groupby(orders):
        if named >= NAMED:
            return
        named += tallies.by_project[key].count(wanted) + (key in more)
        yield key


def by_project(
    fact: str, found: Having[Item], more: Callable[[Item], str] = lambda item: ""
) -> Told:
    """ "Blocked: Fraud Sentinel: Annotation, Resourcing", a point for each project;
    `more` is said of each item in brackets.
    """
    groups: dict[int, list[Item]] = {}
    for project, item in found.first:
        groups.setdefault(project.id, []).append(item)
    points = (
        Point(
            f"{wording.name(project.name)}: "
            f"{', '.join(_titled(item, more(item)) for item in groups[project.id])}",
            things=len(groups[project.id]),
        )
        for project in found.projects
    )
    return Told(fact).listing(points, found.total, _ROOM)


def _titled(item: Item, more: str) -> str:
    title = wording.name(item.title)
    return f"{title} ({more})" if more else title


def places(found: Having[Item]) -> list[Place]:
    return [Place(project, item) for project, item in found.first]
