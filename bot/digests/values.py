"""What a digest is composed from, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.acting import Acting
from bot.burnup import BurnUp
from bot.cadence import Cadence, DigestPlan
from bot.digests.edits import Edit, Net
from bot.documents import DueReview
from bot.evidence import Comparison, Sighting
from bot.health import Health
from bot.hours import Hours
from bot.lateness import Late, Missed
from bot.lint import Finding, Report, Rule
from bot.milestones import Milestone
from bot.outcome import Place
from bot.people import Delegation, Person
from bot.project import Item, Letter, Project
from bot.raid import RaidEntry
from bot.sources.base import PullRequest, Run

MOST_PARTS = 12
"""Projects for which a digest may have room."""

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a digest tells of, from the last one on; days are those of `zone`.

    What a server said in the very moment of the last one counts: rather told twice than not at all.
    `late` is how the digest comes late, `missed` are those since the last one that did not come.
    """

    since: datetime
    now: datetime
    zone: str
    late: Late | None = None
    missed: tuple[Missed, ...] = ()

    @property
    def standup_days(self) -> tuple[date, date]:
        """The days whose standups it counts: after the first of these, up to the other one. Each
        day is of one digest, of that which is the next after its noon.
        """
        return _last_noon(self.since, self.zone), _last_noon(self.now, self.zone)


def _last_noon(moment: datetime, zone: str) -> date:
    there = moment.astimezone(ZoneInfo(zone))
    return there.date() - timedelta(days=there.time() < _NOON)


@dataclass(frozen=True, slots=True)
class Linked:
    """A pull request or a run of a project, as last seen, and when it was linked."""

    id: int
    project: int
    sighting: Sighting
    linked_at: datetime

    @property
    def moved_at(self) -> datetime:
        """When it was linked, or last turned out to be otherwise."""
        return max(self.linked_at, self.sighting.changed_at or self.linked_at)


@dataclass(frozen=True, slots=True)
class Decision:
    project: int
    number: int
    text: str
    by: int | None
    at: datetime
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Standups:
    """How many of those who were asked in a project's standups of the days since answered, and how
    many said what blocks them. Who did is told by the reports.
    """

    asked: int
    answered: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Material:
    """All that a digest is composed from: the projects that its channel may know of, open or
    archived since the last one, and what is known of them.

    `edits` are the lines of the record since then, oldest first. `aims` are the projects' primary
    run metrics; `highers` tells in which direction a metric improves that no scope names (by its
    folded name). `logins` are people by their names at the code host, in lower case, `hours` when
    each of these works. `reports` are
    what the linter finds in the open ones, `known` what of it the last digest knew (None: nothing
    was looked at before).
    """

    projects: tuple[Project, ...]
    people: Mapping[int, Person]
    edits: tuple[Edit, ...] = ()
    decisions: tuple[Decision, ...] = ()
    evidence: tuple[Linked, ...] = ()
    aims: Mapping[int, str] = field(default_factory=dict)
    highers: Mapping[str, bool] = field(default_factory=dict)
    logins: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[int, Hours] = field(default_factory=dict)
    review_days: int = 0
    reports: tuple[Report, ...] = ()
    known: frozenset[str] | None = None
    delegations: tuple[Delegation, ...] = ()
    standups: Mapping[int, Standups] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Blocker:
    """What is in the way of an item, and whose it is.

    `age` counts working days; None where the record began with it. `is_news`: a step of age.
    """

    item: Item
    text: str
    owner: int | None
    since: datetime | None
    age: int | None
    is_news: bool


@dataclass(frozen=True, slots=True)
class Seats:
    """An open item and the letters among A and R that nobody holds."""

    item: Item
    missing: tuple[Letter, ...]
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """`days` to go, negative where it is late; `slip` in days against the first plan;
    `moves`: how often a milestone was given another day.
    """

    item: Item | Milestone
    due: date
    days: int
    slip: int
    is_news: bool
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Worry:
    """A risk as grave as can be, or an open entry whose day has gone by."""

    entry: RaidEntry
    is_past: bool
    is_news: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is to be looked through within a week, or should have been."""

    due: DueReview
    is_news: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """What the linter finds no more, or (`until`) what is set aside up to and with that day."""

    rule: Rule
    item: Item | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pull request that waits for review, or (`is_waiting` false) one that moved otherwise.

    `seen` is it as last seen; `age` is the working time of the longest wait for a review that was
    asked for (`waits`, by names at the host), else since it was opened.
    """

    linked: Linked
    seen: PullRequest
    age: timedelta | None
    is_waiting: bool
    is_news: bool
    waits: Mapping[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aim:
    """The best finished run of a project by a metric, held against the scope."""

    linked: Linked
    seen: Run
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Runs:
    """The best run, if there is one, and the runs that moved, as last seen."""

    aim: Aim | None
    moved: tuple[tuple[Linked, Run], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a digest says of one project; it stands `unconfirmed` for so many days, or 0."""

    project: Project
    changes: tuple[Net, ...]
    decisions: tuple[Decision, ...]
    blockers: tuple[Blocker, ...]
    gaps: tuple[Seats, ...]
    deadlines: tuple[Deadline, ...]
    pulls: tuple[Waiting, ...]
    runs: Runs | None
    health: Health | None = None
    unconfirmed: int = 0
    worries: tuple[Worry, ...] = ()
    found: tuple[Finding, ...] = ()
    mended: tuple[Mended, ...] = ()
    acting: Mapping[int, Acting] = field(default_factory=dict)
    standups: Standups | None = None
    trends: tuple[BurnUp, ...] = ()
    documents: tuple[Document, ...] = ()
    closer: tuple[BurnUp, ...] = ()
    """Those of the `trends` whose gap moved since the last digest."""

    @property
    def is_news(self) -> bool:
        """Whether anything in it is otherwise than the last digest said."""
        return bool(
            self.changes
            or self.decisions
            or self.found
            or self.mended
            or any(one.is_news for one in self.blockers)
            or any(one.is_news for one in self.deadlines)
            or any(one.is_news for one in self.worries)
            or any(one.is_news for one in self.pulls)
            or any(one.is_news for one in self.documents)
            or (self.runs and self.runs.moved)
        )

    @property
    def is_empty(self) -> bool:
        return not (
            self.is_news
            or self.blockers
            or self.gaps
            or self.deadlines
            or self.worries
            or self.pulls
            or self.documents
            or (self.runs and self.runs.aim)
        )

    @property
    def late(self) -> int:
        return sum(one.days < 0 for one in self.deadlines)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a digest needs of a project for which it may have no room: blockers by the title of
    their item and their age, how much is late or under way without an Accountable, and the metrics
    whose gap moved.
    """

    project: int
    name: str
    blockers: tuple[tuple[str, int | None], ...] = ()
    late: int = 0
    unowned: int = 0
    is_news: bool = False
    is_empty: bool = True
    closer: tuple[BurnUp, ...] = ()

    @property
    def weight(self) -> tuple[object, ...]:
        """The worst first: blocked, late, unowned while under way; then where something is news."""
        name = self.name.casefold()
        return (
            -len(self.blockers), -self.late, -self.unowned, not self.is_news, name, self.project
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Digest:
    """What is to be told, the worst project first. `quiet` counts projects with nothing to tell.

    Of very many projects `parts` are those for which there is room, `beyond` the others in their
    order.
    """

    window: Window
    parts: tuple[Part, ...]
    quiet: int
    people: Mapping[int, Person]
    logins: Mapping[str, int] = field(default_factory=dict)
    beyond: tuple[Outlook, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told, and how often. `is_portfolio`: of every public project, for none is bound."""

    place: Place
    cadence: Cadence
    is_portfolio: bool


@dataclass(frozen=True, slots=True)
class DigestShown:
    """How the digest of a channel is set (`plan` None: it has none), and of what it tells.

    `set_by` None is the operator; `projects` are the names of the open ones. What set it so just
    now is line `seq` of the record and can be undone until `undo_until` (UTC; None: it cannot).
    `missed` are those of the last weeks that did not come.
    """

    place: Place
    plan: DigestPlan | None
    set_by: Person | None
    since: datetime | None
    next_at: datetime | None
    projects: tuple[str, ...]
    is_portfolio: bool
    seq: int = 0
    undo_until: datetime | None = None
    undone: bool = False
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestPreview:
    """What would be told now; `digest` None: nothing, or (`heartbeat`) that nothing has changed.
    `is_set`: the channel has a digest.
    """

    audience: Audience
    window: Window
    digest: Digest | None
    is_set: bool
    heartbeat: bool = False
