"""What a source of evidence is: a code host or a tracker that Charter reads and never writes.

A source fails by value. Whatever goes wrong out there (refused, away, nonsense) is a `Trouble` of
the one thing that was asked for, so that the rest still shows and the last good look stands.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol, runtime_checkable


class Kind(StrEnum):
    """What a link leads to."""

    PULL_REQUEST = "pull_request"
    RUN = "run"
    PAGE = "page"
    """What is read and not worked through: a document, an issue, a release."""


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing at a source. `key` names it there; `url` is the one canonical address of it.

    A pull request's key is `owner/repo#7` in lower case, a run's is its id.
    """

    source: str
    kind: Kind
    key: str
    url: str


class PullState(StrEnum):
    """Where a pull request stands."""

    OPEN = "open"
    DRAFT = "draft"
    MERGED = "merged"
    CLOSED = "closed"


class Review(StrEnum):
    """What the reviewers say together; NONE where nobody has to and nobody did."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    REVIEW_REQUIRED = "review_required"
    NONE = "none"


class Checks(StrEnum):
    """What the checks of the newest commit say together; NONE where there are none, HIDDEN where
    some may not be seen and none of the others fails.
    """

    PASSING = "passing"
    FAILING = "failing"
    PENDING = "pending"
    HIDDEN = "hidden"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as its host tells it. People and teams by their names there.

    `head` is the newest commit, `branch` where it lies, `base` where it is to go; `requested` still
    owe a review; `failing` names the checks that fail. Times are aware UTC.
    """

    ref: Ref
    repo: str
    number: int
    title: str
    author: str
    state: PullState
    review: Review
    requested: tuple[str, ...]
    approvals: int
    checks: Checks
    failing: tuple[str, ...]
    head: str
    base: str
    branch: str
    private: bool
    opened: datetime | None
    updated: datetime | None
    merged: datetime | None = None
    merged_by: str = ""
    closed: datetime | None = None
    is_bot: bool = False
    """Whether a program opened it."""
    is_fork: bool = False
    """Whether its branch lies in another repository."""
    labels: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    """What its text says for Charter: the words after `charter:`, such as "churn/data-pipeline"."""
    paths: tuple[str, ...] = ()
    """The files it touches, the first hundred; empty where nobody asked for them."""
    asked: Mapping[str, datetime] = field(default_factory=dict)
    """Of those in `requested`: since when, as far as the host tells."""
    asked_by: Mapping[str, str] = field(default_factory=dict)
    """Of those in `asked`: by whom."""
    opinions: Mapping[str, str] = field(default_factory=dict)
    """What each reviewer said last: approved, changes_requested."""
    opined: Mapping[str, datetime] = field(default_factory=dict, compare=False)
    """Of those in `opinions`: when, as far as the host tells."""
    commits: tuple[str, ...] = ()
    """Commits that belong to it besides `head`, such as the one that it was merged by."""
    mergeable: bool | None = None
    """None: not known (yet)."""
    accounts: Mapping[str, int] = field(default_factory=dict)
    """Of the people named here, as far as it is told: the number by which the host knows somebody,
    whatever they call themselves.
    """

    def is_another(self, before: object) -> bool:
        """Whether it only stands where `before` stood: opened at another moment, in a repository
        that has taken the old name of one that moved.
        """
        first = before.opened if isinstance(before, PullRequest) else None
        return first is not None and self.opened is not None and self.opened != first


class RunState(StrEnum):
    """Where a run stands, in the words of workspace documents."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    KILLED = "killed"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class Run:
    """An experiment run as its tracker tells it. `metrics` are the last values.

    A metric may be NaN or infinite, which no JSON holds. NaN is always the one object `math.nan`,
    so that two looks at the same run are equal.
    """

    ref: Ref
    name: str
    state: RunState
    user: str
    experiment: str
    started: datetime | None
    ended: datetime | None
    metrics: Mapping[str, float] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)
    deleted: bool = False
    experiment_id: str = ""
    commit: str = ""
    """The commit that its code was at, whole or abbreviated."""
    repo: str = ""
    """Where that commit lies, as `owner/name` in lower case; empty where nobody tells."""
    datasets: tuple[str, ...] = ()
    """Names and versions of the data it read: "churn-2026-10 (a1b2c3)"."""
    models: tuple["ModelVersion", ...] = ()
    """What became of it in the registry."""
    usage: Mapping[str, float] = field(default_factory=dict)
    """What it used of its machine, where the tracker has it: name with unit → last value."""
    parent: str = ""
    """The run that it is nested in."""
    is_archived: bool = False
    """Whether its tracker is gone and this is what was exported of it."""


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A version of a registered model. `run` is the id of the run that made it; `promoted` is when
    one of its aliases was set or it was moved to a stage, as far as the registry tells.
    """

    name: str
    version: str
    run: str = ""
    aliases: tuple[str, ...] = ()
    stage: str = ""
    by: str = ""
    """Who registered it, by their name there; empty where the registry does not tell."""
    made: datetime | None = None
    promoted: datetime | None = None
    url: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A document, an issue or a release, as its source tells it. `state` is one word or empty."""

    ref: Ref
    title: str
    owner: str = ""
    state: str = ""
    edited: datetime | None = None
    edited_by: str = ""
    private: bool = True


class Why(StrEnum):
    """Why a source did not tell."""

    UNAUTHORISED = "unauthorised"
    """It knows no such credentials: a setting is wrong."""
    FORBIDDEN = "forbidden"
    """It knows the credentials and does not let them look."""
    NOT_FOUND = "not_found"
    """It is not there, or hidden from the credentials."""
    RATE_LIMITED = "rate_limited"
    """It was asked too much; `until` says when to ask again. Without that, Charter itself asked
    enough for one pass.
    """
    AWAY = "away"
    """It does not answer, or answers that it is broken."""
    GARBAGE = "garbage"
    """It answers what makes no sense: another server stands there."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something could not be seen. `detail` is safe to show: it holds no secret and no text
    of the server's.
    """

    why: Why
    until: datetime | None = None
    detail: str = ""

    @property
    def is_postponed(self) -> bool:
        """Whether nothing is wrong: a pass did not get round to it, and the next one may."""
        return self.why is Why.RATE_LIMITED and self.until is None


Evidence = PullRequest | Run
"""What work leaves behind: it belongs to a project and a stage."""
Seen = PullRequest | Run | Page | Trouble
NOTHING: Final[Mapping[Ref, Seen]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Stream:
    """Where things of one kind keep appearing: a repository, an experiment, a tracker's project.

    `key` names it at its source (`owner/repo` in lower case, an experiment's id).
    """

    source: str
    kind: Kind
    key: str
    url: str
    wants_paths: bool = field(default=False, compare=False)
    """Whether somebody goes by the files that are touched, which may cost a question each."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in a stream, and up to which moment all of it was seen.

    In trouble nothing is lost: `until` stays where the next look has to begin. `past` is where it
    may begin if only single things are in trouble, have been there for long, and were so at the
    last look as well: what came later was told.
    """

    seen: Mapping[Ref, Seen]
    until: datetime
    trouble: Trouble | None = None
    past: datetime | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What a source asks of whoever sets Charter up, in words for them.

    `address` is the setting that says where it is; `absent` what it would do if it were set up,
    `mend` what to do where it does not accept the credentials.
    """

    title: str
    address: str
    absent: str
    mend: str


class Source(Protocol):
    """A code host or tracker, set up. Thread-safe; nothing here raises for what happens out there.

    A pass is one call: it asks a bounded number of times, and stops asking a server that is away
    or has had enough.
    """

    @property
    def name(self) -> str:
        """What it is called in settings, tables and `--source`."""

    @property
    def needs(self) -> Needs:
        """What it asks of whoever sets it up."""

    @property
    def address(self) -> str:
        """Where it is asked."""

    def recognises(self, url: str) -> Ref | None:
        """What an address leads to, if it is one of the configured host; asks nobody."""

    def stream(self, url: str) -> Stream | None:
        """The stream at an address, if it is one of the configured host; asks nobody. A code host
        knows its repositories by their names alone, too.
        """

    def fetch(
        self, refs: Collection[Ref], known: Mapping[Ref, Seen] = NOTHING
    ) -> Mapping[Ref, Seen]:
        """Look at these: every one is in the answer.

        But for those that are `known`, as they were last seen, where the source tells for less than
        a look costs that they have not moved. Not everything moves what it goes by (a check that is
        run again does not), so look without that, now and then.
        """

    def changed(self, stream: Stream, since: datetime) -> Changes:
        """Everything in a stream that changed at `since` or later, as it is now; the same thing may
        be told again. Asks a bounded number of times: where that does not reach, `until` is how far
        it got.
        """

    def answers(self) -> str | Trouble:
        """Whether it answers with these credentials: in words what answers, or the trouble."""

    def close(self) -> None:
        """Give its connections back."""


@runtime_checkable
class Copies(Protocol):
    """A tracker into which the runs of another that is gone may have been loaded."""

    def copy_of(self, project: str, run: str) -> Ref | None:
        """The run that was loaded from there, by its project and what it was called; None where
        there is none, or nobody answers.
        """


@runtime_checkable
class Repairs(Protocol):
    """A source that says things by itself, and can be asked to say again what was not heard."""

    def repaired(self, since: datetime) -> int:
        """Have sent again what was said since a moment and not taken; gives how much that was. In
        trouble it is what it got to.
        """


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept, and the tag by which the server knows it again."""

    etag: str
    body: str


class Etags(Protocol):
    """Answers kept between passes, so that what has not changed is not sent again.

    The key covers who asks, how and for what; it is nothing that tells a secret.
    """

    def get(self, key: str) -> Kept | None:
        """What was kept under this key."""

    def put(self, key: str, kept: Kept) -> None:
        """Keep this under the key, in place of what was there."""
