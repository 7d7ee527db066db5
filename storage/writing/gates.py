"""The rows of what gates ask for, and of who says that it is so."""

from typing import Any

from sqlalchemy import bindparam, func, select, update

from bot.changes import CriterionChanged, GateChange, TickChanged
from bot.gates import Knows
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import CriterionRow, TickRow, columns, table_of
from storage.writing.pen import Pen

_TICK = columns(TickRow)
_LAST = (
    select(func.max(_TICK.id))
    .where(_TICK.item_id == bindparam("of_item_id"), _TICK.criterion == bindparam("of_criterion"))
    .scalar_subquery()
)
_AGAIN = update(table_of(TickRow)).where(_TICK.id == _LAST).values(until=None)
"""The last tick of a criterion holds again: who made it, when and of what work stays as it was."""


def write(pen: Pen, change: GateChange) -> None:
    """A gate that is only asked for leaves a line of the record, and no row."""
    match change:
        case CriterionChanged():
            _criterion(pen, change)
        case TickChanged():
            _tick(pen, change)
        case _:
            pass


def _criterion(pen: Pen, change: CriterionChanged) -> None:
    """One of the usual has a row while it is off, any other one while it is asked for."""
    knows = Knows.OFF if change.is_usual else Knows.TICK
    row = {"item_id": change.item, "key": change.key}
    if change.added is change.is_usual:
        _end(pen, CriterionRow, row)
        return
    said = {**row, "project_id": change.project, "kind": knows.value, "text": change.text}
    plainly(pen.session).execute(adding(CriterionRow), said | {"since": pen.now} | pen.recorded())


def _tick(pen: Pen, change: TickChanged) -> None:
    row = {"item_id": change.item, "criterion": change.key}
    if not change.ticked:
        _end(pen, TickRow, row)
        return
    if change.taken_back:
        plainly(pen.session).execute(_AGAIN, {f"of_{name}": value for name, value in row.items()})
        return
    said = {**row, "project_id": change.project, "note": change.note, "is_self": change.is_self}
    plainly(pen.session).execute(adding(TickRow), said | {"since": pen.now} | pen.recorded())


def _end(pen: Pen, model: type[CriterionRow | TickRow], row: dict[str, Any]) -> None:
    ended = {f"of_{name}": value for name, value in row.items()}
    plainly(pen.session).execute(ending(model, *row), {**ended, "now": pen.now})
