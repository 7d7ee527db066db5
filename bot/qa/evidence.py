"""What questions read beside the projects themselves: standups, pull requests, runs, the past."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot import moments
from bot.evidence import Sighting
from bot.people import Delegation
from bot.project import Assignment, PersonHolder
from bot.sources.base import PullRequest, Run
from bot.standups import State


@dataclass(frozen=True, slots=True)
class Said:
    """One person's standup of one day (their own) in one project, or (None) in none.

    `asked`: Charter asked for it; others a document told.
    """

    person: int
    project: int | None
    item: str | None
    day: date
    state: State
    yesterday: str = ""
    today: str = ""
    blocker: str = ""
    note: str = ""
    posted_at: datetime | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request of a project as it was last seen. `author` is a person, if that is known, and
    `known` are the people who bear the names that are asked for a review, by these in lower case.
    """

    project: int
    item: str | None
    author: int | None
    seen: PullRequest
    sighting: Sighting
    known: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """An experiment run of a project as it was last seen. `day` is when it began."""

    project: int
    item: str | None
    author: int | None
    seen: Run
    sighting: Sighting
    day: date | None
    params: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def begun(self) -> str:
        """When it began, for a sentence; empty where nobody knows."""
        if self.seen.started:
            return moments.day(self.seen.started)
        return self.day.isoformat() if self.day else ""


@dataclass(frozen=True, slots=True)
class Past:
    """A change of a project (None: of the workspace). `approved_by` said yes to it.

    `at` is the very moment, where that is known.
    """

    project: int | None
    item: str | None
    day: date
    kind: str
    summary: str
    before: str = ""
    after: str = ""
    by: int | None = None
    approved_by: int | None = None
    permalink: str = ""
    at: datetime | None = None

    @property
    def when(self) -> str:
        """Its day, for a sentence."""
        return moments.day(self.at) if self.at else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Changed:
    """A line of the record about a project. `by` None: the operator. `kind` is the change's name;
    `before` and `after` are told of those that are about one value.
    """

    project: int
    item: int | None
    at: datetime
    by: int | None
    summary: str
    kind: str = ""
    before: str = ""
    after: str = ""
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Which lines of the record are asked for: of `kinds` and of these `items` where there are
    any, from `begin` up to `end`.
    """

    projects: tuple[int, ...]
    begin: datetime | None = None
    end: datetime | None = None
    items: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aims:
    """How runs are compared: the metric of each project, and whether less of a metric is better."""

    primary: Mapping[int, str] = field(default_factory=dict)
    less_is_better: frozenset[str] = frozenset()


class Evidence(Protocol):
    """Asked for projects that the asker sees, and only for those."""

    def said(self, days: Sequence[date]) -> Sequence[Said]:
        """The standups of these days, of all people; of which projects is looked at afterwards."""

    def pulls(self, projects: Sequence[int]) -> Sequence[Pull]: ...

    def runs(self, projects: Sequence[int]) -> Sequence[Tried]: ...

    def past(self, projects: Sequence[int]) -> Sequence[Past]:
        """What is told of the past of these projects and of the workspace, the latest first."""

    def aims(self, projects: Sequence[int]) -> Aims: ...

    def letters(self, items: Sequence[int]) -> Sequence[tuple[int, Assignment]]:
        """Every letter that these items (ids) ever had, over or not, each with its item."""

    def letters_of(self, person: int) -> Sequence[tuple[int, int, Assignment]]:
        """Every letter that somebody ever had, each with its project and item (ids); of which
        projects is looked at afterwards.
        """

    def delegations(self, moment: datetime) -> Sequence[Delegation]:
        """Who was to act for whom, as it stood at a moment."""

    def last_standup(self, person: int) -> datetime | None:
        """When somebody last posted one."""

    def changed(self, asking: Asking, most: int) -> Sequence[Changed]:
        """The last of these lines of the record, the latest first."""

    def count_changed(self, asking: Asking) -> Mapping[int, int]:
        """How many there are of each project that has some."""


@dataclass(frozen=True, slots=True)
class Known:
    """Evidence at hand, as values."""

    standups: tuple[Said, ...] = ()
    pull_requests: tuple[Pull, ...] = ()
    tried: tuple[Tried, ...] = ()
    history: tuple[Past, ...] = ()
    aimed: Aims = field(default_factory=Aims)
    held: Mapping[int, Sequence[Assignment]] = field(default_factory=dict)
    homes: Mapping[int, int] = field(default_factory=dict)
    """The project of each item."""
    stood_in: tuple[Delegation, ...] = ()
    record: tuple[Changed, ...] = ()

    def said(self, days: Sequence[date]) -> Sequence[Said]:
        return [one for one in self.standups if one.day in days]

    def pulls(self, projects: Sequence[int]) -> Sequence[Pull]:
        return [one for one in self.pull_requests if one.project in projects]

    def runs(self, projects: Sequence[int]) -> Sequence[Tried]:
        return [one for one in self.tried if one.project in projects]

    def past(self, projects: Sequence[int]) -> Sequence[Past]:
        return [one for one in self.history if one.project is None or one.project in projects]

    def aims(self, projects: Sequence[int]) -> Aims:
        return self.aimed

    def letters(self, items: Sequence[int]) -> Sequence[tuple[int, Assignment]]:
        return [(item, one) for item in items for one in self.held.get(item, ())]

    def letters_of(self, person: int) -> Sequence[tuple[int, int, Assignment]]:
        return [
            (self.homes.get(item, 0), item, one)
            for item, some in self.held.items()
            for one in some
            if one.holder == PersonHolder(person)
        ]

    def delegations(self, moment: datetime) -> Sequence[Delegation]:
        return self.stood_in

    def last_standup(self, person: int) -> datetime | None:
        posted = (one.posted_at for one in self.standups if one.person == person)
        return max(filter(None, posted), default=None)

    def changed(self, asking: Asking, most: int) -> Sequence[Changed]:
        found = [one for one in self.record if _is_asked(one, asking)]
        return sorted(found, key=lambda one: one.at, reverse=True)[:most]

    def count_changed(self, asking: Asking) -> Mapping[int, int]:
        return Counter(one.project for one in self.record if _is_asked(one, asking))


def _is_asked(one: Changed, asking: Asking) -> bool:
    return (
        one.project in asking.projects
        and (asking.begin is None or asking.begin <= one.at)
        and (asking.end is None or one.at < asking.end)
        and (not asking.items or one.item in asking.items)
        and (not asking.kinds or one.kind in asking.kinds)
    )
