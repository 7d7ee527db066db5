"""What becomes of what cells say: what is done, and what two sides changed otherwise."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of what a cell says."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"
    OFFERED = "offered"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one letter of a cell (`what`: "A"), or of another thing that it says: who had
    it or what was `before` (of a letter in another's place, or of another letter in its own), and
    what is `after`.
    """

    sheet: str
    cell: str
    project: str
    item: str
    what: str
    before: str
    after: str
    fate: Fate

    @property
    def told(self) -> tuple[str, ...]:
        return (
            *(self.sheet, self.cell, self.project, self.item),
            *(self.what, self.before, self.after, self.fate.value),
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the file and Charter changed both, since the export, and otherwise: as it was then
    (`base`), as the file says (`theirs`), and as Charter has it (`ours`); empty is nothing.
    """

    sheet: str
    cell: str
    project: str
    item: str
    what: str
    base: str
    theirs: str
    ours: str

    @property
    def told(self) -> tuple[str, ...]:
        return (
            *(self.sheet, self.cell, self.project, self.item),
            *(self.what, self.base, self.theirs, self.ours),
        )
