"""What questions read beside the projects themselves: standups, pull requests, runs, the past."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.evidence import Sighting
from bot.sources.base import PullRequest, Run
from bot.standups import State


@dataclass(frozen=True, slots=True)
class Said:
    """One person's standup of one day (their own) in one project, or (None) in none."""

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


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request of a project as it was last seen. `author` is a person, if that is known."""

    project: int
    item: str | None
    author: int | None
    seen: PullRequest
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Tried:
    """An experiment run of a project as it was last seen. `day` is when it began."""

    project: int
    item: str | None
    author: int | None
    seen: Run
    sighting: Sighting
    day: date | None
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """A change of a project (None: of the workspace). `approved_by` said yes to it."""

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


@dataclass(frozen=True, slots=True)
class Known:
    """Evidence at hand, as values."""

    standups: tuple[Said, ...] = ()
    pull_requests: tuple[Pull, ...] = ()
    tried: tuple[Tried, ...] = ()
    history: tuple[Past, ...] = ()
    aimed: Aims = field(default_factory=Aims)

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
