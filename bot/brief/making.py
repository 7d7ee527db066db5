"""A brief in the making: it takes projects a few at a time, and keeps no more of them than it may
tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.acting import standing_ins
from bot.brief.standing import ages, blocked, risks, unowned
from bot.brief.values import Age, Brief, Line, Material, Named, Rule, Section
from bot.brief.wanted import wanted
from bot.brief.worse import worse
from bot.burnup import BurnUp, burn_ups
from bot.consultations import Consultation
from bot.digests.values import Window
from bot.hindsight import WEEK, Weeks, weeks
from bot.moments import own_day
from bot.people import Delegation, Person
from bot.project import Project
from bot.sources.base import Run

MOST_LINES = 12
MOST_AGES = 12
"""Blockers of which the age is told: a chart draws ten."""

PLACES = {
    Section.WORSE: 4,
    Section.WANTED: 3,
    Section.RISKS: 2,
    Section.UNOWNED: 1,
    Section.BLOCKED: 2,
}
"""Lines that are each section's own; what one does not need goes to the others, in their order."""

_ONCE = frozenset({Section.UNOWNED, Section.BLOCKED})
"""Sections that leave out items of which a line above tells already."""

_ENOUGH = 2 * MOST_LINES
"""Items of a section of whose lines enough are left, however many of them are told above."""


class _OfProject(Protocol):
    @property
    def project(self) -> int: ...


Known = TypeVar("Known", bound=_OfProject)


class Making:
    """A brief of projects, held against how they stood a week ago: the same in whatever order, and
    however many at a time, they come.
    """

    def __init__(
        self,
        people: Mapping[int, Person],
        delegations: tuple[Delegation, ...],
        now: datetime,
        zone: str,
    ) -> None:
        self._people, self._delegations = people, delegations
        self._window = Window(now - WEEK, now, zone)
        self._projects: list[Named] = []
        self._lines: dict[Section, list[Line]] = {section: [] for section in Section}
        self._found: Counter[Section] = Counter()
        self._of_item: Counter[tuple[Section, int]] = Counter()
        self._ages: list[Age] = []
        self._weeks = Weeks()
        self._ways: tuple[BurnUp, ...] = ()

    def take(self, material: Material) -> None:
        """Look at some projects."""
        now, zone = self._window.now, self._window.zone
        today = own_day(now, zone)
        for section, lines in all_found(material, self._window).items():
            self._found[section] += len(lines)
            if section in _ONCE:
                self._of_item.update((section, one.item.id) for one in lines if one.item)
            self._lines[section] = _first([*self._lines[section], *lines])
        old = (age for one in material.projects for age in ages(one, self._people, today, zone))
        self._ages = sorted([*self._ages, *old], key=_by_age)[:MOST_AGES]
        self._weeks += weeks(material.projects, material.courses, now, zone)
        self._ways = _ways(material, self._window)
        self._projects += [Named(one.id, one.name) for one in material.projects]

    def brief(self) -> Brief:
        """The brief of all that was looked at."""
        window = self._window
        shown, told_of = self._shown()
        told = {line.project.id: line.project for line in shown}
        return Brief(
            lines=shown,
            found=told_of,
            projects=tuple(self._projects),
            people=self._people,
            acting={
                key: standing_ins(project, self._people, self._delegations, window.now)
                for key, project in told.items()
            },
            ages=tuple(self._ages),
            marks=self._weeks.told(window.now),
            since=window.since,
            now=window.now,
            zone=window.zone,
            ways=self._ways if len(self._projects) == 1 else (),
        )

    def _shown(self) -> tuple[tuple[Line, ...], dict[Section, int]]:
        """The lines for which there is room, and how many there are of each section. Of an item
        that the reason of a health names, the sections below do not tell again.
        """
        found = self._lines
        worse = found[Section.WORSE][: _places(self._found)[Section.WORSE]]
        told = {line.item.id for line in worse if line.item and line.rule is Rule.HEALTH}
        left = {
            section: [
                line
                for line in (worse if section is Section.WORSE else lines)
                if section not in _ONCE or line.item is None or line.item.id not in told
            ]
            for section, lines in found.items()
        }
        counts = {
            section: self._found[section] - sum(self._of_item[section, item] for item in told)
            for section in Section
        }
        places = _places(counts | {Section.WORSE: len(worse)})
        shown = tuple(line for section in Section for line in left[section][: places[section]])
        return shown, counts


def all_found(material: Material, window: Window) -> Mapping[Section, Sequence[Line]]:
    """All that there is to say, in order; a brief has room for the first of it."""
    found: dict[Section, list[Line]] = {section: [] for section in Section}
    evidence, asked = _sorted_out(material.evidence), _sorted_out(material.asked)
    for project in material.projects:
        for line in (
            *worse(project, evidence[project.id], material, window),
            *_others(project, asked[project.id], material, window),
        ):
            found[line.rule.section].append(line)
    return {section: sorted(lines, key=lambda one: one.order) for section, lines in found.items()}


def _others(
    project: Project, asked: Sequence[Consultation], material: Material, window: Window
) -> Iterator[Line]:
    today, people, zone = own_day(window.now, window.zone), material.people, window.zone
    yield from wanted(project, asked, material, window.now, today)
    yield from risks(project, today)
    yield from unowned(project, people)
    yield from blocked(project, people, today, zone)


def _sorted_out(things: Iterable[Known]) -> Mapping[int, list[Known]]:
    found: dict[int, list[Known]] = defaultdict(list)
    for thing in things:
        found[thing.project].append(thing)
    return found


def _first(lines: Iterable[Line]) -> list[Line]:
    """The first lines of a section: of so many items that enough is left."""
    kept: list[Line] = []
    items: set[int | None] = set()
    for line in sorted(lines, key=lambda one: one.order):
        items.add(line.item.id if line.item else -len(kept))
        if len(items) > _ENOUGH:
            break
        kept.append(line)
    return kept


def _by_age(one: Age) -> tuple[object, ...]:
    return (-one.days, one.project.name.casefold(), one.project.id, one.item.id)


def _ways(material: Material, window: Window) -> tuple[BurnUp, ...]:
    """Of one project alone: the metrics of several are not of one kind."""
    if len(material.projects) != 1:
        return ()
    seen = (one.sighting.seen for one in material.evidence)
    runs = [run for run in seen if isinstance(run, Run)]
    return burn_ups(material.projects[0], runs, window.now, window.zone)


def _places(found: Mapping[Section, int]) -> Mapping[Section, int]:
    """Each section has its own places; those that are left are given to the others, in order."""
    places = {section: min(found[section], own) for section, own in PLACES.items()}
    left = MOST_LINES - sum(places.values())
    for section in Section:
        more = min(left, found[section] - places[section])
        places[section] += more
        left -= more
    return places
