"""A project as it stood at an earlier moment, from what the record keeps of it; and its burn-up.

What is kept of a project over time is its course. Of what is not in there (names, letters other
than A) an earlier project has what holds now: it is for judging how it did, not for telling who
was who.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Protocol, TypeVar

from bot.condition import Blocker, Opinion
from bot.moments import own_day
from bot.people import Person
from bot.project import Item, Kind, Letter, Metric, Project, Status


@dataclass(frozen=True, slots=True)
class Stood:
    """Where an item stood, from `since` (None: before the record began) up to `until`."""

    status: Status
    note: str | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WasDue:
    due: date | None
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WasInTheWay:
    blocker: Blocker
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A success metric as it was written down; known by its name."""

    metric: Metric
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class WasSaid:
    opinion: Opinion
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """What held of one project over time, as far back as was asked for; by item what is of one."""

    statuses: Mapping[int, tuple[Stood, ...]] = field(default_factory=dict)
    dues: Mapping[int, tuple[WasDue, ...]] = field(default_factory=dict)
    hurdles: Mapping[int, tuple[WasInTheWay, ...]] = field(default_factory=dict)
    metrics: tuple[Measured, ...] = ()
    opinions: tuple[WasSaid, ...] = ()


_BEGUN_AS = frozenset({Status.NOT_STARTED, Status.SKIPPED})


class _Lasting(Protocol):
    @property
    def since(self) -> datetime | None: ...
    @property
    def until(self) -> datetime | None: ...


Lasting = TypeVar("Lasting", bound=_Lasting)


def at(spells: Iterable[Lasting], moment: datetime) -> Iterator[Lasting]:
    """Those that held at a moment."""
    return (
        one
        for one in spells
        if (one.since is None or one.since <= moment) and (one.until is None or moment < one.until)
    )


def project_at(project: Project, course: Course, moment: datetime) -> Project | None:
    """The project as it stood at a moment; None where nothing of it was there yet."""
    items = [found for item in project.items if (found := _item(item, course, moment))]
    if not items:
        return None
    metrics = tuple(one.metric for one in at(course.metrics, moment))
    finish = project.finish
    return replace(
        project,
        items=tuple(items),
        scope=replace(project.scope, metrics=metrics),
        opinion=next((one.opinion for one in at(course.opinions, moment)), None),
        finish=finish if finish is not None and finish.at <= moment else None,
    )


def _item(item: Item, course: Course, moment: datetime) -> Item | None:
    told = course.statuses.get(item.id, ())
    stood = next(at(told, moment), None)
    if stood is None and not _was_there(told):
        return None
    accountable = tuple(one for one in item.accountable if one.holds_at(moment))
    others = tuple(one for one in item.assignments if one.letter is not Letter.A)
    return replace(
        item,
        status=stood.status if stood else Status.NOT_STARTED,
        note=stood.note if stood else None,
        updated=stood.since if stood else None,
        due=next((one.due for one in at(course.dues.get(item.id, ()), moment)), None),
        blockers=tuple(one.blocker for one in at(course.hurdles.get(item.id, ()), moment)),
        assignments=accountable + others,
    )


def _was_there(told: Sequence[Stood]) -> bool:
    """Whether an item was there before the first that is known of it: what begins here begins as
    not started or skipped, and what a document brought needs no status at all.
    """
    return not told or told[0].status not in _BEGUN_AS


def people_at(people: Mapping[int, Person], moment: datetime, zone: str) -> dict[int, Person]:
    """People as they were: whoever left since was there still."""
    day = own_day(moment, zone)
    return {
        key: replace(one, active=True, left_on=None)
        if not one.active and one.left_on is not None and one.left_on > day
        else one
        for key, one in people.items()
    }


# --- how much is done -----------------------------------------------------------------------------

WEEK = timedelta(days=7)
MOST_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """How many stages there were on a day, without skipped ones, and how many of them were done."""

    day: date
    done: int
    stages: int


@dataclass(frozen=True, slots=True)
class Weeks:
    """How many stages were done at the end of each of the last weeks, the last one now, and when
    anything of them began; those of some projects and of others are added up.
    """

    first: datetime | None = None
    marks: tuple[Mark, ...] = ()

    def __add__(self, other: "Weeks") -> "Weeks":
        if not self.marks or not other.marks:
            return self if self.marks else other
        first = min((one for one in (self.first, other.first) if one is not None), default=None)
        pairs = zip(self.marks, other.marks, strict=True)
        return Weeks(
            first,
            tuple(Mark(a.day, a.done + b.done, a.stages + b.stages) for a, b in pairs),
        )

    def told(self, now: datetime) -> tuple[Mark, ...]:
        """Those since the week in which anything began. Empty where there is nothing to see: no
        stage was done meanwhile, and none came or went.
        """
        marks = self.marks[-1 - _weeks(self.first or now, now) :]
        seen = {(mark.done, mark.stages) for mark in marks}
        return marks if len(seen) > 1 else ()


def weeks(
    projects: Iterable[Project], courses: Mapping[int, Course], now: datetime, zone: str
) -> Weeks:
    """How many stages of these projects were done by the week."""
    told = [one for project in projects for one in _stages(project, courses.get(project.id))]
    known = [stood.since for stage in told for stood in stage.told if stood.since is not None]
    marks = (_mark(told, now - WEEK * back, zone) for back in range(MOST_WEEKS, -1, -1))
    return Weeks(min(known, default=None), tuple(marks))


def burn_up(
    projects: Iterable[Project], courses: Mapping[int, Course], now: datetime, zone: str
) -> tuple[Mark, ...]:
    """How many stages were done by the week, of all these projects together; the last mark is now,
    and the first is of the week in which anything of them began.
    """
    return weeks(projects, courses, now, zone).told(now)


def _weeks(first: datetime, now: datetime) -> int:
    """Weeks back to the one in which something began; the mark before it has nothing to tell."""
    return min(MOST_WEEKS, max(0, (now - first) // WEEK))


@dataclass(frozen=True, slots=True)
class _Stage:
    told: tuple[Stood, ...]
    gone_at: datetime | None


def _stages(project: Project, course: Course | None) -> Iterator[_Stage]:
    statuses = course.statuses if course else {}
    present = ((one.id, None) for one in project.stages())
    gone = ((one.id, one.at) for one in project.gone if one.kind is Kind.STAGE)
    return (_Stage(statuses.get(key, ()), at) for key, at in chain(present, gone))


def _mark(stages: Sequence[_Stage], moment: datetime, zone: str) -> Mark:
    there = [_status(one, moment) for one in stages if one.gone_at is None or moment < one.gone_at]
    counted = [one for one in there if one is not None and one is not Status.SKIPPED]
    return Mark(own_day(moment, zone), sum(one is Status.DONE for one in counted), len(counted))


def _status(stage: _Stage, moment: datetime) -> Status | None:
    stood = next(at(stage.told, moment), None)
    if stood is not None:
        return stood.status
    return Status.NOT_STARTED if _was_there(stage.told) else None
