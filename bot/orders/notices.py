"""What somebody says of what Charter writes to them."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """When Charter leaves somebody in peace: working days (Monday is 0) and quiet hours; what is
    None stays as it is. `is_off`: never.
    """

    days: frozenset[int] | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class AskResponsible:
    """Ask whoever is responsible for an item something, in one's own words."""

    item: str
    text: str
    project: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerConsultation:
    """What somebody says to what they were asked (`consultation`: its number)."""

    consultation: int
    text: str
