"""The matrix of an export that comes back: cells that somebody edited, as edits of the list.

What stood in a cell follows from the letters of the base; whose column it is says its head.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import NotFound
from bot.imports.base import Base, Place, Was, plain
from bot.imports.exported import Line, Table
from bot.imports.faults import Fault, Slip
from bot.imports.layout import is_total, text_of
from bot.imports.reading import Row, Said
from bot.imports.returned import Edited, Lost
from bot.imports.words import is_empty, letters_in
from bot.project import Letter
from bot.sheets import UNCOMPUTED, Grid, address

NAME, STAGES = "Matrix", "Stages"
_FIXED = ("Project", "Stage", "Gap", "Own", "ID")
_VACANT, _LEFT = "vacant", " (left)"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of somebody's letters. `was` are all letters of theirs that were exported, by their
    place; empty for somebody who had none, whom the head names.
    """

    number: int
    head: str
    role: str
    was: Mapping[Place, Sequence[Was]]

    @property
    def known(self) -> Was | None:
        return next((one for found in self.was.values() for one in found), None)


def cells(table: Table, base: Base, unseen: set[str]) -> Iterator[Edited | Lost | Fault]:
    """What somebody edited in a matrix. `unseen` are projects that are not to be seen, of which it
    is said already.
    """
    columns = _columns(table, base)
    for line in table.lines():
        place = _place(line)
        found = [text_of(table.grid.at(line.number, one.number)) for one in columns]
        if place is None:
            raw = [table.grid.at(line.number, one.number) for one in columns]
            if any(map(letters_in, found)) and not is_total(raw):
                yield Fault(table.sheet, address(line.number, 1), Slip.NEW_LINE)
        elif line.id not in base.tables.get(STAGES, {}):
            if place[0] not in unseen:
                unseen.add(place[0])
                error = NotFound("project", plain(line.cells.get("Project")))
                yield Fault(table.sheet, table.cell(line.number, "Project"), error=error)
        elif plain(line.cells.get("Own")) == "0":
            yield from _inherited(table, line, place, columns, base)
        else:
            for column in columns:
                yield from _cell(table, line, place, column)


def _place(line: Line) -> Place | None:
    project, slash, item = line.id.partition("/")
    return (project, item) if slash and item and "/" not in item else None


def _columns(table: Table, base: Base) -> list[_Column]:
    """The columns that are somebody's, as far as a head stands over them."""
    by_head: dict[str, dict[Place, list[Was]]] = {}
    for was in base.letters.values():
        by_head.setdefault(_head(was), {}).setdefault(was.place, []).append(was)
    for head in list(by_head):  # whoever is from outside stands in the matrix without a company
        plainly, company, _ = head.partition(" (")
        if company:
            by_head.setdefault(plainly, by_head[head])
    found = []
    fixed = {table.heads.get(head) for head in _FIXED}
    for number in range(1, table.grid.width + 1):
        head = text_of(table.grid.at(table.head_row, number))
        if number in fixed or not head:
            continue
        role = _role(table.grid, table.head_row, number)
        own = f"{role}/{head}" if head == _VACANT else head.removesuffix(_LEFT)
        found.append(_Column(number, head, role, by_head.get(own, {})))
    return found


def _head(was: Was) -> str:
    """What the column of a letter's holder is called; vacant seats of a role share one."""
    return f"{' '.join(was.seat.role.split())}/{_VACANT}" if was.seat.role else was.person


def _role(grid: Grid, head_row: int, number: int) -> str:
    """The job role over a column; it is merged over several."""
    for at in range(number, 0, -1):
        if text := text_of(grid.at(head_row - 1, at)):
            return text
    return ""


def _letters(table: Table, line: Line, column: _Column) -> frozenset[Letter] | Fault:
    raw = table.grid.at(line.number, column.number)
    where = address(line.number, column.number)
    if raw is UNCOMPUTED:
        return Fault(table.sheet, where, Slip.UNCOMPUTED)
    text = text_of(raw)
    found = () if is_empty(text) else letters_in(text)
    if found is None:
        return Fault(table.sheet, where, Slip.BAD_LETTER, {"text": text})
    return frozenset(found)


def _cell(
    table: Table, line: Line, place: Place, column: _Column
) -> Iterator[Edited | Lost | Fault]:
    """What was edited in one cell: of two letters of which one goes, the other takes its place."""
    found = _letters(table, line, column)
    if isinstance(found, Fault):
        yield found
        return
    was = column.was.get(place, ())
    gone = [one for one in was if one.letter not in found]
    new = [one for one in Letter if one in found and one not in {each.letter for each in was}]
    where = address(line.number, column.number)
    if new:
        row = Row(
            table.sheet,
            line.number,
            plain(line.cells.get("Project")),
            "",
            plain(line.cells.get("Stage")),
            "",
            where,
            table.cell(line.number, "Project"),
            place=place,
        )
        head = address(table.head_row, column.number)
        named = column.known if column.head != _VACANT else None
        said = Said(row, where, tuple(new), column.head, head, column.role)
        yield Edited(said, next(iter(gone), None), where, named)
    for one in gone[1:] if new else gone:
        yield Lost(table.sheet, where, one)


def _inherited(
    table: Table, line: Line, place: Place, columns: Sequence[_Column], base: Base
) -> Iterator[Fault]:
    """A component that takes the letters of its stage: they are edited there."""
    stages = base.tables.get(STAGES, {})
    own = stages[line.id]
    stage = next(
        (
            (place[0], key.partition("/")[2])
            for key, row in stages.items()
            if key.startswith(f"{place[0]}/")
            and (row["Stage"], row["Component"]) == (own["Stage"], "")
        ),
        place,
    )
    for column in columns:
        found = _letters(table, line, column)
        expected = {one.letter for one in column.was.get(stage, ())}
        if isinstance(found, Fault):
            yield found
        elif found != expected:
            facts = {"item": own["Component"], "stage": own["Stage"]}
            where = address(line.number, column.number)
            yield Fault(table.sheet, where, Slip.INHERITS, facts)
