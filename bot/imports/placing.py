"""What somebody said of a sheet's columns: by their heads, their letters, or the cells of their
heads.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.imports.words import Means
from bot.sheets import letters_of
from bot.spelling import folded

Placed = Mapping[str, str]
"""By head line ("The boss"), letter ("column C") or cell ("1!C4": in the first sheet), a meaning or
the name of a holder.
"""
_CELL = re.compile(r"(?P<sheet>\d{1,3})!(?P<letters>[A-Z]{1,3})(?P<row>\d{1,7})", re.IGNORECASE)
_NOT_READ = frozenset({"", "-", "nothing", "ignore", "not read"})


def means_told(words: str) -> Means | None:
    """What somebody says a column means; None where they name a holder."""
    plain = words.strip().casefold()
    if plain in _NOT_READ:
        return Means.NOTHING
    return next((one for one in Means if one.value.casefold() == plain), None)


@dataclass(frozen=True, slots=True)
class Placing:
    """What was said of one sheet. Where a cell was named, the head line is that cell's: `head_row`,
    and `by_letter` its columns.
    """

    by_head: Placed = field(default_factory=dict)
    by_letter: Placed = field(default_factory=dict)
    head_row: int | None = None

    def of(self, head: str, column: int) -> str | None:
        """What was said of a column: the most exact counts."""
        letter = letters_of(column)
        if (told := self.by_letter.get(letter)) is not None:
            return told
        return self.by_head.get(folded(head)) or self.by_head.get(folded(f"column {letter}"))

    def is_holder(self, letter: str) -> bool:
        """Whether a column was said to be somebody's, by its cell."""
        told = self.by_letter.get(letter)
        return told is not None and means_told(told) in (None, Means.HOLDER)


def placing_of(placed: Placed, sheet: int) -> Placing:
    """What of it is said of a sheet, by its number in the file."""
    by_head: dict[str, str] = {}
    by_row: dict[int, dict[str, str]] = {}
    for name, means in placed.items():
        found = _CELL.fullmatch(name)
        if found is None:
            by_head[folded(name)] = means
        elif int(found["sheet"]) == sheet:
            by_row.setdefault(int(found["row"]), {})[found["letters"].upper()] = means
    row = min(by_row, default=None)
    return Placing(by_head, by_row[row] if row is not None else {}, row)
