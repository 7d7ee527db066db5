"""All that a file says: which of its sheets are read, how, and what else is to be known of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.imports.exported import (
    Table,
    code_in,
    letters_in,
    named_in,
    tables_in,
    torn,
    unread,
)
from bot.imports.faults import Fault, Slip
from bot.imports.layout import Layout, Shape, layout_of
from bot.imports.placing import Placed
from bot.imports.reading import Reading, Said, Told, read
from bot.imports.words import Means
from bot.sheets import Grid, Opened, address, letters_of


@dataclass(frozen=True, slots=True)
class SaidBy:
    """What a file says, in order; how its sheets are laid out, and what to tell of how it was read.

    `refused`: a column is not placed, or no sheet has letters; then nothing of it counts. Of a
    workbook that Charter wrote `code` is the export's id, and `tables` are its own, the letters
    first; `torn` are sheets of it of which nothing can be read, `named` are people by their keys.
    """

    told: tuple[Told, ...]
    layouts: tuple[Layout, ...]
    notes: tuple[str, ...]
    refused: bool = False
    code: str = ""
    tables: tuple[Table, ...] = ()
    torn: tuple[Fault, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)


def said_by(opened: Opened, placed: Placed | None, how: Reading) -> SaidBy:
    """Read a file. `placed` is what somebody said of its columns."""
    sheets = enumerate(opened.grids, start=1)
    found = [(grid, layout_of(grid, placed, number)) for number, grid in sheets]
    known = [(grid, layout) for grid, layout in found if layout is not None]
    chosen = chosen_of(known)
    code = code_in(opened) if chosen and _is_list(chosen[0][1]) else ""
    notes = list(opened.notes)
    if not code and code_in(opened) and (fault := torn(opened)) is not None:
        return SaidBy((fault,), (), tuple(notes), refused=True)
    notes += _hidden(chosen) if code else _sheet_notes(found, chosen)
    if not chosen:
        grid = opened.grids[0]
        first = min(grid.rows, default=1)
        fault = Fault(grid.name, address(first, 1), Slip.NO_LAYOUT)
        return SaidBy((fault,), (), tuple(notes), refused=True)
    layouts = tuple(layout for _, layout in chosen)
    if unplaced := list(_unplaced(layouts)):
        return SaidBy(tuple(unplaced), layouts, tuple(notes), refused=True)
    told = tuple(
        _of_project(one, layout) for grid, layout in chosen for one in read(grid, layout, how)
    )
    if not code:
        return SaidBy(told, layouts, tuple(notes))
    besides = tables_in(opened)
    tables = (*(letters_in(*one) for one in chosen), *besides.values())
    faults = tuple(unread(opened, besides.keys()))
    notes += _not_read(opened, {one.sheet for one in tables} | {one.sheet for one in faults})
    return SaidBy(
        told, layouts, tuple(notes), False, code, tables, torn=faults, named=named_in(opened)
    )


def _of_project(told: Told, layout: Layout) -> Told:
    """What a line says of the project that stands above its table, where it names none itself."""
    if isinstance(told, Said) and not told.row.project and layout.project:
        return replace(told, row=replace(told.row, project=layout.project))
    return told


def chosen_of(known: Sequence[tuple[Grid, Layout]]) -> list[tuple[Grid, Layout]]:
    """Of a workbook that Charter wrote the list counts: its matrix says the same, to be read."""
    lists = [(grid, layout) for grid, layout in known if _is_list(layout)]
    return lists or list(known)


def _is_list(layout: Layout) -> bool:
    """Whether it is a list of letters as Charter writes it."""
    return layout.shape is Shape.TIDY and layout.that(Means.ID) is not None


def _sheet_notes(
    found: Sequence[tuple[Grid, Layout | None]], chosen: Sequence[tuple[Grid, Layout]]
) -> Iterator[str]:
    names = [grid.name for grid, _ in chosen]
    left = [grid.name for grid, _ in found if grid.name not in names and grid.rows]
    if left and chosen:
        told = ", ".join(f"“{name}”" for name in left[:10])
        yield f"Not read, as no letters are taken from there: {told}."
    yield from _hidden(chosen)
    for grid, layout in chosen:
        columns = [one.letter for one in layout.columns if one.number in grid.hidden_columns]
        if columns:
            yield f"“{grid.name}” has hidden columns, which were read too: {', '.join(columns)}."
        if grid.is_hidden:
            yield f"“{grid.name}” is a hidden sheet, and was read too."


def _not_read(opened: Opened, known: Collection[str]) -> Iterator[str]:
    """The sheets of an export from which nothing is taken."""
    left = [grid.name for grid in opened.grids if grid.rows and grid.name not in known]
    if left:
        told = ", ".join(f"“{name}”" for name in left[:10])
        more = f" and {len(left) - 10} more" if len(left) > 10 else ""
        yield f"Not read: {told}{more}. What these tell is changed in Slack."


def _hidden(chosen: Sequence[tuple[Grid, Layout]]) -> Iterator[str]:
    """Rows that nobody may have looked at."""
    for grid, layout in chosen:
        hidden = sorted(row for row in grid.hidden_rows if row > layout.head_row)
        if hidden:
            yield f"“{grid.name}” has hidden rows, which were read too: {_some(hidden)}."


def _some(rows: Sequence[int]) -> str:
    told = ", ".join(str(row) for row in rows[:8])
    return f"{told} and {len(rows) - 8} more" if len(rows) > 8 else told


def _unplaced(layouts: Sequence[Layout]) -> Iterator[Fault]:
    for layout in layouts:
        for column in layout.unplaced:
            facts = {"head": column.head, "column": letters_of(column.number)}
            where = address(layout.head_row, column.number)
            yield Fault(layout.sheet, where, Slip.UNPLACED, facts)
