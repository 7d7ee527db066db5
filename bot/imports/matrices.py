"""The matrix of an export that comes back: cells that somebody edited, as edits of the list.

What stood in a cell follows from the letters of the base; whose column it is says its head.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.imports.base import Base, Place, Was, plain
from bot.imports.claiming import Named, claimed, unclaimed
from bot.imports.exported import STAGES, Line, Table
from bot.imports.faults import Fault, Slip
from bot.imports.layout import is_total, text_of
from bot.imports.reading import Row, Said
from bot.imports.returned import Edited, Lost
from bot.imports.words import is_empty, letters_in
from bot.project import Letter
from bot.sheets import UNCOMPUTED, Grid, address

NAME = "Matrix"
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
    columns, headless = _columns(table, base)
    named = _named(base)
    own = {line.id: plain(line.cells.get("Own")) for line in table.lines()}
    found: dict[str, list[Line]] = {}
    for line, key in claimed(table, named):
        if key:
            found.setdefault(key, []).append(line)
        elif _has_letters(table, line, [one.number for one in columns]):
            fault = unclaimed(table, line, base, named, unseen)
            yield from [fault] if fault is not None else []
    lines = [line for alike in found.values() for line in alike]
    for at in headless:
        if any(_has_letters(table, line, [at]) for line in lines):
            yield Fault(table.sheet, address(table.head_row, at), Slip.NO_HEAD)
    for key, (first, *copies) in found.items():
        faults = [one for line in copies for one in _differing(table, line, first, columns)]
        if faults or _has_letters(table, first, headless):
            yield from faults
            continue
        is_own = (own.get(key) or plain(first.cells.get("Own"))) != "0"
        edits = list(_line(table, first, key, columns, base, is_own=is_own))
        yield from [one for one in edits if isinstance(one, Fault)] or edits


def _has_letters(table: Table, line: Line, columns: Sequence[int]) -> bool:
    raw = [table.grid.at(line.number, at) for at in columns]
    return any(letters_in(text_of(one)) for one in raw) and not is_total(raw)


def _named(base: Base) -> Named:
    """How rows are called here: components behind a dash, below their stages."""
    return {
        key: {
            "Project": row["Project"],
            "Stage": f"– {row['Component']}" if row["Component"] else row["Stage"],
        }
        for key, row in base.tables.get(STAGES, {}).items()
    }


def _differing(
    table: Table, line: Line, first: Line, columns: Sequence[_Column]
) -> Iterator[Fault]:
    """The cells of a copied row that say otherwise than the row itself."""
    for column in columns:
        one, other = (text_of(table.grid.at(row.number, column.number)) for row in (first, line))
        if one != other:
            facts = {"where": address(first.number, column.number)}
            where = address(line.number, column.number)
            yield Fault(table.sheet, where, Slip.SAID_TWICE, facts)


def _line(
    table: Table, line: Line, key: str, columns: Sequence[_Column], base: Base, *, is_own: bool
) -> Iterator[Edited | Lost | Fault]:
    project, _, item = key.partition("/")
    if is_own:
        for column in columns:
            yield from _cell(table, line, (project, item), column)
    else:
        yield from _inherited(table, line, key, columns, base)


def _columns(table: Table, base: Base) -> tuple[list[_Column], list[int]]:
    """The columns that are somebody's, and the numbers of those over which no head stands."""
    by_head: dict[str, dict[Place, list[Was]]] = {}
    for was in base.letters.values():
        by_head.setdefault(_head(was), {}).setdefault(was.place, []).append(was)
    for head in list(by_head):  # whoever is from outside stands in the matrix without a company
        plainly, company, _ = head.partition(" (")
        if company:
            by_head.setdefault(plainly, by_head[head])
    found: list[_Column] = []
    headless: list[int] = []
    fixed = {table.heads.get(head) for head in _FIXED}
    for number in range(1, table.grid.width + 1):
        head = text_of(table.grid.at(table.head_row, number))
        if number in fixed:
            continue
        if not head:
            headless.append(number)
            continue
        role = _role(table.grid, table.head_row, number)
        own = f"{role}/{head}" if head == _VACANT else head.removesuffix(_LEFT)
        found.append(_Column(number, head, role, by_head.get(own, {})))
    return found, headless


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
    table: Table, line: Line, key: str, columns: Sequence[_Column], base: Base
) -> Iterator[Fault]:
    """A component that takes the letters of its stage: they are edited there."""
    own, stage = base.tables[STAGES][key], base.stage_of(key)
    for column in columns:
        found = _letters(table, line, column)
        expected = {one.letter for one in column.was.get(stage, ())}
        if isinstance(found, Fault):
            yield found
        elif found != expected:
            facts = {"item": own["Component"], "stage": own["Stage"]}
            where = address(line.number, column.number)
            yield Fault(table.sheet, where, Slip.INHERITS, facts)
