"""Who people are: their names elsewhere, and two accounts that are one person's."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IdentityChanged:
    """What somebody is called at a service (`kind`), before and after."""

    person: int
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """Rows that went from one person to another: those of a table's column, by number."""

    table: str
    column: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """One person (`old`) turned out to be another (`into`), or (`undone`) was not, after all.

    `moved` are the rows that follow, and come back. `doubled` are letters that both held, of which
    one ends at `at`.
    """

    old: int
    into: int
    moved: tuple[Followed, ...]
    doubled: tuple[int, ...]
    at: datetime
    undone: bool = False


PersonChange = IdentityChanged | PeopleMerged
