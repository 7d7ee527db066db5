"""What somebody wants done, however they said it: a command, a button and a form make the same
order.

References are words as typed. `project` None means the project of the channel; `item` and `project`
take a key, a name or an alias. `seen` is the item's (or project's) version that the person looked
at, None where they acted on what stands now.
"""

from bot.orders.access import (
    AllowTitles,
    BreakGlass,
    ChangeSetting,
    Grant,
    OpenSharedChannel,
    Resume,
    RetryMessages,
    SetPrivacy,
)
from bot.orders.decisions import KeepDecision, WithdrawDecision
from bot.orders.delegations import Delegate, EndDelegation
from bot.orders.drift import AnswerDrift
from bot.orders.feedback import SayExpected, SettleQuestion
from bot.orders.gates import AddCriterion, AskGate, RemoveCriterion, TickCriterion
from bot.orders.health import FinishProject, SetHealth
from bot.orders.ladder import (
    AddItem,
    AddRung,
    OrderItems,
    RemoveItem,
    RemoveRung,
    RenameItem,
    RenameRung,
)
from bot.orders.links import AddLink, Follow, MoveLink, SetFilter, Unfollow
from bot.orders.milestones import (
    MeetMilestone,
    MoveMilestone,
    RemoveMilestone,
    SetMilestone,
)
from bot.orders.notices import AnswerConsultation, AskResponsible, SetQuiet
from bot.orders.people import (
    AskToErase,
    ErasePerson,
    FillSeats,
    GiveBack,
    LinkNames,
    MergePeople,
    SetNames,
    SplitPeople,
    UnlinkNames,
)
from bot.orders.presence import EndAway, SetAway, SetRegion, SetReminders, SetZone
from bot.orders.projects import NewProject, SetAlias
from bot.orders.raci import Assign, Clear, SayOfOffer, SettleOffer
from bot.orders.raid import CloseRaid, EditRaid, RaiseRaid
from bot.orders.reviews import Confirm, SetReview
from bot.orders.routines import (
    AdjustStandup,
    AnswerStandup,
    AnswerStandups,
    EndBrief,
    EndDigest,
    EndExport,
    EndOwnDigest,
    EndStandup,
    Judgement,
    PassStandups,
    SetBrief,
    SetDigest,
    SetExport,
    SetOwnDigest,
    SetStandup,
)
from bot.orders.scope import (
    ApproveScope,
    EditScope,
    GiveVerdict,
    RemoveMetric,
    SetMetric,
    SetScope,
)
from bot.orders.stages import Block, Due, Move, Unblock
from bot.orders.team import (
    AddRole,
    CloneRaci,
    EditRole,
    EndStartUp,
    EndWaiver,
    GiveJob,
    RemoveRole,
    RenameRole,
    Split,
    StartUp,
    Transfer,
    Waive,
)

__all__ = [
    "AddCriterion",
    "AddItem",
    "AddLink",
    "AddRole",
    "AddRung",
    "AdjustStandup",
    "AllowTitles",
    "AnswerConsultation",
    "AnswerDrift",
    "AnswerStandup",
    "AnswerStandups",
    "ApproveScope",
    "AskGate",
    "AskResponsible",
    "AskToErase",
    "Assign",
    "Block",
    "BreakGlass",
    "ChangeSetting",
    "Clear",
    "CloneRaci",
    "CloseRaid",
    "Confirm",
    "Delegate",
    "Due",
    "EditRaid",
    "EditRole",
    "EditScope",
    "EndAway",
    "EndBrief",
    "EndDelegation",
    "EndDigest",
    "EndExport",
    "EndOwnDigest",
    "EndStandup",
    "EndStartUp",
    "EndWaiver",
    "ErasePerson",
    "FillSeats",
    "FinishProject",
    "Follow",
    "GiveBack",
    "GiveJob",
    "GiveVerdict",
    "Grant",
    "Judgement",
    "KeepDecision",
    "LinkNames",
    "MeetMilestone",
    "MergePeople",
    "Move",
    "MoveLink",
    "MoveMilestone",
    "NewProject",
    "OpenSharedChannel",
    "OrderItems",
    "PassStandups",
    "RaiseRaid",
    "RemoveCriterion",
    "RemoveItem",
    "RemoveMetric",
    "RemoveMilestone",
    "RemoveRole",
    "RemoveRung",
    "RenameItem",
    "RenameRole",
    "RenameRung",
    "Resume",
    "RetryMessages",
    "SayExpected",
    "SayOfOffer",
    "SetAlias",
    "SetAway",
    "SetBrief",
    "SetDigest",
    "SetExport",
    "SetFilter",
    "SetHealth",
    "SetMetric",
    "SetMilestone",
    "SetNames",
    "SetOwnDigest",
    "SetPrivacy",
    "SetQuiet",
    "SetRegion",
    "SetReminders",
    "SetReview",
    "SetScope",
    "SetStandup",
    "SetZone",
    "SettleOffer",
    "SettleQuestion",
    "Split",
    "SplitPeople",
    "StartUp",
    "TickCriterion",
    "Transfer",
    "Unblock",
    "Unfollow",
    "UnlinkNames",
    "Waive",
    "WithdrawDecision",
    "WorkOrder",
]

WorkOrder = (
    Move
    | Block
    | Unblock
    | Due
    | AddItem
    | RenameItem
    | RemoveItem
    | OrderItems
    | AddRung
    | RenameRung
    | RemoveRung
    | AddCriterion
    | RemoveCriterion
    | TickCriterion
    | AskGate
    | SetHealth
    | FinishProject
)
"""What somebody wants done about how work goes."""
