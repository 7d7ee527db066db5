"""Changes in plain words: before → after, one line for each thing that changes."""

from collections.abc import Mapping

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
from bot.people import Person
from bot.telling import (
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
from bot.telling.holders import holder_name, holder_ref, person_ref
from bot.telling.line import Line

__all__ = ["Line", "holder_name", "holder_ref", "lines", "person_ref", "summary"]


Lines = tuple[Line, ...]


def lines(change: Change, people: Mapping[int, Person]) -> Lines:
    """What a change does, a line for each thing that changes."""
    match change:
        case RolesChanged() | HandOverOffered() | HandOverSettled():
            return _of_letters(change, people)
        case StageMoved() | DueMoved():
            return stages.lines(change)
        case ScopeChanged() | MetricChanged() | ScopeRevised() | ScopeApproved() | VerdictGiven():
            return scope.lines(change, people)
        case AliasChanged() | ChannelChanged():
            return names.lines(change)
        case StandupSet() | StandupEnded() | DigestSet() | DigestEnded():
            return routines.lines(change, people)
        case PullRequestLinked() | RunLinked() | LinkAdded():
            return links.lines(change)
        case ProjectCreated() | ArchiveChanged() | ModeChanged():
            return projects.lines(change)
        case RoleDefined() | JobGiven():
            return catalogue.lines(change, people)
        case WaiverChanged():
            return waivers.lines(change)


def _of_letters(change: RolesChanged | OfferChange, people: Mapping[int, Person]) -> Lines:
    if isinstance(change, RolesChanged):
        return roles.lines(change, people)
    return offers.lines(change, people)


def summary(change: Change, people: Mapping[int, Person]) -> str:
    """One plain line for the record: `accountable: Bea Lind → Cy Moss`."""
    nothing = "nobody" if isinstance(change, RolesChanged) else "–"
    return "; ".join(
        f"{line.label}: {line.before or nothing} → {line.after or nothing}"
        for line in lines(change, people)
    )
