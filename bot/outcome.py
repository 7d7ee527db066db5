"""What a use case gives back to those who word it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.access import Standing
from bot.acting import Acting
from bot.burnup import BurnUp, Trends
from bot.changes import DelegationChange
from bot.channels import Gone
from bot.consultations import Consultation
from bot.errors import CharterError
from bot.hindsight import Mark
from bot.history import Happened
from bot.hours import Hours
from bot.people import Delegation, Person
from bot.project import Assignment, Item, Letter, Project
from bot.raid import RaidEntry, RaidKind
from bot.rights import Role
from bot.routing.told import Told
from bot.scope import Edit
from bot.telling import Line
from bot.workspace_settings import DEFAULTS, WorkspaceSettings


@dataclass(frozen=True, slots=True)
class Done:
    """A change that stands. `seq` is its audit line, by which it can be undone until `undo_until`
    (UTC); None where it cannot. `project` and `item` are as they are now.
    """

    project: Project
    item: Item | None
    lines: tuple[Line, ...]
    seq: int
    at: datetime
    undo_until: datetime | None
    undone: bool = False
    people: dict[int, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """A project (and perhaps one item) to look at, with the people it names, by id; as it is `now`,
    with who acts for whom in it. `asked`: the input on the item that is asked for, and what came.

    `review_days`: after so many it counts as unconfirmed, unless the project says otherwise.
    `today` is the day where it is looked at, in `zone`; what is under way and was not updated for
    `stale_days` is marked. `burn_up` is how much of it was done by the week,
    `trends` are the ways of its metrics to their targets.
    """

    project: Project
    item: Item | None
    people: dict[int, Person]
    acting: Mapping[int, Acting] = field(default_factory=dict)
    now: datetime | None = None
    asked: tuple[Consultation, ...] = ()
    today: date | None = None
    zone: str = "UTC"
    stale_days: int = DEFAULTS.stale_days
    review_days: int = 0
    burn_up: tuple[Mark, ...] = ()
    trends: tuple[BurnUp, ...] = ()


@dataclass(frozen=True, slots=True)
class RaidPage:
    """A page of a project's risks, assumptions, issues and dependencies: all, or those of a `kind`.

    `open` of the `whole` are; `page` of `pages`. `today` is the day where it is looked at.
    """

    project: Project
    people: Mapping[int, Person]
    kind: RaidKind | None
    entries: tuple[RaidEntry, ...]
    open: int
    whole: int
    page: int
    pages: int
    today: date


@dataclass(frozen=True, slots=True)
class RaidShown:
    """One of them, with all that was said of it."""

    project: Project
    people: Mapping[int, Person]
    entry: RaidEntry
    today: date


@dataclass(frozen=True, slots=True)
class Said:
    """Something was passed on, to somebody (an id)."""

    to: int
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Taken:
    """A field of the scope that somebody changed while a form stood open, and so did the form."""

    field: str
    mine: str
    theirs: str
    by: int | None
    at: datetime


@dataclass(eq=False)
class ScopeClash(CharterError):
    """A form that was not saved, since others changed the same fields; `typed` is all it said.

    `metric` is the one that it is about, by the name that it had when the form was opened.
    """

    project: Project
    people: Mapping[int, Person]
    metric: str
    typed: Mapping[str, str]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class ScopeVersion:
    """One version of a scope: what it changed, and who saved it when."""

    number: int
    by: int | None
    at: datetime
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ScopeHistory:
    """The latest versions of a scope, newest first."""

    project: Project
    people: Mapping[int, Person]
    versions: tuple[ScopeVersion, ...]


@dataclass(frozen=True, slots=True)
class ScopeDiff:
    """What differs between two versions of a scope."""

    project: Project
    people: Mapping[int, Person]
    first: int
    last: int
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class RowHistory:
    """What happened to an item, the latest first, a page of it."""

    project: Project
    item: Item
    happened: tuple[Happened, ...]
    page: int
    pages: int
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class HeldOn:
    """Who held the letters of an item on a day, as it is told by in `zone`; and who acted for whom
    at its end.
    """

    project: Project
    item: Item
    day: date
    zone: ZoneInfo
    letters: tuple[Assignment, ...]
    acting: Mapping[int, Acting]
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Delegated:
    """That somebody acts for somebody, set or called off: in one project, or in all. `also` are
    further periods of the same two that were called off with it.
    """

    change: DelegationChange
    lines: tuple[Line, ...]
    project: Project | None
    people: Mapping[int, Person]
    at: datetime
    also: tuple["Delegated", ...] = ()


@dataclass(frozen=True, slots=True)
class Standins:
    """Who acts for somebody and for whom they act, from today on; `projects` are those that any of
    it is for alone, by id.
    """

    person: Person
    delegations: tuple[Delegation, ...]
    projects: Mapping[int, Project]
    people: Mapping[int, Person]
    is_own: bool


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """One letter of somebody's, with the item's whereabouts."""

    project: Project
    item: Item
    letter: Letter


@dataclass(frozen=True, slots=True)
class Gap:
    """An open item that lacks an active Accountable ("A") or Responsible ("R")."""

    project: Project
    item: Item
    missing: Letter

    @property
    def is_unowned(self) -> bool:
        """Whether it is under way with nobody accountable: this comes before all other gaps."""
        return self.missing is Letter.A and self.item.status.is_under_way


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said, as Slack names it. `channel` is None for Home and the shell.

    `gone`: it cannot be posted in any more, as far as Charter was told.
    `is_open`: another organisation shares it, and an admin lets Charter answer there all the same.
    """

    channel: str | None = None
    name: str = ""
    is_private: bool = False
    is_direct: bool = False
    is_shared: bool = False
    gone: Gone | None = field(default=None, compare=False)
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class AccessShown:
    """Who may do what in a project; `mine` is what the one who looks is to it."""

    project: Project
    standings: tuple[Standing, ...]
    mine: Role
    people: dict[int, Person]


@dataclass(frozen=True, slots=True)
class GlassShown:
    """A private project that an admin may look into until a moment; `told` are named."""

    project: Project
    until: datetime
    reason: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings of the workspace, or (`name`) one; `changed` is what was changed just now.

    `held_since`: nothing is sent by the clock since then.
    """

    settings: WorkspaceSettings
    name: str | None = None
    changed: tuple[Line, ...] = ()
    can_change: bool = False
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the projects that somebody may see; `archived` counts those left out, `acting`
    tells by project who acts for whom there, `trends` what its runs say of its metrics.
    """

    projects: tuple[Project, ...]
    people: dict[int, Person]
    page: int
    pages: int
    archived: int
    today: date | None = None
    acting: Mapping[int, Mapping[int, Acting]] = field(default_factory=dict)
    now: datetime | None = None
    trends: Trends = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consulted:
    """What somebody was asked, about an item that is called so."""

    consultation: Consultation
    project: Project
    item_title: str


@dataclass(frozen=True, slots=True)
class Questioned:
    """A question that was put to people, about an item."""

    asked: tuple[Consultation, ...]
    project: Project
    item: Item
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class QuietShown:
    """Somebody's hours, and (`before`) what they were if they were just set. `opens`: when they may
    be written to next, None where that is now.
    """

    hours: Hours
    opens: datetime | None
    before: Hours | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that Charter sent, with what it tells and thereby why: as far as whoever asks may
    know. `is_routed` false: no letter sent it; its `key` says what did.
    """

    key: str
    at: datetime
    tells: tuple[Told, ...]
    is_routed: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """Messages and why they were sent, the latest first."""

    sent: tuple[Sent, ...]
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that `doctor` looked at; `mend` says what to do where it is not as it should be."""

    what: str
    is_well: bool = True
    mend: str = ""
