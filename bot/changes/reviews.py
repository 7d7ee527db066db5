"""Projects said to be still true, and how often that is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectConfirmed:
    """All that is written of a project is still true; `taken_back`: nobody meant to say so."""

    project: int
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class ReviewSet:
    """After how many days that is asked: 0 never, None as in the whole workspace."""

    project: int
    before: int | None
    after: int | None


ReviewChange = ProjectConfirmed | ReviewSet
