"""The columns of a file's sheets, to be placed by somebody: how each is read, and whether what they
chose is enough.

A mapping that places only some of what is needed is refused: half of a sheet is not what anybody
wrote.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.imports.files import chosen_of
from bot.imports.layout import FIRST_ROWS, Column, Layout, Shape, layout_of, text_of
from bot.imports.placing import Placed, means_told
from bot.imports.words import Means, head_means, is_empty
from bot.sheets import Grid, Opened, address

_OF_TIDY = frozenset({Means.LETTER, Means.PERSON})
_ONCE = frozenset({Means.PROJECT, Means.COMPONENT, Means.SINCE, Means.UNTIL, Means.ID} | _OF_TIDY)
"""What one column of a sheet says at most."""
_OUTSIDE = {Shape.MATRIX: _OF_TIDY | {Means.SINCE, Means.UNTIL}}
"""By layout, what is not read in it, whatever a column is called."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet, and how it is read: `means` is empty where nobody knows. `number` is the
    sheet's in its file, `row` that of the head line.
    """

    sheet: str
    number: int
    row: int
    column: Column
    means: str

    @property
    def cell(self) -> str:
        """The cell of its head, with the sheet's number: "1!C4"."""
        return f"{self.number}!{address(self.row, self.column.number)}"


class Lack(StrEnum):
    """Why a sheet cannot be read as somebody placed its columns."""

    ITEM = "item"
    LETTERS = "letters"
    PERSON = "person"
    LETTER = "letter"
    TWICE = "twice"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is wrong with a mapping, and the `cell` of the head where that is said."""

    lack: Lack
    cell: str


def headings(opened: Opened, placed: Placed) -> list[Heading]:
    """All columns that may be placed, sheet by sheet. Of a workbook that Charter wrote they are
    those of its list.
    """
    laid = [
        (number, grid, layout_of(grid, placed, number))
        for number, grid in enumerate(opened.grids, start=1)
    ]
    chosen = chosen_of([(grid, layout) for _, grid, layout in laid if layout is not None])
    is_own = len(chosen) < sum(layout is not None for *_, layout in laid)
    names = {grid.name for grid, _ in chosen}
    found: list[Heading] = []
    for number, grid, layout in laid:
        if is_own and grid.name not in names:
            continue
        known = layout or _unread(grid, is_guessed=not chosen)
        found += _headings(number, known) if known else []
    return found


def _unread(grid: Grid, *, is_guessed: bool) -> Layout | None:
    """A sheet in which no letters were found: its first line with two texts or more is its head.
    What that means is guessed where no other sheet is read.
    """
    for row in sorted(at for at in grid.rows if at <= FIRST_ROWS):
        texts = {at: text_of(found) for at, found in enumerate(grid.rows[row], start=1)}
        filled = {at: text for at, text in texts.items() if not is_empty(text)}
        if len(set(filled.values())) >= 2:
            columns = [
                Column(at, text, (is_guessed and head_means(text)) or Means.NOTHING)
                for at, text in filled.items()
            ]
            return Layout(grid.name, Shape.LIST, row, tuple(columns))
    return None


def _headings(number: int, layout: Layout) -> Iterator[Heading]:
    unplaced = {one.number for one in layout.unplaced}
    outside = _OUTSIDE.get(layout.shape, frozenset())
    columns = sorted((*layout.columns, *layout.unplaced), key=lambda one: one.number)
    for one in columns:
        means = one.named or str(Means.NOTHING if one.means in outside else one.means)
        told = "" if one.number in unplaced else means
        yield Heading(layout.sheet, number, layout.head_row, one, told)


def lacking(chosen: Mapping[str, str]) -> Lacking | None:
    """What is wrong with a mapping: by the cells of the heads, what each column is to mean. A sheet
    of which nothing is to be read is none; but of some sheet something is.
    """
    sheets: dict[str, dict[str, Means]] = {}
    for cell, words in chosen.items():
        means = means_told(words) or Means.HOLDER
        sheets.setdefault(cell.partition("!")[0], {})[cell] = means
    read = [one for one in sheets.values() if set(one.values()) != {Means.NOTHING}]
    if not read:
        return Lacking(Lack.LETTERS, next(iter(chosen), ""))
    return next(filter(None, map(_lacking, read)), None)


def _lacking(sheet: Mapping[str, Means]) -> Lacking | None:
    cells: dict[Means, list[str]] = {}
    for cell, means in sheet.items():
        cells.setdefault(means, []).append(cell)
    for means, found in cells.items():
        if means in _ONCE and len(found) > 1:
            return Lacking(Lack.TWICE, found[1])
    kinds = [found for found in _kinds(cells) if found]
    first = next(iter(sheet))
    if not kinds:
        return Lacking(Lack.LETTERS, first)
    if len(kinds) > 1:
        return Lacking(Lack.MIXED, kinds[1][0])
    half = [means for means in _OF_TIDY if means in cells]
    if len(half) == 1:
        lack = Lack.PERSON if half == [Means.LETTER] else Lack.LETTER
        return Lacking(lack, cells[half[0]][0])
    if not any(means in cells for means in (Means.ITEM, Means.COMPONENT, Means.ID)):
        return Lacking(Lack.ITEM, first)
    return None


def _kinds(cells: Mapping[Means, Sequence[str]]) -> Iterator[list[str]]:
    """The columns by which a sheet is a matrix, a list or a tidy list."""
    yield [cell for means, found in cells.items() for cell in found if means is Means.HOLDER]
    yield [cell for means, found in cells.items() for cell in found if means.letter is not None]
    yield [cell for means, found in cells.items() for cell in found if means in _OF_TIDY]
