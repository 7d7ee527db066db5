"""How each change becomes rows. Called by the ledger alone."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.changes import (
    AccessChange,
    CatalogueChange,
    Change,
    ConsultationChange,
    DecisionChange,
    DelegationChange,
    GateChange,
    HealthChange,
    HoursSet,
    LadderChange,
    LinkChange,
    MilestoneChange,
    NameChange,
    OfferChange,
    PersonChange,
    PresenceChange,
    ProjectChange,
    RaidChange,
    ReviewChange,
    RolesChanged,
    RoutineChange,
    RungsChanged,
    ScopeChange,
    StageChange,
    WaiverChanged,
    kinds,
)
from storage.writing import (
    access,
    catalogue,
    consultations,
    decisions,
    delegations,
    gates,
    health,
    hours,
    ladder,
    links,
    milestones,
    names,
    offers,
    people,
    presence,
    projects,
    raid,
    reviews,
    roles,
    routines,
    rungs,
    scope,
    stages,
    waivers,
)
from storage.writing.names import channel_key
from storage.writing.pen import Pen
from storage.writing.roles import holder_columns

__all__ = ["Pen", "channel_key", "holder_columns", "write"]

About = tuple[int | None, int | None]
"""The project and the item that a change is about, if it is about one."""
Writes = Callable[[Pen, Any], About]


def _of_item(writes: Callable[[Pen, Any], None]) -> Writes:
    """What is about an item that it names."""

    def written(pen: Pen, change: Any) -> About:
        writes(pen, change)
        return change.project, change.item

    return written


def _of_project(writes: Callable[[Pen, Any], None]) -> Writes:
    """What is about the whole of the project that it names."""

    def written(pen: Pen, change: Any) -> About:
        writes(pen, change)
        return change.project, None

    return written


def _of_none(writes: Callable[[Pen, Any], None]) -> Writes:
    """What is about no project."""

    def written(pen: Pen, change: Any) -> About:
        writes(pen, change)
        return None, None

    return written


_WRITES: Mapping[type[Change], Writes] = {
    kind: writes
    for noun, writes in (
        (RolesChanged, _of_item(roles.write)),
        (StageChange, _of_item(stages.write)),
        (GateChange, _of_item(gates.write)),
        (HealthChange, _of_project(health.write)),
        (RungsChanged, _of_none(rungs.write)),
        (LadderChange, lambda pen, change: (change.project, ladder.write(pen, change))),
        (ScopeChange, _of_project(scope.write)),
        (DecisionChange, _of_item(decisions.write)),
        (ReviewChange, _of_project(reviews.write)),
        (MilestoneChange, _of_item(milestones.write)),
        (RaidChange, _of_item(raid.write)),
        (NameChange, lambda pen, change: (change.project, names.write(pen, change))),
        (RoutineChange, lambda pen, change: (routines.write(pen, change), None)),
        (LinkChange, lambda pen, change: (change.project, links.write(pen, change))),
        (ProjectChange, lambda pen, change: (projects.write(pen, change), None)),
        (CatalogueChange, _of_none(catalogue.write)),
        (WaiverChanged, _of_item(waivers.write)),
        (PersonChange, _of_none(people.write)),
        (OfferChange, _of_item(offers.write)),
        (DelegationChange, _of_none(delegations.write)),
        (AccessChange, lambda pen, change: (access.write(pen, change), None)),
        (ConsultationChange, _of_item(consultations.write)),
        (HoursSet, _of_none(hours.write)),
        (PresenceChange, _of_none(presence.write)),
    )
    for kind in kinds(noun)
}


def write(pen: Pen, change: Change) -> About:
    """Write a change's rows; gives the project and the item it is about."""
    return _WRITES[type(change)](pen, change)
