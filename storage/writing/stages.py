"""The rows of where items stand and when they are due."""

from typing import Any

from bot.changes import DueMoved, StageChange
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import DueRow, StatusRow
from storage.writing.pen import Pen


def write(pen: Pen, change: StageChange) -> None:
    project, item = change.project, change.item
    if isinstance(change, DueMoved):
        _renew(pen, DueRow, project, item, due=change.after)
    else:
        _renew(pen, StatusRow, project, item, status=change.after.value, note=change.note)


def _renew(
    pen: Pen, model: type[StatusRow] | type[DueRow], project: int, item: int, **values: Any
) -> None:
    """End the present row of an item and begin the next, now."""
    plain = plainly(pen.session)
    plain.execute(ending(model, "item_id"), {"of_item_id": item, "now": pen.now})
    row = {"project_id": project, "item_id": item, "since": pen.now, **values, **pen.recorded()}
    plain.execute(adding(model), row)
