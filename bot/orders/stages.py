"""Where an item stands, and when it is due."""

from dataclasses import dataclass
from datetime import date

from bot.project import Status


@dataclass(frozen=True, slots=True)
class Move:
    item: str
    status: Status
    note: str | None = None
    project: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    item: str
    due: date | None
    project: str | None = None
    seen: int | None = None
