"""An export that comes back, as a whole: its letters, and what else can be edited in it."""

from dataclasses import replace

from bot.imports import besides, matrices
from bot.imports.base import Base
from bot.imports.besides import RowEdit
from bot.imports.dates import Order
from bot.imports.erased import forgotten
from bot.imports.exported import LETTERS
from bot.imports.faults import Fault
from bot.imports.files import SaidBy
from bot.imports.gathering import Ground
from bot.imports.merging import merged
from bot.imports.plan import Plan
from bot.imports.returned import Edited, Lost, returned
from bot.imports.standing import stood
from bot.imports.wanted import World


def come_back(said: SaidBy, base: Base, world: World, ground: Ground, order: Order | None) -> Plan:
    """The plan of a file whose export is known."""
    tables, notes = forgotten(said, base, world)
    back = returned(said.told, tables, base)
    cells: list[Edited | Lost] = []
    edits: list[RowEdit] = []
    faults: list[Fault] = [*said.torn]
    lists = [table for table in tables if table.name == LETTERS]
    told_of = {line.id.partition("/")[0] for table in lists for line in table.lines()}
    unseen = {key for key in told_of if key not in base.projects}
    for table in tables:
        if table.name == matrices.NAME:
            for one in matrices.cells(table, base, unseen):
                faults.append(one) if isinstance(one, Fault) else cells.append(one)
        elif table.name in besides.TAKEN:
            notes += filter(None, [besides.missing(table, base), besides.lacking(table)])
            for row in besides.rows(table, base, unseen):
                faults.append(row) if isinstance(row, Fault) else edits.append(row)
    plan = merged(replace(back, cells=tuple(cells)), base, world, ground)
    rest = stood(edits, world, ground, order)
    told = {fault.told: fault for fault in (*plan.faults, *faults, *rest.faults)}
    return replace(
        plan,
        planned=(*plan.planned, *rest.planned),
        outcomes=(*rest.outcomes, *plan.outcomes),
        faults=tuple(told.values()),
        conflicts=(*plan.conflicts, *rest.conflicts),
        settled=(*plan.settled, *rest.settled),
        notes=(*plan.notes, *notes),
    )
