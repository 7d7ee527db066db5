"""Who acts for whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Delegate:
    """Let `holder` act for `person` (None: for oneself) from the first to the last day, both
    included; in `project`, or (None) in all.
    """

    holder: str
    first: date
    last: date
    person: str | None = None
    project: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EndDelegation:
    """Call off that somebody acts for `person` (None: for oneself); `holder` is needed where
    several do.
    """

    holder: str | None = None
    person: str | None = None
    project: str | None = None
