"""The other tables of an export that comes back: which of their cells somebody edited.

Status, dates and notes are taken; of every other cell that was edited it is said that it is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import NotFound
from bot.imports.base import Base, plain
from bot.imports.exported import Line, Table
from bot.imports.faults import Fault, Slip
from bot.sheets import Found

TAKEN: Mapping[str, Sequence[str]] = {
    "Stages": ("Status", "Forecast due", "Note"),
    "Milestones": ("Forecast", "Met on", "Why it moved last"),
    "Risks": (),
}
"""By table, the columns whose edits are taken."""
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
    kept = base.tables.get(table.name, {})
    seen: set[str] = set()
    for line in table.lines():
        project = line.id.partition("/")[0]
        if line.id in kept and line.id not in seen:
            seen.add(line.id)
            yield from _edited(table, line, kept[line.id])
        elif line.id and project not in base.projects:
            if project not in unseen:
                unseen.add(project)
                error = NotFound("project", plain(line.cells.get("Project")))
                yield Fault(table.sheet, table.cell(line.number, "Project"), error=error)
        elif not _is_plain(line) and line.id not in seen:
            yield Fault(table.sheet, table.cell(line.number, "Project"), Slip.NEW_LINE)


def missing(table: Table, base: Base) -> str:
    """That lines are gone of which nothing is taken away; empty where all are there."""
    there = {line.id for line in table.lines()}
    gone = sum(key not in there for key in base.tables.get(table.name, {}))
    if not gone:
        return ""
    return f"“{table.sheet}” lacks {gone} of its lines: nothing is taken away by that."


def _edited(table: Table, line: Line, was: Mapping[str, str]) -> Iterator[RowEdit | Fault]:
    edited = {
        head: line.cells.get(head)
        for head, before in was.items()
        if head in table.heads and plain(line.cells.get(head)) != before
    }
    taken = {head: edited.pop(head) for head in TAKEN[table.name] if head in edited}
    for head in edited:
        facts = {"head": head, "base": was[head] or "empty"}
        yield Fault(table.sheet, table.cell(line.number, head), Slip.NOT_TAKEN, facts)
    if taken:
        yield RowEdit(table, line.number, line.id, was, taken)


def _is_plain(line: Line) -> bool:
    """Whether it is no row of something: a remark below the table, or what was taken out."""
    filled = [value for value in line.cells.values() if value is not None]
    return len(filled) < 2 or line.cells.get("Status") == _REMOVED
