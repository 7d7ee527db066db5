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
    MessagesRetried,
    PrivacyChanged,
    SettingChanged,
    SharedChannelOpened,
    TitlesAllowed,
)
from bot.changes.catalogue import CatalogueChange, JobGiven, RoleDefined
from bot.changes.consultations import (
    Asking,
    ConsultationAnswered,
    ConsultationAsked,
    ConsultationChange,
    ConsultationSilent,
    ConsultationWithdrawn,
)
from bot.changes.decisions import DecisionChange, DecisionKept, DecisionWithdrawn
from bot.changes.delegations import DelegationChange, DelegationEnded, DelegationSet
from bot.changes.gates import CriterionChanged, GateAsked, GateChange, TickChanged
from bot.changes.health import HealthChange, HealthSet, ProjectFinished
from bot.changes.hours import HoursSet
from bot.changes.ladder import ItemAdded, ItemRemoved, ItemRenamed, ItemsOrdered, LadderChange
from bot.changes.links import (
    DocumentPlanned,
    FilterSet,
    LinkAdded,
    LinkChange,
    PullRequestLinked,
    RunLinked,
    Spot,
    StreamFollowed,
    TieChange,
    Upkeep,
)
from bot.changes.milestones import (
    MilestoneChange,
    MilestoneMet,
    MilestoneMoved,
    MilestoneRemoved,
    MilestoneSet,
)
from bot.changes.names import AliasChanged, ChannelChanged, NameChange
from bot.changes.offers import HandOverOffered, HandOverSettled, OfferChange
from bot.changes.people import Followed, IdentityChanged, PeopleMerged, PersonChange
from bot.changes.presence import (
    AbsenceEnded,
    AbsenceSet,
    PresenceChange,
    RegionSet,
    RemindersSet,
    ZoneSet,
)
from bot.changes.projects import (
    ArchiveChanged,
    ModeChanged,
    NewItem,
    ProjectChange,
    ProjectCreated,
)
from bot.changes.raid import RaidChange, RaidChanged, RaidRaised
from bot.changes.reviews import ProjectConfirmed, ReviewChange, ReviewSet
from bot.changes.roles import RolesChanged, Seat
from bot.changes.routines import (
    BriefChange,
    BriefEnded,
    BriefSet,
    DigestChange,
    DigestEnded,
    DigestSet,
    ExportChange,
    ExportEnded,
    ExportSet,
    OwnBriefEnded,
    OwnBriefSet,
    OwnDigestChange,
    OwnDigestEnded,
    OwnDigestSet,
    OwnExportEnded,
    OwnExportSet,
    RoutineChange,
    StandupChange,
    StandupEnded,
    StandupSet,
)
from bot.changes.rungs import Rung, RungsChanged
from bot.changes.scope import (
    MetricChanged,
    ScopeApproved,
    ScopeChange,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    VerdictGiven,
)
from bot.changes.stages import BlockerHanded, DueMoved, Hurdles, NewBlocker, StageChange, StageMoved
from bot.changes.waivers import WaiverChanged

__all__ = [
    "AbsenceEnded",
    "AbsenceSet",
    "AccessChange",
    "AliasChanged",
    "ArchiveChanged",
    "Asking",
    "BlockerHanded",
    "BriefChange",
    "BriefEnded",
    "BriefSet",
    "CatalogueChange",
    "Change",
    "ChannelChanged",
    "ConsultationAnswered",
    "ConsultationAsked",
    "ConsultationChange",
    "ConsultationSilent",
    "ConsultationWithdrawn",
    "CriterionChanged",
    "DecisionChange",
    "DecisionKept",
    "DecisionWithdrawn",
    "DelegationChange",
    "DelegationEnded",
    "DelegationSet",
    "DigestChange",
    "DigestEnded",
    "DigestSet",
    "DocumentPlanned",
    "DueMoved",
    "ExportChange",
    "ExportEnded",
    "ExportSet",
    "FilterSet",
    "Followed",
    "GateAsked",
    "GateChange",
    "GlassBroken",
    "GrantChanged",
    "HandOverOffered",
    "HandOverSettled",
    "HealthChange",
    "HealthSet",
    "HoldChanged",
    "HoursSet",
    "Hurdles",
    "IdentityChanged",
    "ItemAdded",
    "ItemRemoved",
    "ItemRenamed",
    "ItemsOrdered",
    "JobGiven",
    "LadderChange",
    "LinkAdded",
    "LinkChange",
    "MessagesRetried",
    "MetricChanged",
    "MilestoneChange",
    "MilestoneMet",
    "MilestoneMoved",
    "MilestoneRemoved",
    "MilestoneSet",
    "ModeChanged",
    "NameChange",
    "NewBlocker",
    "NewItem",
    "OfferChange",
    "OwnBriefEnded",
    "OwnBriefSet",
    "OwnDigestChange",
    "OwnDigestEnded",
    "OwnDigestSet",
    "OwnExportEnded",
    "OwnExportSet",
    "PeopleMerged",
    "PersonChange",
    "PresenceChange",
    "PrivacyChanged",
    "ProjectChange",
    "ProjectConfirmed",
    "ProjectCreated",
    "ProjectFinished",
    "PullRequestLinked",
    "RaidChange",
    "RaidChanged",
    "RaidRaised",
    "RegionSet",
    "RemindersSet",
    "ReviewChange",
    "ReviewSet",
    "RoleDefined",
    "RolesChanged",
    "RoutineChange",
    "RunLinked",
    "Rung",
    "RungsChanged",
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
    "StreamFollowed",
    "TickChanged",
    "TieChange",
    "TitlesAllowed",
    "Upkeep",
    "VerdictGiven",
    "WaiverChanged",
    "WorkChange",
    "ZoneSet",
    "kinds",
]

WorkChange = StageChange | GateChange | HealthChange | LadderChange
"""How the work of a project goes: its stages, their gates, its health."""

Change = (
    RolesChanged
    | OfferChange
    | DelegationChange
    | StageChange
    | WorkChange
    | RungsChanged
    | ScopeChange
    | DecisionChange
    | ReviewChange
    | MilestoneChange
    | RaidChange
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
    | PresenceChange
)
"""Every one; each noun's module says which are its own."""


def kinds(noun: Any) -> tuple[type[Change], ...]:
    """The kinds of change that a noun calls its own: one of them, or a union of several."""
    return get_args(noun) or (noun,)
