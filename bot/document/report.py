"""What a load did, counted."""

from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What became of one entry of a document."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Tally:
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Entries of a document by what became of them, for each part of it that had any."""

    workspace: int
    parts: dict[str, Tally] = field(default_factory=dict)

    @property
    def total(self) -> Tally:
        return sum(self.parts.values(), Tally())

    @property
    def created(self) -> int:
        return self.total.created

    @property
    def changed(self) -> int:
        return self.total.changed

    @property
    def unchanged(self) -> int:
        return self.total.unchanged
