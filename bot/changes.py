"""Every change of the record.

A change carries what was and what shall be, so that it can be shown (before → after), audited and
reversed. `bot.deciding` makes one from a snapshot, `bot.telling` words it, only the ledger writes
it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.cadence import DigestPlan
from bot.project import Assignment, Channel, Holder, Letter, Mode, Status
from bot.standups import Plan


@dataclass(frozen=True, slots=True)
class Seat:
    """A letter that begins."""

    letter: Letter
    holder: Holder


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """Letters of one item that end and that begin at `since` (None: before the record began).

    One that began later than `since` never held: it ends where it began. `restored` are letters
    that an undo gives back as they were, with their own beginning.
    """

    project: int
    item: int
    ended: tuple[Assignment, ...]
    begun: tuple[Seat, ...]
    since: datetime | None
    restored: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class StageMoved:
    """An item's status, with the note of why (a blocker, a reason to skip)."""

    project: int
    item: int
    before: Status
    before_note: str | None
    after: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class DueMoved:
    """An item's due date. The first one ever set is the baseline, which never changes."""

    project: int
    item: int
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class ScopeChanged:
    """One field of the scope: a text, or the lines of a list."""

    project: int
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AliasChanged:
    """A further name of a project (`item` None) or of an item, added or taken away."""

    project: int
    item: int | None
    alias: str
    added: bool


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """A Slack channel bound to a project, or released."""

    project: int
    channel: Channel
    bound: bool


@dataclass(frozen=True, slots=True)
class ArchiveChanged:
    project: int
    archived: bool


@dataclass(frozen=True, slots=True)
class StandupSet:
    """A project's standup, begun (`before` None) or set otherwise.

    `was_in` and `is_in` are the channels in words, which a plan knows by Slack's id.
    """

    project: int
    before: Plan | None
    after: Plan
    was_in: str = ""
    is_in: str = ""


@dataclass(frozen=True, slots=True)
class StandupEnded:
    project: int
    before: Plan
    was_in: str = ""


@dataclass(frozen=True, slots=True)
class DigestSet:
    """A channel's digest, begun (`before` None) or set otherwise. It is of no project."""

    channel: Channel
    before: DigestPlan | None
    after: DigestPlan


@dataclass(frozen=True, slots=True)
class DigestEnded:
    channel: Channel
    before: DigestPlan


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a project something is linked: one of its items, or (all empty) the whole of it."""

    item: int | None = None
    key: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class PullRequestLinked:
    """A pull request linked to a project; `before` or `after` None: it was, or is, not linked."""

    project: int
    source: str
    repo: str
    number: int
    url: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class RunLinked:
    """An experiment run linked to a project, likewise; `run` is its id in its tracker."""

    project: int
    tracker: str
    run: str
    url: str
    before: Spot | None
    after: Spot | None


@dataclass(frozen=True, slots=True)
class LinkAdded:
    """An address among the links of the scope, or taken away from them."""

    project: int
    title: str
    url: str
    added: bool = True


@dataclass(frozen=True, slots=True)
class NewItem:
    """A stage of a project to be, with the seats that open with it."""

    key: str
    title: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class ProjectCreated:
    key: str
    name: str
    mode: Mode
    lead: int | None
    private: bool
    members: frozenset[int]
    channel: Channel | None
    items: tuple[NewItem, ...]


Change = (
    RolesChanged
    | StageMoved
    | DueMoved
    | ScopeChanged
    | AliasChanged
    | ChannelChanged
    | ArchiveChanged
    | StandupSet
    | StandupEnded
    | DigestSet
    | DigestEnded
    | ProjectCreated
    | PullRequestLinked
    | RunLinked
    | LinkAdded
)
