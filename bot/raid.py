"""Risks, assumptions, issues and dependencies (RAID): what may go wrong, what is taken for granted,
what has gone wrong, and what waits for others. Each keeps all that was ever said of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class RaidKind(StrEnum):
    """What an entry is."""

    RISK = "risk"
    ASSUMPTION = "assumption"
    ISSUE = "issue"
    DEPENDENCY = "dependency"

    @property
    def plural(self) -> str:
        return "dependencies" if self is RaidKind.DEPENDENCY else f"{self.value}s"

    @property
    def one(self) -> str:
        """ "a risk", "an issue"."""
        return f"{'an' if self.value[0] in 'ai' else 'a'} {self.value}"

    @property
    def prefix(self) -> str:
        """What stands before its number; D is for decisions."""
        return "DEP" if self is RaidKind.DEPENDENCY else self.value[0].upper()


class Level(StrEnum):
    """How likely a risk is, or how much it would change."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Level).index(self) + 1


@dataclass(frozen=True, slots=True)
class Said:
    """What holds of an entry. `item` and `owner` are ids; `due` is when to look at it again."""

    text: str
    item: int | None = None
    owner: int | None = None
    likelihood: Level | None = None
    impact: Level | None = None
    mitigation: str = ""
    due: date | None = None
    closed: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """What was said of an entry from `at` on; `by` None is the operator."""

    said: Said
    by: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RaidEntry:
    """One entry, numbered by its kind within its project; the last of its `revisions` holds."""

    kind: RaidKind
    number: int
    revisions: tuple[Revision, ...]

    @property
    def said(self) -> Said:
        return self.revisions[-1].said

    @property
    def raised(self) -> Revision:
        return self.revisions[0]

    @property
    def settled(self) -> Revision:
        """Since when, and by whom, it is open or closed as it is."""
        found = self.revisions[-1]
        for one in reversed(self.revisions):
            if one.said.closed is not found.said.closed:
                break
            found = one
        return found

    @property
    def label(self) -> str:
        return label(self.kind, self.number)

    @property
    def is_open(self) -> bool:
        return not self.said.closed

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1 to 9; 0 where either is not said."""
        said = self.said
        if said.likelihood is None or said.impact is None:
            return 0
        return said.likelihood.rank * said.impact.rank

    @property
    def is_grave(self) -> bool:
        """Whether it is as likely and as heavy as can be."""
        return self.is_open and is_grave(self.said)

    def is_past(self, today: date) -> bool:
        """Whether the day has gone by on which it was to be looked at; a day lasts to its end."""
        return self.is_open and self.said.due is not None and self.said.due < today


def label(kind: RaidKind, number: int) -> str:
    return f"{kind.prefix}-{number}"


def is_grave(said: Said) -> bool:
    return said.likelihood is Level.HIGH and said.impact is Level.HIGH


def rating(said: Said) -> str:
    """ "high × medium"; empty where nothing is said."""
    if said.likelihood is None and said.impact is None:
        return ""
    return " × ".join(each.value if each else "?" for each in (said.likelihood, said.impact))


def ordered(entries: Iterable[RaidEntry]) -> list[RaidEntry]:
    """Open ones first, of these the heaviest, then whatever is due first."""
    return sorted(
        entries,
        key=lambda one: (
            one.said.closed,
            -one.weight,
            one.said.due is None,
            one.said.due or date.max,
            list(RaidKind).index(one.kind),
            one.number,
        ),
    )


def found(entries: Iterable[RaidEntry], kind: RaidKind, number: int) -> RaidEntry | None:
    return next((one for one in entries if (one.kind, one.number) == (kind, number)), None)
