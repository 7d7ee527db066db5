"""How many things of each sort every project has, so that a question over all projects need not
look at each of them: it counts here, and reads the projects alone that an answer has room for.

Immutable, shared by all questions. Nothing here is filtered: who asks counts the projects that
everybody may see at once, and of the others only those that they may see.
"""

from __future__ import annotations  # array takes no type at run time before Python 3.12

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Self

from bot import blockers
from bot.filling import fills
from bot.health import is_pending
from bot.people import Person
from bot.project import Item, Letter, PersonHolder, Project, Status, Vacancy
from bot.raid import RaidKind

Order = tuple[str, str, int]
"""Projects are listed by name: its small letters, the key, the id."""

STATES = tuple(Status)
_PLACE = {state: place for place, state in enumerate(STATES)}


class Mark(IntEnum):
    """A sort of thing that is counted, beside the states; `value` is its place in a tally."""

    BLOCKERS = len(STATES)
    UNOWNED = len(STATES) + 1
    UNMANNED = len(STATES) + 2
    VACANT = len(STATES) + 3
    LEFT = len(STATES) + 4
    UNLED = len(STATES) + 5
    RISKS = len(STATES) + 6
    ASSUMPTIONS = len(STATES) + 7
    ISSUES = len(STATES) + 8
    DEPENDENCIES = len(STATES) + 9


SORTS = len(STATES) + len(Mark)
RAID = {
    RaidKind.RISK: Mark.RISKS,
    RaidKind.ASSUMPTION: Mark.ASSUMPTIONS,
    RaidKind.ISSUE: Mark.ISSUES,
    RaidKind.DEPENDENCY: Mark.DEPENDENCIES,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: things of these sorts, or (`before`) open items due before a day."""

    sorts: tuple[int, ...] = ()
    before: date | None = None


def in_states(states: Collection[Status]) -> Wanted:
    return Wanted(tuple(place for state, place in _PLACE.items() if state in states))


def of(mark: Mark) -> Wanted:
    return Wanted((mark.value,))


def lacks(item: Item, letter: Letter, people: Mapping[int, Person]) -> bool:
    """Whether an item is to have a letter of its own and nobody fills it."""
    if item.inherits_raci or item.status is Status.SKIPPED:
        return False
    return not any(one.letter is letter and fills(one.holder, people) for one in item.assignments)


def has_left(holder: object, people: Mapping[int, Person]) -> bool:
    """Whether it is somebody known who is not here any more."""
    known = people.get(holder.person) if isinstance(holder, PersonHolder) else None
    return known is not None and not known.active


def is_led(project: Project, people: Mapping[int, Person]) -> bool:
    """Whether somebody leads it who is still here."""
    lead = people.get(project.lead or 0)
    return lead is not None and lead.active


@dataclass(frozen=True, slots=True)
class Tally:
    """One project's numbers: of each sort; and when its open items are due (day ordinals, sorted).

    `is_open` tells whether everybody may see it who is no guest; `people` are those who lead it or
    hold a letter, for the numbers are others when one of them leaves or comes back.
    """

    order: Order
    is_open: bool
    counts: tuple[int, ...]
    dues: array[int]
    people: array[int]

    @classmethod
    def of(cls, project: Project, people: Mapping[int, Person]) -> Self:
        counts = [0] * SORTS
        counts[Mark.UNLED] += not is_led(project, people)
        held = {project.lead} if project.lead else set()
        for entry in project.raid:
            counts[RAID[entry.kind]] += entry.is_open
        for item in project.items:
            counts[_PLACE[item.status]] += 1
            counts[Mark.BLOCKERS] += len(blockers.of(item))
            counts[Mark.UNOWNED] += lacks(item, Letter.A, people)
            counts[Mark.UNMANNED] += lacks(item, Letter.R, people)
            for one in item.assignments:
                if isinstance(one.holder, PersonHolder):
                    held.add(one.holder.person)
                    counts[Mark.LEFT] += has_left(one.holder, people)
                elif isinstance(one.holder, Vacancy):
                    counts[Mark.VACANT] += 1
        dues = sorted(
            item.due.toordinal() for item in project.items if item.due and is_pending(item)
        )
        return cls(
            (project.name.casefold(), project.key, project.id),
            not project.private and not project.is_gone,
            tuple(counts),
            array("I", dues),
            array("Q", sorted(held)),
        )

    def count(self, wanted: Wanted) -> int:
        if wanted.before is not None:
            return bisect_left(self.dues, wanted.before.toordinal())
        return sum(self.counts[sort] for sort in wanted.sorts)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Those of all projects that are not archived, by id.

    `having` lists for each sort the projects that have some, `dated` those with open due dates, by
    name; `totals` and `dues` are sums over the projects that everybody may see; `guarded` are the
    other projects.
    """

    by_project: Mapping[int, Tally] = field(default_factory=dict)
    having: tuple[list[Order], ...] = field(default_factory=lambda: _empty(SORTS))
    dated: list[Order] = field(default_factory=list)
    totals: tuple[int, ...] = (0,) * SORTS
    dues: array[int] = field(default_factory=lambda: array("I"))
    guarded: frozenset[int] = frozenset()

    @classmethod
    def build(cls, tallies: Iterable[Tally]) -> Self:
        by_project = {tally.order[-1]: tally for tally in tallies}
        everyone = sorted(by_project.values(), key=lambda tally: tally.order)
        shown = [tally for tally in everyone if tally.is_open]
        return cls(
            by_project,
            tuple(
                [tally.order for tally in everyone if tally.counts[sort]] for sort in range(SORTS)
            ),
            [tally.order for tally in everyone if tally.dues],
            tuple(sum(tally.counts[sort] for tally in shown) for sort in range(SORTS)),
            array("I", sorted(due for tally in shown for due in tally.dues)),
            frozenset(number for number, tally in by_project.items() if not tally.is_open),
        )

    def replaced(self, changed: Iterable[Tally], removed: Iterable[int] = ()) -> Self:
        """The same after a change; this one stays as it is for those who are still counting."""
        new = {tally.order[-1]: tally for tally in changed}
        gone = {*removed, *new} & self.by_project.keys()
        by_project = {**self.by_project, **new}
        for number in gone - new.keys():
            del by_project[number]
        if len(gone) + len(new) > len(by_project) // 8:
            return self.build(by_project.values())
        old = [self.by_project[number] for number in gone]
        lists = [*self.having, self.dated]
        for place, orders in enumerate(lists):
            out = {tally.order for tally in old if _is_in(tally, place)}
            put = {tally.order for tally in new.values() if _is_in(tally, place)}
            if out != put:
                lists[place] = _changed(orders, out - put, put - out)
        totals, dues = list(self.totals), self.dues
        out_of, into = [one for one in old if one.is_open], [*filter(_is_open, new.values())]
        for sort in range(SORTS):
            totals[sort] += sum(tally.counts[sort] for tally in into)
            totals[sort] -= sum(tally.counts[sort] for tally in out_of)
        if [tally.dues for tally in out_of] != [tally.dues for tally in into]:
            dues = array("I", dues)
            for due in (due for tally in out_of for due in tally.dues):
                del dues[bisect_left(dues, due)]
            for due in (due for tally in into for due in tally.dues):
                insort(dues, due)
        guarded = (self.guarded - gone) | {key for key, one in new.items() if not one.is_open}
        return type(self)(by_project, tuple(lists[:-1]), lists[-1], tuple(totals), dues, guarded)

    def count(self, wanted: Wanted, sees: Callable[[int], bool], *, sees_open: bool) -> int:
        """How many there are in all projects that somebody sees; `sees_open`: whether these are all
        that everybody may see.
        """
        if not sees_open:
            return sum(self.by_project[key].count(wanted) for key in self.by_project if sees(key))
        guarded = sum(self.by_project[key].count(wanted) for key in self.guarded if sees(key))
        if wanted.before is not None:
            return guarded + bisect_left(self.dues, wanted.before.toordinal())
        return guarded + sum(self.totals[sort] for sort in wanted.sorts)

    def orders(self, wanted: Wanted, sees: Callable[[int], bool]) -> Iterator[Order]:
        """The projects that have some and that somebody sees, by name."""
        return (one for one in self._orders(wanted) if self._has(one[-1], wanted, sees))

    def _orders(self, wanted: Wanted) -> Iterable[Order]:
        if wanted.before is not None:
            return self.dated
        lists = [self.having[sort] for sort in wanted.sorts]
        if len(lists) == 1:
            return lists[0]
        return map(itemgetter(0), groupby(merge(*lists)))

    def _has(self, number: int, wanted: Wanted, sees: Callable[[int], bool]) -> bool:
        return self.by_project[number].count(wanted) > 0 and sees(number)


def _empty(many: int) -> tuple[list[Order], ...]:
    return tuple([] for _ in range(many))


def _is_open(tally: Tally) -> bool:
    return tally.is_open


def _is_in(tally: Tally, place: int) -> bool:
    """Whether it stands in the list of a sort, or (the last one) of due dates."""
    return bool(tally.dues if place == SORTS else tally.counts[place])


def _changed(orders: list[Order], out: Collection[Order], put: Collection[Order]) -> list[Order]:
    made = orders.copy()
    for order in out:
        del made[bisect_left(made, order)]
    for order in put:
        insort(made, order)
    return made
