"""The other tables of an export that comes back: which of their cells somebody edited.

Status, dates and notes are taken; of every other cell that was edited it is said that it is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.imports.base import Base, plain
from bot.imports.claiming import Named, claimed, unclaimed
from bot.imports.erased import is_as_it_was
from bot.imports.exported import Line, Table
from bot.imports.faults import Fault, Slip
from bot.imports.unkept import STATE, unkept
from bot.sheets import Found

TAKEN: Mapping[str, Sequence[str]] = {
    "Stages": ("Status", "Forecast due", "Note"),
    "Milestones": ("Forecast", "Met on", "Why it moved last"),
    "Risks": (),
}
"""By table, the columns whose edits are taken."""
_NAMES: Mapping[str, Sequence[str]] = {
    "Stages": ("Project", "Stage", "Component"),
    "Milestones": ("Project", "Milestone"),
    "Risks": ("Project", "Number"),
}
"""By table, the columns that tell its rows apart."""
_REMOVED = "– removed"


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row in which cells were edited that are taken: as they were exported, and as they are now.
    `key` is the row's ID.
    """

    table: Table
    number: int
    key: str
    was: Mapping[str, str]
    now: Mapping[str, Found]

    def cell(self, head: str) -> str:
        return self.table.cell(self.number, head)


def rows(table: Table, base: Base, unseen: set[str]) -> Iterator[RowEdit | Fault]:
    """What somebody edited in a table. `unseen` are projects that are not to be seen, of which it
    is said already.
    """
    named = _named(table, base)
    found: dict[str, list[Line]] = {}
    for line, key in claimed(table, named):
        if key:
            found.setdefault(key, []).append(line)
        elif not _is_plain(line):
            fault = unclaimed(table, line, base, named, unseen)
            yield from [fault] if fault is not None else []
    for key, (first, *copies) in found.items():
        was = base.tables[table.name][key]
        other = next((one for one in copies if _texts(one, was) != _texts(first, was)), None)
        if other is None:
            yield from _edited(table, first, key, base)
        else:
            head = next(
                head for head in was if _texts(other, was)[head] != _texts(first, was)[head]
            )
            facts = {"where": table.cell(first.number, head)}
            yield Fault(table.sheet, table.cell(other.number, head), Slip.SAID_TWICE, facts)


def missing(table: Table, base: Base) -> str:
    """That lines are gone of which nothing is taken away; empty where all are there."""
    named = _named(table, base)
    lines = claimed(table, named)
    there = {key for _, key in lines} | {line.id for line, key in lines if not key}
    gone = sum(key not in there for key in named)
    if not gone:
        return ""
    return f"“{table.sheet}” lacks {gone} of its lines: nothing is taken away by that."


def lacking(table: Table) -> str:
    """That columns are gone, or called otherwise; empty where all are there."""
    heads = [f"“{head}”" for head in TAKEN[table.name] if head not in table.heads]
    if not heads:
        return ""
    return f"“{table.sheet}” has no column {', '.join(heads)}: nothing is taken of that."


def _named(table: Table, base: Base) -> Named:
    heads = _NAMES[table.name]
    kept = base.tables.get(table.name, {})
    return {key: {head: row[head] for head in heads} for key, row in kept.items()}


def _texts(line: Line, was: Mapping[str, str]) -> dict[str, str]:
    return {head: plain(line.cells.get(head)) for head in was}


def _edited(table: Table, line: Line, key: str, base: Base) -> Iterator[RowEdit | Fault]:
    """What is taken of a row; nothing where a cell of it was edited that is not."""
    was = base.tables[table.name][key]
    edited = {
        head: line.cells.get(head)
        for head, before in was.items()
        if head in table.heads
        and head != STATE
        and not is_as_it_was(plain(line.cells.get(head)), before)
    }
    taken = {head: edited.pop(head) for head in TAKEN[table.name] if head in edited}
    faults = [
        Fault(
            table.sheet,
            table.cell(line.number, head),
            Slip.NOT_TAKEN,
            {"head": head, "base": was[head] or "empty"},
        )
        for head in edited
    ]
    faults += unkept(table, line, key, base)
    yield from faults
    if taken and not faults:
        yield RowEdit(table, line.number, key, was, taken)


def _is_plain(line: Line) -> bool:
    """Whether it is no row of something: a remark below the table, or what was taken out."""
    filled = [value for value in line.cells.values() if value is not None]
    return len(filled) < 2 or line.cells.get("Status") == _REMOVED
