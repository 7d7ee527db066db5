"""Projects to be confirmed, and how often that is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Confirm:
    """All that is written of a project is still true."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class SetReview:
    """Ask that after so many days: 0 never, None as in the whole workspace."""

    days: int | None
    project: str | None = None
