"""What somebody wants done, however they said it: a command, a button and a form make the same
order.

References are words as typed. `project` None means the project of the channel; `item` and `project`
take a key, a name or an alias. `seen` is the item's (or project's) version that the person looked
at, None where they acted on what stands now.
"""

from bot.orders.access import (
    BreakGlass,
    ChangeSetting,
    Grant,
    OpenSharedChannel,
    Resume,
    SetPrivacy,
)
from bot.orders.delegations import Delegate, EndDelegation
from bot.orders.links import AddLink, MoveLink
from bot.orders.notices import AnswerConsultation, SetQuiet
from bot.orders.people import (
    FillSeats,
    GiveBack,
    LinkNames,
    MergePeople,
    SplitPeople,
    UnlinkNames,
)
from bot.orders.projects import NewProject, SetAlias
from bot.orders.raci import Assign, Clear, SayOfOffer, SettleOffer
from bot.orders.routines import AnswerStandup, EndDigest, EndStandup, SetDigest, SetStandup
from bot.orders.scope import (
    ApproveScope,
    EditScope,
    GiveVerdict,
    RemoveMetric,
    SetMetric,
    SetScope,
)
from bot.orders.stages import Due, Move
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
    "AddLink",
    "AddRole",
    "AnswerConsultation",
    "AnswerStandup",
    "ApproveScope",
    "Assign",
    "BreakGlass",
    "ChangeSetting",
    "Clear",
    "CloneRaci",
    "Delegate",
    "Due",
    "EditRole",
    "EditScope",
    "EndDelegation",
    "EndDigest",
    "EndStandup",
    "EndStartUp",
    "EndWaiver",
    "FillSeats",
    "GiveBack",
    "GiveJob",
    "GiveVerdict",
    "Grant",
    "LinkNames",
    "MergePeople",
    "Move",
    "MoveLink",
    "NewProject",
    "OpenSharedChannel",
    "RemoveMetric",
    "RemoveRole",
    "RenameRole",
    "Resume",
    "SayOfOffer",
    "SetAlias",
    "SetDigest",
    "SetMetric",
    "SetPrivacy",
    "SetQuiet",
    "SetScope",
    "SetStandup",
    "SettleOffer",
    "Split",
    "SplitPeople",
    "StartUp",
    "Transfer",
    "UnlinkNames",
    "Waive",
]
