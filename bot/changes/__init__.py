"""Every change of the record.

A change carries what was and what shall be, so that it can be shown (before → after), audited and
reversed. `bot.deciding` makes one from a snapshot, `bot.telling` words it, only the ledger writes
it.
"""

from bot.changes.catalogue import CatalogueChange, JobGiven, RoleDefined
from bot.changes.links import LinkAdded, LinkChange, PullRequestLinked, RunLinked, Spot, TieChange
from bot.changes.names import AliasChanged, ChannelChanged, NameChange
from bot.changes.offers import HandOverOffered, HandOverSettled, OfferChange
from bot.changes.projects import (
    ArchiveChanged,
    ModeChanged,
    NewItem,
    ProjectChange,
    ProjectCreated,
)
from bot.changes.roles import RolesChanged, Seat
from bot.changes.routines import (
    DigestChange,
    DigestEnded,
    DigestSet,
    RoutineChange,
    StandupChange,
    StandupEnded,
    StandupSet,
)
from bot.changes.scope import (
    MetricChanged,
    ScopeApproved,
    ScopeChange,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    VerdictGiven,
)
from bot.changes.stages import DueMoved, StageChange, StageMoved
from bot.changes.waivers import WaiverChanged

__all__ = [
    "AliasChanged",
    "ArchiveChanged",
    "CatalogueChange",
    "Change",
    "ChannelChanged",
    "DigestChange",
    "DigestEnded",
    "DigestSet",
    "DueMoved",
    "HandOverOffered",
    "HandOverSettled",
    "JobGiven",
    "LinkAdded",
    "LinkChange",
    "MetricChanged",
    "ModeChanged",
    "NameChange",
    "NewItem",
    "OfferChange",
    "ProjectChange",
    "ProjectCreated",
    "PullRequestLinked",
    "RoleDefined",
    "RolesChanged",
    "RoutineChange",
    "RunLinked",
    "ScopeApproved",
    "ScopeChange",
    "ScopeChanged",
    "ScopePart",
    "ScopeRevised",
    "Seat",
    "Spot",
    "StageChange",
    "StageMoved",
    "StandupChange",
    "StandupEnded",
    "StandupSet",
    "TieChange",
    "VerdictGiven",
    "WaiverChanged",
]

Change = (
    RolesChanged
    | OfferChange
    | StageChange
    | ScopeChange
    | NameChange
    | RoutineChange
    | LinkChange
    | ProjectChange
    | CatalogueChange
    | WaiverChanged
)
"""Every one; each noun's module says which are its own."""
