"""Milestones to be set, moved, met and removed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SetMilestone:
    name: str
    due: date
    item: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class MoveMilestone:
    """Another day, and why; the first one stays what it is held against."""

    name: str
    due: date
    reason: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class MeetMilestone:
    """`day` None is today."""

    name: str
    day: date | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveMilestone:
    """Plan it no more, or (`removed` False) again."""

    name: str
    removed: bool = True
    project: str | None = None
