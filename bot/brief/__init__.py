"""The leader's brief: what turned worse, what has to be decided, and what may go wrong; in twelve
lines, each of which says why it is there.

`compose` is the only way to one, for what is looked at as for what comes by the clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.acting import standing_ins
from bot.brief.standing import ages, blocked, risks, unowned
from bot.brief.values import Age, Brief, BriefShown, Line, Material, Rule, Section
from bot.brief.wanted import wanted
from bot.brief.worse import worse
from bot.burnup import BurnUp, burn_ups
from bot.consultations import Consultation
from bot.digests.values import Window
from bot.hindsight import WEEK, burn_up
from bot.moments import own_day
from bot.project import Project
from bot.sources.base import Run

__all__ = [
    "MOST_LINES",
    "Age",
    "Brief",
    "BriefShown",
    "Line",
    "Material",
    "Rule",
    "Section",
    "all_found",
    "compose",
]

MOST_LINES = 12

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


class _OfProject(Protocol):
    @property
    def project(self) -> int: ...


Known = TypeVar("Known", bound=_OfProject)


def compose(material: Material, now: datetime, zone: str) -> Brief:
    """The brief of these projects, held against how they stood a week ago.

    The same whatever order they come in: each section has one order, down to the ids.
    """
    since = now - WEEK
    found = all_found(material, Window(since, now, zone))
    shown, told_of = _shown(found)
    told = {line.project.id: line.project for line in shown}
    today = own_day(now, zone)
    old = (age for one in material.projects for age in ages(one, material.people, today, zone))
    return Brief(
        lines=shown,
        found=told_of,
        projects=material.projects,
        people=material.people,
        acting={
            key: standing_ins(project, material.people, material.delegations, now)
            for key, project in told.items()
        },
        ages=tuple(sorted(old, key=_by_age)),
        marks=burn_up(material.projects, material.courses, now, zone),
        since=since,
        now=now,
        zone=zone,
        ways=_ways(material, now, zone),
    )


def _ways(material: Material, now: datetime, zone: str) -> tuple[BurnUp, ...]:
    """Of one project alone: the metrics of several are not of one kind."""
    if len(material.projects) != 1:
        return ()
    seen = (one.sighting.seen for one in material.evidence)
    runs = [run for run in seen if isinstance(run, Run)]
    return burn_ups(material.projects[0], runs, now, zone)


def _by_age(one: Age) -> tuple[object, ...]:
    return (-one.days, one.project.name.casefold(), one.project.id, one.item.id)


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


def _shown(
    found: Mapping[Section, Sequence[Line]],
) -> tuple[tuple[Line, ...], dict[Section, int]]:
    """The lines for which there is room, and how many there are of each section. Of an item that
    the reason of a health names, the sections below do not tell again.
    """
    worse = found[Section.WORSE][: _places(found)[Section.WORSE]]
    told = {line.item.id for line in worse if line.item and line.rule is Rule.HEALTH}
    left = {
        section: [
            line
            for line in (worse if section is Section.WORSE else lines)
            if section not in _ONCE or line.item is None or line.item.id not in told
        ]
        for section, lines in found.items()
    }
    places = _places(left)
    shown = tuple(line for section in Section for line in left[section][: places[section]])
    counts = {section: len(lines) for section, lines in left.items()}
    return shown, counts | {Section.WORSE: len(found[Section.WORSE])}


def _places(found: Mapping[Section, Sequence[Line]]) -> Mapping[Section, int]:
    """Each section has its own places; those that are left are given to the others, in order."""
    places = {section: min(len(found[section]), own) for section, own in PLACES.items()}
    left = MOST_LINES - sum(places.values())
    for section in Section:
        more = min(left, len(found[section]) - places[section])
        places[section] += more
        left -= more
    return places
