"""Milestones set, moved, met and removed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MilestoneSet:
    """A milestone that is new; `taken_back`: it was a mistake, and its name is free again."""

    project: int
    item: int | None
    key: str
    title: str
    due: date
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneMoved:
    """Another day for it. `taken_back`: the last move was a mistake, and is not counted."""

    project: int
    item: int | None
    key: str
    title: str
    before: date
    after: date
    reason: str
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneMet:
    """When it was met; None: it is not, after all."""

    project: int
    item: int | None
    key: str
    title: str
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class MilestoneRemoved:
    """It is planned no more, or (`removed` False) is again, with all that was told of it."""

    project: int
    item: int | None
    key: str
    title: str
    due: date
    removed: bool = True


MilestoneChange = MilestoneSet | MilestoneMoved | MilestoneMet | MilestoneRemoved
