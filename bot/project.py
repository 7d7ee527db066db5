"""Projects, their items, and who holds which RACI letter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from bot import sight
from bot.condition import Blocker, Finish, Opinion
from bot.milestones import Milestone
from bot.raid import RaidEntry
from bot.reviews import Review
from bot.rights import Role
from bot.upkeep import Link


class Letter(StrEnum):
    """What a holder is to an item."""

    A = "A"
    R = "R"
    C = "C"
    I = "I"  # noqa: E741 - the letter's own name

    @property
    def word(self) -> str:
        return {"A": "accountable", "R": "responsible", "C": "consulted", "I": "informed"}[self]


@dataclass(frozen=True, slots=True)
class PersonHolder:
    """A letter held by somebody the workspace knows."""

    person: int


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A seat that nobody fills yet: the role wanted, and the requisition if one is open.

    `was` is the person who held it until they left; it makes the seat no other one.
    """

    role: str
    requisition: str | None = None
    was: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A Slack user group; it may be responsible, consulted or informed, never accountable."""

    slack_id: str
    handle: str


Holder = PersonHolder | Vacancy | Group


@dataclass(frozen=True, slots=True)
class Assignment:
    """One letter of one holder. `since` None: from before the record began. `until` is exclusive.

    `set_by` is a person's id, None the operator; `recorded_at` tells when Charter learned of it, so
    that a back-dated `since` stays visible; `message` is the address of where it was said.
    """

    id: int
    letter: Letter
    holder: Holder
    since: datetime | None
    until: datetime | None
    recorded_at: datetime
    set_by: int | None
    source: str
    message: str = ""

    @property
    def is_void(self) -> bool:
        """Whether it never held: it was taken back, gave way before it began, or began wrongly."""
        return self.until is not None and (self.since == self.until or self.until <= EVER)

    @property
    def is_back_dated(self) -> bool:
        """Whether it was recorded a day or more after it began; a document tells of long ago."""
        late = self.since is not None and self.recorded_at - self.since >= timedelta(days=1)
        return late and self.source != "load"

    def holds_at(self, moment: datetime) -> bool:
        begun = self.since is None or self.since <= moment
        return begun and (self.until is None or moment < self.until)


class OfferState(StrEnum):
    """What became of an offer. `OVERTAKEN`: the item went to somebody else meanwhile."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"
    EXPIRED = "expired"

    @property
    def words(self) -> str:
        match self:
            case OfferState.CANCELLED:
                return "called off"
            case OfferState.OVERTAKEN:
                return "overtaken by another change"
            case OfferState.EXPIRED:
                return "not answered in time"
            case _:
                return self.value


@dataclass(frozen=True, slots=True)
class Offer:
    """An item's Accountable (and the `letters` that go with it) on the way from one to another.

    `giver` answers for the item until `receiver` does: from `since` on, or from the answer on.
    People are given by id.
    """

    id: int
    project: int
    item: int
    giver: int
    receiver: int
    letters: tuple[Letter, ...]
    since: datetime | None
    offered_at: datetime
    offered_by: int | None
    state: OfferState = OfferState.OPEN
    answered_at: datetime | None = None
    answered_by: int | None = None

    @property
    def is_request(self) -> bool:
        """Whether who wants the item asks for it; then it is the giver who accepts."""
        return self.offered_by == self.receiver

    @property
    def answerer(self) -> int:
        """Who accepts or declines."""
        return self.giver if self.is_request else self.receiver

    @property
    def asker(self) -> int:
        """Who waits for the answer."""
        return self.giver if self.offered_by is None else self.offered_by


class Status(StrEnum):
    """Where an item stands."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    BLOCKED = "blocked"
    DONE = "done"
    SKIPPED = "skipped"
    ON_HOLD = "on_hold"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def is_under_way(self) -> bool:
        return self in (Status.IN_PROGRESS, Status.AT_RISK, Status.BLOCKED)


CLOSED = frozenset({Status.DONE, Status.SKIPPED})  # nothing is left to do there
EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before all that is told of: there ends what began before the record did, and never held."""


class Mode(StrEnum):
    TEAM = "team"
    STARTUP = "startup"


class Kind(StrEnum):
    STAGE = "stage"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True)
class Gone:
    """A stage or component that was taken out of its project; its history stays."""

    id: int
    key: str
    kind: Kind
    title: str
    names: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A stage of a project, or a component of a stage (`parent` is that stage's key).

    A component that `inherits_raci` takes the letters of its stage. `assignments` are those that
    hold at the moment of the snapshot; `last_accountable` is the latest that ended, when there is
    none now; `accountable` are all who were, are or are planned to be. `offer` is the hand-over
    that waits for an answer. `updated` is when its last status was set, and `moved_by` by whom.
    `blockers` are open; `due_moves`: how often it was given another due date.
    """

    id: int
    key: str
    kind: Kind
    title: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    inherits_raci: bool = False
    status: Status = Status.NOT_STARTED
    note: str | None = None
    due: date | None = None
    baseline_due: date | None = None
    due_moves: int = 0
    updated: datetime | None = None
    moved_by: int | None = None
    assignments: tuple[Assignment, ...] = ()
    last_accountable: Assignment | None = None
    accountable: tuple[Assignment, ...] = ()
    offer: Offer | None = None
    blockers: tuple[Blocker, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Channel:
    """A bound Slack channel; `slack_id` is unknown until Slack has named it."""

    slack_id: str | None
    name: str
    is_private: bool = False

    @property
    def words(self) -> str:
        """As everybody may read it: Slack hides a private one's name from all who are not in it."""
        return "a private channel" if self.is_private else f"#{self.name}"


@dataclass(frozen=True, slots=True)
class Metric:
    """`higher` tells how it improves, `measured` how; it was `current` when `updated`."""

    name: str
    aliases: tuple[str, ...]
    higher: bool
    unit: str
    baseline: float | None
    target: float | None
    current: float | None
    updated: date | None
    measured: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A version of the scope that somebody signed off, and what was material in it."""

    version: int
    fingerprint: str
    by: int | None
    at: datetime


class Call(StrEnum):
    """Whether a project is worth doing."""

    GO = "go"
    NO_GO = "no-go"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a project when it was framed, by whom, and why."""

    call: Call
    reason: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """What the project is for: text fields by name, lists by name, metrics, links, stakeholders
    (ids).

    `version` counts what was agreed upon anew, the last time at `changed_at`; 0 is nothing yet.
    """

    fields: dict[str, str] = field(default_factory=dict)
    in_scope: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()
    stakeholders: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    version: int = 0
    changed_at: datetime | None = None
    approval: Approval | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """One project at one moment. `version` counts its changes; people are given by id.

    `bot.sight` says who may know of it. `inside` are the people in its private channels just now,
    `guests` those of the workspace who know nothing by themselves: no facts of the project, so that
    they are put there by whoever knows them. `template` is what it began from. `is_sample`: made to
    try Charter out, and gone when it is put away. `group`: a team and no project; see `bot.teams`.
    """

    id: int
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    lead: int | None = None
    mode: Mode = Mode.TEAM
    private: bool = False
    shows_titles: bool = False
    members: frozenset[int] = frozenset()
    grants: Mapping[int, Role] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()
    archived_at: datetime | None = None
    created_by: int | None = None
    items: tuple[Item, ...] = ()
    scope: Scope = field(default_factory=Scope)
    template: str = ""
    is_sample: bool = False
    opinion: Opinion | None = None
    finish: Finish | None = None
    gone: tuple[Gone, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    raid: tuple[RaidEntry, ...] = ()
    review: Review | None = None
    version: int = 1
    group: Group | None = None
    inside: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()

    def item(self, key: str) -> Item | None:
        return next((item for item in self.items if item.key == key), None)

    def title_of(self, item: int | None) -> str:
        """What an item is called, also one that was taken out; nothing for the whole project."""
        known: tuple[Item | Gone, ...] = (*self.items, *self.gone)
        return next((one.title for one in known if one.id == item), "")

    def stages(self) -> Iterator[Item]:
        return (item for item in self.items if item.kind is Kind.STAGE)

    def components(self, stage: str | None = None) -> Iterator[Item]:
        return (
            item
            for item in self.items
            if item.kind is Kind.COMPONENT and (stage is None or item.parent == stage)
        )

    def ruling(self, item: Item) -> Item:
        """The item whose letters count for an item: its stage where it inherits, else itself."""
        stage = self.item(item.parent) if item.inherits_raci and item.parent else None
        return stage or item

    def raci(self, item: Item) -> tuple[Assignment, ...]:
        """The letters that count for an item: its own, or its stage's where it inherits."""
        return self.ruling(item).assignments

    def channel_words(self, channel: Channel) -> str:
        """A channel of its own as whoever sees the project may read it. A private one is named to
        those of a private project alone: everybody sees a public one.
        """
        return f"#{channel.name}" if self.private else channel.words

    @property
    def is_gone(self) -> bool:
        """Whether it is there for nobody any more."""
        return self.is_sample and self.archived_at is not None

    @property
    def own_channels(self) -> tuple[str | None, ...]:
        return tuple(channel.slack_id for channel in self.channels)

    def visible_to(self, person: int | None) -> bool:
        """Whether somebody may know of it, wherever they are; None is anybody at all."""
        return sight.admits(self, person)

    def is_told_in(self, channel: Channel) -> bool:
        """Whether all who read a channel may know of it, if no other organisation is in there."""
        return sight.is_told_in(self, sight.PlainRoom(channel.slack_id, channel.is_private))
