"""Every change of the record.

A change carries what was and what shall be, so that it can be shown (before → after), audited and
reversed. `bot.deciding` makes one from a snapshot, `bot.telling` words it, only the ledger writes
it.
"""

from typing import Any, get_args

from bot.changes.access import (
    AccessChange,
    GlassBroken,
    GrantChanged,
    HoldChanged,
    PrivacyChanged,
    SettingChanged,
    SharedChannelOpened,
)
from bot.changes.catalogue import CatalogueChange, JobGiven, RoleDefined
from bot.changes.consultations import (
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationChange,
    ConsultationSilent,
)
from bot.changes.delegations import DelegationChange, DelegationEnded, DelegationSet
from bot.changes.hours import HoursSet
from bot.changes.links import LinkAdded, LinkChange, PullRequestLinked, RunLinked, Spot, TieChange
from bot.changes.names import AliasChanged, ChannelChanged, NameChange
from bot.changes.offers import HandOverOffered, HandOverSettled, OfferChange
from bot.changes.people import Followed, IdentityChanged, PeopleMerged, PersonChange
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
    "AccessChange",
    "AliasChanged",
    "ArchiveChanged",
    "CatalogueChange",
    "Change",
    "ChannelChanged",
    "ConsultationAnswered",
    "ConsultationAsked",
    "ConsultationChange",
    "ConsultationSilent",
    "DelegationChange",
    "DelegationEnded",
    "DelegationSet",
    "DigestChange",
    "DigestEnded",
    "DigestSet",
    "DueMoved",
    "Followed",
    "GlassBroken",
    "GrantChanged",
    "HandOverOffered",
    "HandOverSettled",
    "HoldChanged",
    "HoursSet",
    "IdentityChanged",
    "JobGiven",
    "LinkAdded",
    "LinkChange",
    "MetricChanged",
    "ModeChanged",
    "NameChange",
    "NewItem",
    "OfferChange",
    "PeopleMerged",
    "PersonChange",
    "PrivacyChanged",
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
    "SettingChanged",
    "SharedChannelOpened",
    "Spot",
    "StageChange",
    "StageMoved",
    "StandupChange",
    "StandupEnded",
    "StandupSet",
    "TieChange",
    "VerdictGiven",
    "WaiverChanged",
    "kinds",
]

Change = (
    RolesChanged
    | OfferChange
    | DelegationChange
    | StageChange
    | ScopeChange
    | NameChange
    | RoutineChange
    | LinkChange
    | ProjectChange
    | CatalogueChange
    | WaiverChanged
    | AccessChange
    | PersonChange
    | ConsultationChange
    | HoursSet
)
"""Every one; each noun's module says which are its own."""


def kinds(noun: Any) -> tuple[type[Change], ...]:
    """The kinds of change that a noun calls its own: one of them, or a union of several."""
    return get_args(noun) or (noun,)
