"""Every change of the record.

A change carries what was and what shall be, so that it can be shown (before → after), audited and
reversed. `bot.deciding` makes one from a snapshot, `bot.telling` words it, only the ledger writes
it.
"""

from bot.changes.links import LinkAdded, LinkChange, PullRequestLinked, RunLinked, Spot, TieChange
from bot.changes.names import AliasChanged, ChannelChanged, NameChange
from bot.changes.projects import ArchiveChanged, NewItem, ProjectChange, ProjectCreated
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
from bot.changes.scope import ScopeChanged
from bot.changes.stages import DueMoved, StageChange, StageMoved

__all__ = [
    "AliasChanged",
    "ArchiveChanged",
    "Change",
    "ChannelChanged",
    "DigestChange",
    "DigestEnded",
    "DigestSet",
    "DueMoved",
    "LinkAdded",
    "LinkChange",
    "NameChange",
    "NewItem",
    "ProjectChange",
    "ProjectCreated",
    "PullRequestLinked",
    "RolesChanged",
    "RoutineChange",
    "RunLinked",
    "ScopeChanged",
    "Seat",
    "Spot",
    "StageChange",
    "StageMoved",
    "StandupChange",
    "StandupEnded",
    "StandupSet",
    "TieChange",
]

Change = (
    RolesChanged
    | StageChange
    | ScopeChanged
    | NameChange
    | RoutineChange
    | LinkChange
    | ProjectChange
)
"""Every one; each noun's module says which are its own."""
