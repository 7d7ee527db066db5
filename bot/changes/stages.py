"""Where an item stands, and when it is due."""

from dataclasses import dataclass
from datetime import date

from bot.project import Status


@dataclass(frozen=True, slots=True)
class StageMoved:
    """An item's status, with the note of why (a blocker, a reason to skip)."""

    project: int
    item: int
    before: Status
    before_note: str | None
    after: Status
    note: str | None


@dataclass(frozen=True, slots=True)
class DueMoved:
    """An item's due date. The first one ever set is the baseline, which never changes."""

    project: int
    item: int
    before: date | None
    after: date | None


StageChange = StageMoved | DueMoved
