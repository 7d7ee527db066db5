"""A sheet as somebody filled it in: what stands in which cell, what is merged, what is hidden."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.sheets.model import Value


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula whose value the file does not hold."""


UNCOMPUTED: Final = Uncomputed()
Found = Value | Uncomputed


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells; what stands in them stands in the first. Counted from 1, the ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `rows` are those in which something stands, by number from 1; of a column's number
    from 1, the value is one before it. What is merged stands in each of its cells.

    `is_hidden`: the sheet is; `hidden_rows` and `hidden_columns` are those in which something
    stands.
    """

    name: str
    rows: Mapping[int, tuple[Found, ...]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False

    def at(self, row: int, column: int) -> Found:
        found = self.rows.get(row, ())
        return found[column - 1] if column <= len(found) else None

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows.values()), default=0)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read. `notes` say what else is to be known of how, `properties` what the
    file says of itself, apart from its sheets.
    """

    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = field(default=())
    properties: tuple[str, ...] = field(default=())


def letters_of(column: int) -> str:
    """A column's name: A, B … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """A cell's name, such as B7."""
    return f"{letters_of(column)}{row}"


def spread(
    rows: Mapping[int, tuple[Found, ...]], merged: tuple[Area, ...], most: int
) -> dict[int, tuple[Found, ...]]:
    """Rows in which what is merged stands in each of its cells, as far as something stands in their
    rows; in `most` cells at most, beyond which it stands in its first alone.
    """
    made = dict(rows)
    numbers = sorted(rows)
    for area in merged:
        value = _at(rows, area.top, area.left)
        if value is None:
            continue
        width = area.right - area.left + 1
        within = numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]
        most -= width * len(within)
        if most < 0:
            break
        for row in within:
            cells = list(made[row])
            cells += [None] * (area.right - len(cells))
            cells[area.left - 1 : area.right] = [value] * width
            made[row] = tuple(cells)
    return made


def _at(rows: Mapping[int, tuple[Found, ...]], row: int, column: int) -> Found:
    found = rows.get(row, ())
    return found[column - 1] if column <= len(found) else None
