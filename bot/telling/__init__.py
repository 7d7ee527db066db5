"""Changes in plain words: before → after, one line for each thing that changes."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import moments
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
from bot.people import Person
from bot.telling import (
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
from bot.telling.holders import holder_name, holder_ref, person_ref
from bot.telling.line import Line

__all__ = ["Line", "holder_name", "holder_ref", "lines", "person_ref", "summary"]

Words = Callable[[Any, Mapping[int, Person]], tuple[Line, ...]]


def _alone(words: Callable[[Any], tuple[Line, ...]]) -> Words:
    """What names nobody."""
    return lambda change, _people: words(change)


_WORDS: Mapping[type[Change], Words] = {
    kind: words
    for noun, words in (
        (RolesChanged, roles.lines),
        (StageChange, stages.lines),
        (GateChange, _alone(gates.lines)),
        (HealthChange, _alone(health.lines)),
        (LadderChange, _alone(ladder.lines)),
        (RungsChanged, _alone(rungs.lines)),
        (ScopeChange, scope.lines),
        (DecisionChange, _alone(decisions.lines)),
        (ReviewChange, _alone(reviews.lines)),
        (MilestoneChange, _alone(milestones.lines)),
        (RaidChange, raid.lines),
        (NameChange, _alone(names.lines)),
        (RoutineChange, routines.lines),
        (LinkChange, _alone(links.lines)),
        (ProjectChange, _alone(projects.lines)),
        (CatalogueChange, catalogue.lines),
        (WaiverChanged, _alone(waivers.lines)),
        (AccessChange, access.lines),
        (OfferChange, offers.lines),
        (DelegationChange, delegations.lines),
        (PersonChange, people.lines),
        (ConsultationChange, consultations.lines),
        (HoursSet, _alone(hours.lines)),
        (PresenceChange, presence.lines),
    )
    for kind in kinds(noun)
}


def lines(change: Change, everyone: Mapping[int, Person]) -> tuple[Line, ...]:
    """What a change does, a line for each thing that changes."""
    return _WORDS[type(change)](change, everyone)


def summary(change: Change, everyone: Mapping[int, Person], zone: str = "UTC") -> str:
    """One plain line for the record: `accountable: Bea Lind → Cy Moss`. Its days are those of a
    zone: where whoever made the change is, for the line stays as it is.
    """
    nothing = "nobody" if isinstance(change, RolesChanged) else "–"
    told = "; ".join(
        f"{line.label}: {line.before or nothing} → {line.after or nothing}"
        for line in lines(change, everyone)
    )
    return moments.told(told, zone)
