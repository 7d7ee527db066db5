"""Orders that only look, or that no other surface gives; those that write stand in `bot.orders`."""

from dataclasses import dataclass

from bot.commands.digesting import DigestOrder
from bot.commands.exporting import ExportOrder
from bot.commands.looking import Looking, Welcome
from bot.commands.measuring import Measuring
from bot.commands.planned import Planned
from bot.commands.review_lists import ShowReviews
from bot.commands.role_lists import ListRoles, OpenRole, ShowRole
from bot.commands.work import (
    ShowCodeowners,
    ShowDrift,
    ShowFollowed,
    ShowGate,
    ShowHealth,
    ShowLadder,
    ShowLogins,
)
from bot.orders import (
    AddLink,
    AddRole,
    AdjustStandup,
    AllowTitles,
    AnswerDrift,
    ApproveScope,
    AskResponsible,
    AskToErase,
    Assign,
    BreakGlass,
    ChangeSetting,
    Clear,
    CloneRaci,
    Delegate,
    EndAway,
    EndDelegation,
    EndStandup,
    EndStartUp,
    EndWaiver,
    Follow,
    GiveJob,
    GiveVerdict,
    Grant,
    LinkNames,
    MergePeople,
    NewProject,
    OpenSharedChannel,
    RemoveMetric,
    RemoveRole,
    RenameRole,
    Resume,
    RetryMessages,
    SetAlias,
    SetAway,
    SetFilter,
    SetMetric,
    SetPrivacy,
    SetQuiet,
    SetRegion,
    SetReminders,
    SetScope,
    SettleOffer,
    SetZone,
    Split,
    SplitPeople,
    StartUp,
    Transfer,
    Unfollow,
    UnlinkNames,
    Waive,
    WorkOrder,
)


@dataclass(frozen=True, slots=True)
class Help:
    """`topic` is a command's name or a chapter's title; None asks for the overview."""

    topic: str | None = None


@dataclass(frozen=True, slots=True)
class OpenNew:
    """Open the form for a new project, `name` and `template` filled in if they were given."""

    name: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class ListProjects:
    page: int = 1


@dataclass(frozen=True, slots=True)
class Show:
    """A project at a glance; None for the channel's."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowMatrix:
    """All letters of a project."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowRow:
    """One item: its letters, where it stands, when it is due."""

    item: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowScope:
    """A project's scope, or (`name`) one field of it."""

    name: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class OpenScope:
    """Open the form for a project's scope."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ScopeHistory:
    """The versions of a project's scope: who saved each, when, and what it changed."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ScopeDiff:
    """What differs between two versions of a project's scope."""

    first: int
    last: int
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowMetrics:
    """The success metrics of a project."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowVerdict:
    """What a project saves and costs, and whether it was found worth doing."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Projects side by side, by what they save and cost and how they stand."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Ask:
    """A question in a person's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Bind:
    """Make `project` the default of this channel."""

    project: str


@dataclass(frozen=True, slots=True)
class Unbind:
    """Release this channel; `project` is needed where it has several."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """Put a project away (`archived`), or bring it back."""

    project: str | None = None
    archived: bool = True


@dataclass(frozen=True, slots=True)
class OpenStandup:
    """Open the form that sets a project's standup."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowStandup:
    """How a project's standup is set, who is in, and when they are asked next."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowPerson:
    """Who somebody is elsewhere; None for oneself."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class ExportPerson:
    """All that is kept of the one who asks."""


@dataclass(frozen=True, slots=True)
class ShowAccess:
    """Who may do what in a project, and why."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The settings of the workspace, or (`name`) one of them."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class ShowOutbox:
    """What waits on its way to Slack, and what was given up."""


@dataclass(frozen=True, slots=True)
class ShowGaps:
    """What is missing from `project`, from all (`whole`), or from the channel's, else from all."""

    project: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ShowIdle:
    """Who holds no letter at all."""


@dataclass(frozen=True, slots=True)
class ShowLoad:
    """Who bears too much, or (`person`) what one person bears."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class ShowLint:
    """What the linter finds in `project`, in all (`whole`), or in the channel's, else in all."""

    project: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Explain:
    """Why the last messages to somebody were sent, or the one that stands there in Slack."""

    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class ShowQuiet:
    """When Charter leaves the one who asks in peace."""


Order = (
    # Questions and help
    Help
    | Welcome
    | Ask
    # Projects
    | OpenNew
    | NewProject
    | ListProjects
    | Show
    | Bind
    | Unbind
    | Archive
    | SetAlias
    # Letters
    | ShowMatrix
    | ShowRow
    | Looking
    | Assign
    | Clear
    | SettleOffer
    | Delegate
    | EndDelegation
    # The team
    | ShowGaps
    | ShowIdle
    | ShowLoad
    | ListRoles
    | ShowRole
    | OpenRole
    | AddRole
    | RenameRole
    | RemoveRole
    | GiveJob
    | ShowLint
    | ShowDrift
    | AnswerDrift
    | Waive
    | EndWaiver
    | Transfer
    | CloneRaci
    | StartUp
    | EndStartUp
    | Split
    # Work
    | ShowGate
    | ShowHealth
    | Measuring
    | ShowReviews
    | ShowCodeowners
    | ShowLadder
    | WorkOrder
    # Scope
    | ShowScope
    | SetScope
    | OpenScope
    | ScopeHistory
    | ScopeDiff
    | ApproveScope
    | ShowMetrics
    | SetMetric
    | RemoveMetric
    | ShowVerdict
    | GiveVerdict
    | Portfolio
    # Decisions and plans
    | Planned
    # Standups and digests
    | OpenStandup
    | ShowStandup
    | AdjustStandup
    | EndStandup
    | DigestOrder
    # Links
    | AddLink
    | Follow
    | Unfollow
    | SetFilter
    | ShowFollowed
    # People
    | ShowPerson
    | ShowLogins
    | ExportPerson
    | AskToErase
    | LinkNames
    | UnlinkNames
    | MergePeople
    | SplitPeople
    # Who is there
    | SetAway
    | EndAway
    | SetRegion
    | SetReminders
    | SetZone
    # What the letters bring
    | Explain
    | ShowQuiet
    | SetQuiet
    | AskResponsible
    # Workbooks
    | ExportOrder
    # Who may do what
    | ShowAccess
    | Grant
    | SetPrivacy
    | AllowTitles
    | BreakGlass
    | ShowSettings
    | ChangeSetting
    | OpenSharedChannel
    | Resume
    | ShowOutbox
    | RetryMessages
)
