"""What was said in standups, looked up again: what is wanted, and a page of what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.commands import ShowStandups
from bot.people import Person
from bot.project import Item, Project
from bot.standups import Entry

OF_NONE = 0
"""Stands for the project of a standup that a document told, and that is of none."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which standups are meant: of these projects (with `loose` also those of none), of somebody,
    from the `first` to the `last` day, with something about one of these items, or a blocker.
    """

    projects: tuple[int, ...]
    loose: bool = False
    person: int | None = None
    first: date | None = None
    last: date | None = None
    items: tuple[tuple[int, str], ...] = ()
    """Each by its number and its key, which is all that a document names."""
    blockers: bool = False


@dataclass(frozen=True, slots=True)
class PastStandups:
    """A page of what was said, the latest first, to whoever asked with `order`.

    `person`, `item` and `project` are those that it names; `about` are all items that are meant.
    `nearest` are the last day before and the first day after, where nothing was found in between.
    Of what is older than `kept_since` the words are deleted, after `kept_days`; None: nothing is.
    """

    order: ShowStandups
    entries: tuple[Entry, ...]
    total: int
    pages: int
    projects: Mapping[int, Project]
    people: Mapping[int, Person]
    person: Person | None = None
    item: Item | None = None
    project: Project | None = None
    about: frozenset[int] = frozenset()
    nearest: tuple[date | None, date | None] = (None, None)
    kept_since: date | None = None
    kept_days: int = 0
    today: date = date.max
