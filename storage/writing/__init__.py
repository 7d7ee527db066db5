"""How each change becomes rows. Called by the ledger alone."""

from typing import assert_never

from bot.changes import (
    AliasChanged,
    ArchiveChanged,
    Change,
    ChannelChanged,
    DigestEnded,
    DigestSet,
    DueMoved,
    HandOverOffered,
    HandOverSettled,
    JobGiven,
    LinkAdded,
    MetricChanged,
    ModeChanged,
    OfferChange,
    ProjectCreated,
    PullRequestLinked,
    RoleDefined,
    RolesChanged,
    RunLinked,
    ScopeApproved,
    ScopeChanged,
    ScopeRevised,
    StageMoved,
    StandupEnded,
    StandupSet,
    VerdictGiven,
    WaiverChanged,
)
from storage.writing import (
    catalogue,
    links,
    names,
    offers,
    projects,
    roles,
    routines,
    scope,
    stages,
    waivers,
)
from storage.writing.names import channel_key
from storage.writing.pen import Pen
from storage.writing.roles import holder_columns

__all__ = ["Pen", "channel_key", "holder_columns", "write"]


def write(pen: Pen, change: Change) -> tuple[int | None, int | None]:
    """Write a change's rows; gives the project and the item it is about, if it is about one."""
    match change:
        case RolesChanged() | HandOverOffered() | HandOverSettled():
            _letters(pen, change)
            return change.project, change.item
        case StageMoved() | DueMoved():
            stages.write(pen, change)
            return change.project, change.item
        case ScopeChanged() | MetricChanged() | ScopeRevised() | ScopeApproved() | VerdictGiven():
            scope.write(pen, change)
            return change.project, None
        case AliasChanged() | ChannelChanged():
            return change.project, names.write(pen, change)
        case StandupSet() | StandupEnded() | DigestSet() | DigestEnded():
            return routines.write(pen, change), None
        case PullRequestLinked() | RunLinked() | LinkAdded():
            return change.project, links.write(pen, change)
        case ProjectCreated() | ArchiveChanged() | ModeChanged():
            return projects.write(pen, change), None
        case RoleDefined() | JobGiven():
            catalogue.write(pen, change)
            return None, None
        case WaiverChanged():
            waivers.write(pen, change)
            return change.project, change.item
        case _:
            assert_never(change)


def _letters(pen: Pen, change: RolesChanged | OfferChange) -> None:
    if isinstance(change, RolesChanged):
        roles.write(pen, change)
    else:
        offers.write(pen, change)
