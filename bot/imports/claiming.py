"""Which row of the export a line of a sheet is: by what it says, as somebody who sorts the visible
columns alone tears the hidden ids off.
"""

from collections.abc import Mapping

from bot.errors import NotFound
from bot.imports.base import Base, plain
from bot.imports.exported import Line, Table
from bot.imports.faults import Fault, Slip

Named = Mapping[str, Mapping[str, str]]
"""By the keys of an export's rows, by their heads: what tells a row from others."""


def claimed(table: Table, named: Named) -> list[tuple[Line, str]]:
    """Each line with the key of the row that it is; empty where it is none of them, or may be
    several. A copy of a line is the same row once more.
    """
    heads = _heads(table, named)
    by_told: dict[tuple[str, ...], list[str]] = {}
    for key, texts in named.items():
        by_told.setdefault(tuple(texts[head] for head in heads), []).append(key)
    lines = table.lines()
    said = [tuple(plain(line.cells.get(head)) for head in heads) for line in lines]
    alike = [by_told.get(told, []) if any(told) else [] for told in said]
    keys = [line.id if line.id in each else "" for line, each in zip(lines, alike, strict=True)]
    for at, each in enumerate(alike):
        free = [key for key in each if key not in keys] or each
        if not keys[at] and len(free) == 1:
            keys[at] = free[0]
    return list(zip(lines, keys, strict=True))


def unclaimed(table: Table, line: Line, base: Base, named: Named, unseen: set[str]) -> Fault | None:
    """What is wrong with a line that is no row of the export. `unseen` are projects that are not
    to be seen, of which it is said already.
    """
    project, told = line.id.partition("/")[0], plain(line.cells.get("Project"))
    if line.id and project not in base.projects and not _is_known(told, named):
        if project in unseen:
            return None
        unseen.add(project)
        where = table.cell(line.number, "Project")
        return Fault(table.sheet, where, error=NotFound("project", told))
    was = named.get(line.id, {})
    for head in _heads(table, named):
        if was and plain(line.cells.get(head)) != was[head]:
            facts = {"head": head, "base": was[head] or "empty"}
            return Fault(table.sheet, table.cell(line.number, head), Slip.NOT_TAKEN, facts)
    return Fault(table.sheet, table.cell(line.number, "Project"), Slip.NEW_LINE)


def _heads(table: Table, named: Named) -> tuple[str, ...]:
    """The heads that tell rows apart, as far as the file has them."""
    first = next(iter(named.values()), {})
    return tuple(head for head in first if head in table.heads)


def _is_known(project: str, named: Named) -> bool:
    return any(texts["Project"] == project for texts in named.values())
