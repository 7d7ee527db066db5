"""The rows of milestones and of what was told of them over time."""

from typing import Any

from sqlalchemy import bindparam, select

from bot.changes import (
    MilestoneChange,
    MilestoneMet,
    MilestoneMoved,
    MilestoneRemoved,
    MilestoneSet,
)
from storage.database import plainly
from storage.statements import adding, adding_for_keys, setting
from storage.tables import ForecastRow, MilestoneRow, columns
from storage.writing.pen import Pen

_IS, _TOLD = columns(MilestoneRow), columns(ForecastRow)
_KEY = select(_IS.id).where(_IS.project_id == bindparam("project"), _IS.key == bindparam("named"))
_FORECASTS = (
    select(_TOLD.id, _TOLD.since, _TOLD.until)
    .where(_TOLD.project_id == bindparam("project"), _TOLD.milestone_id == bindparam("milestone"))
    .order_by(_TOLD.id)
)


def write(pen: Pen, change: MilestoneChange) -> None:
    plain = plainly(pen.session)
    if isinstance(change, MilestoneSet) and not change.taken_back:
        _add(pen, change)
        return
    asked = {"project": change.project, "named": change.key}
    key = plain.execute(_KEY, asked).scalar_one()
    match change:
        case MilestoneSet():
            # Its name is free for the right day; what was written stays under another key.
            values: dict[str, Any] = {"removed_at": pen.now, "key": f"{change.key}~{key}"}
            plain.execute(setting(MilestoneRow, *values), {"of": key, **values})
        case MilestoneMoved():
            _move(pen, key, change)
        case MilestoneMet(after=day):
            plain.execute(setting(MilestoneRow, "met_on"), {"of": key, "met_on": day})
        case MilestoneRemoved(removed=gone):
            at = pen.now if gone else None
            plain.execute(setting(MilestoneRow, "removed_at"), {"of": key, "removed_at": at})


def _add(pen: Pen, change: MilestoneSet) -> None:
    row = {
        "project_id": change.project,
        "item_id": change.item,
        "key": change.key,
        "title": change.title,
        "baseline": change.due,
        **pen.recorded(),
    }
    key = plainly(pen.session).execute(adding_for_keys(MilestoneRow), row).scalar_one()
    _tell(pen, change.project, key, change)


def _tell(pen: Pen, project: int, key: int, change: MilestoneSet | MilestoneMoved) -> None:
    """The next line of the slip ledger."""
    moved = isinstance(change, MilestoneMoved)
    row = {
        "project_id": project,
        "milestone_id": key,
        "due": change.after if isinstance(change, MilestoneMoved) else change.due,
        "reason": change.reason if isinstance(change, MilestoneMoved) and moved else "",
        "since": pen.now,
        **pen.recorded(),
    }
    plainly(pen.session).execute(adding(ForecastRow), row)


def _move(pen: Pen, key: int, change: MilestoneMoved) -> None:
    """End the present forecast and begin the next; a move that is taken back never held, and the
    forecast before it goes on.
    """
    plain = plainly(pen.session)
    asked = {"project": change.project, "milestone": key}
    told = [row for row in plain.execute(_FORECASTS, asked) if row.until != row.since]
    last = told[-1]
    until = last.since if change.taken_back else pen.now
    plain.execute(setting(ForecastRow, "until"), {"of": last.id, "until": until})
    if not change.taken_back:
        _tell(pen, change.project, key, change)
    elif len(told) > 1:
        plain.execute(setting(ForecastRow, "until"), {"of": told[-2].id, "until": None})
