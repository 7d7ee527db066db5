"""Home: what a person holds, what waits for them, and what nobody holds; a page of each list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.outcome import Gap
from bot.people import Person
from bot.project import Item, Letter, Project
from bot.waiting import Waiting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turned:
    """Which page of each of its lists is shown."""

    waiting: int = 1
    letters: int = 1
    gaps: int = 1
    projects: int = 1


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list that has `total` entries."""

    shown: tuple[T, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0


def leaf(found: Sequence[T], page: int, size: int) -> Leaf[T]:
    """The page that was asked for; the nearest that there is, where the list is shorter by now."""
    pages = max(1, -(-len(found) // size))
    page = min(max(page, 1), pages)
    return Leaf(tuple(found[(page - 1) * size : page * size]), page, pages, len(found))


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody holds in one project: each item with their letters, the weightiest first."""

    project: Project
    rows: tuple[tuple[Item, tuple[Letter, ...]], ...]


def holding(project: Project, held: Sequence[tuple[int, Letter]]) -> Holding:
    """Items (by id) and letters, put together; an item that is gone is left out."""
    order = list(Letter)
    letters: dict[int, set[Letter]] = {}
    for item, letter in held:
        letters.setdefault(item, set()).add(letter)
    rows = [
        (item, tuple(sorted(letters[item.id], key=order.index)))
        for item in project.items
        if item.id in letters
    ]
    rows.sort(key=lambda row: order.index(row[1][0]))
    return Holding(project, tuple(rows))


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a person sees first.

    `accountable` counts what they answer for. `sample` is the project to try things with, if there
    is one. `is_admin`: they run the workspace, too; then
    `held_since` tells since when nothing is sent by the clock, and `undelivered` counts the
    messages that Slack did not take.
    """

    person: Person
    accountable: int
    waiting: Leaf[Waiting]
    letters: Leaf[Holding]
    gaps: Leaf[Gap]
    projects: Leaf[Project]
    people: dict[int, Person]
    sample: Project | None = None
    is_admin: bool = False
    held_since: datetime | None = None
    undelivered: int = 0

    @property
    def turned(self) -> Turned:
        """The pages that are shown."""
        leaves = (self.waiting, self.letters, self.gaps, self.projects)
        return Turned(*(one.page for one in leaves))
