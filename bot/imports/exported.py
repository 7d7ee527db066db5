"""What a workbook that Charter wrote carries besides its letters: its export's id, and its tables
with the hidden ids of their rows, whatever the sheets are called by now and wherever columns went.
"""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass

from bot.exports.code import CODE
from bot.imports.faults import Fault, Slip
from bot.imports.layout import FIRST_ROWS, Layout, text_of
from bot.imports.words import Means
from bot.sheets import Found, Grid, Opened, address

ID = "ID"
LETTERS, STAGES = "RACI", "Stages"
_SIGNS: Mapping[str, frozenset[str]] = {
    "Stages": frozenset({"Stage", "Status", "Forecast due"}),
    "Milestones": frozenset({"Milestone", "Baseline", "Forecast"}),
    "Risks": frozenset({"Number", "Kind", "Text"}),
    "Matrix": frozenset({"Stage", "Gap", "Own"}),
}
"""Heads by which a table is known, its ID besides. That of the letters is known by its layout."""
_LOAD = frozenset({"Person", "Job role", "Only R", ID})
_NAMES: Mapping[str, str] = {"Risks": "Risks & decisions"}
"""What the sheet of a table is called, where that is not the table's own name."""
_NEEDED = (ID, "Letter", "Person")
"""Without which the letters cannot be told."""
_LIST = frozenset({"Project", "Stage", "Component", "Since", "Until", *_NEEDED})
_MEANT: Mapping[str, Means] = {
    "Project": Means.PROJECT,
    "Stage": Means.ITEM,
    "Component": Means.COMPONENT,
    "Letter": Means.LETTER,
    "Person": Means.PERSON,
    "Since": Means.SINCE,
    "Until": Means.UNTIL,
    ID: Means.ID,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: what stands under which head."""

    number: int
    cells: Mapping[str, Found]
    id: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export. `heads` are the columns' numbers by their heads; of two columns of one
    head the first counts.
    """

    name: str
    grid: Grid
    head_row: int
    heads: Mapping[str, int]

    @property
    def sheet(self) -> str:
        return self.grid.name

    def cell(self, row: int, head: str) -> str:
        """Where something stands."""
        return address(row, self.heads.get(head, 1))

    def lines(self) -> tuple[Line, ...]:
        """The rows in which something stands."""
        return tuple(
            Line(
                number,
                {head: row[at - 1] if at <= len(row) else None for head, at in self.heads.items()},
                text_of(row[self.heads[ID] - 1]) if self.heads[ID] <= len(row) else "",
            )
            for number, row in sorted(self.grid.rows.items())
            if number > self.head_row
        )


def code_in(opened: Opened) -> str:
    """The id of the export that a file was; empty where it has none, or several.

    Some programs drop what a file says of itself; then the cell counts that is such an id.
    """
    told = {found for text in opened.properties for found in CODE.findall(text)}
    if not told:
        told = {
            value
            for grid in opened.grids
            for row in grid.rows.values()
            for value in row
            if isinstance(value, str) and CODE.fullmatch(value)
        }
    return told.pop() if len(told) == 1 else ""


def letters_in(grid: Grid, layout: Layout) -> Table:
    """The table of the letters, by what its columns mean."""
    placed = {head: layout.that(means) for head, means in _MEANT.items()}
    heads = {head: column.number for head, column in placed.items() if column is not None}
    row = grid.rows[layout.head_row]
    besides = {
        text_of(head): at for at, head in enumerate(row, start=1) if at not in heads.values()
    }
    return Table(LETTERS, grid, layout.head_row, besides | heads)


def tables_in(opened: Opened) -> Mapping[str, Table]:
    """The tables of an export but its letters, by name; of two of one kind the first counts."""
    found: dict[str, Table] = {}
    for grid in opened.grids:
        table = _table(grid)
        if table is not None:
            found.setdefault(table.name, table)
    return found


def _table(grid: Grid) -> Table | None:
    for number in sorted(at for at in grid.rows if at <= FIRST_ROWS):
        heads: dict[str, int] = {}
        for at, found in enumerate(grid.rows[number], start=1):
            heads.setdefault(text_of(found), at)
        if ID not in heads:
            continue
        for name, signs in _SIGNS.items():
            if signs <= heads.keys():
                return Table(name, grid, number, heads)
    return None


def named_in(opened: Opened) -> Mapping[str, str]:
    """Whom its sheet of the load names, by their keys."""
    for grid in opened.grids:
        for number, heads in _first_heads(grid):
            if heads >= _LOAD:
                placed = {text_of(head): at for at, head in enumerate(grid.rows[number], start=1)}
                return {
                    text_of(grid.at(row, placed[ID])): text_of(grid.at(row, placed["Person"]))
                    for row in grid.rows
                    if row > number
                }
    return {}


def torn(opened: Opened) -> Fault | None:
    """The head without which the list of letters cannot be read; None where there is none, or no
    such list.
    """
    for grid in opened.grids:
        for number, heads in _first_heads(grid):
            lacking = [head for head in _NEEDED if head not in heads]
            if grid.name == LETTERS and lacking and len(_LIST & heads) > 2:
                return _gone(grid, number, lacking[0])
    return None


def unread(opened: Opened, tables: Collection[str]) -> Iterator[Fault]:
    """The sheets that are like one of the export's but for a head, where its table was not found
    among `tables`.
    """
    for grid in opened.grids:
        for name, signs in _SIGNS.items():
            found = None if name in tables else _lacking(grid, name, {*signs, ID})
            if found is not None:
                yield found
                break


def _lacking(grid: Grid, name: str, wanted: Set[str]) -> Fault | None:
    for number, heads in _first_heads(grid):
        lacking = sorted(wanted - heads)
        is_named = grid.name == _NAMES.get(name, name) and len(lacking) < len(wanted) - 1
        if lacking and (is_named or lacking == [ID]):
            return _gone(grid, number, lacking[0])
    return None


def _first_heads(grid: Grid) -> Iterator[tuple[int, Set[str]]]:
    for number in sorted(at for at in grid.rows if at <= FIRST_ROWS):
        yield number, set(map(text_of, grid.rows[number]))


def _gone(grid: Grid, number: int, head: str) -> Fault:
    facts = {"head": head, "sheet": f"“{grid.name}”"}
    return Fault(grid.name, address(number, 1), Slip.HEAD_GONE, facts)
