"""The rows of where items stand and when they are due."""

from typing import Any

from bot.changes import DueMoved, StageChange, StageMoved
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import BlockerRow, DueRow, StatusRow
from storage.writing.pen import Pen


def write(pen: Pen, change: StageChange) -> None:
    project, item = change.project, change.item
    if isinstance(change, DueMoved):
        _renew(pen, DueRow, project, item, due=change.after)
    else:
        _renew(pen, StatusRow, project, item, status=change.after.value, note=change.note)
        _hurdles(pen, change)


_ENDING = setting(BlockerRow, "until", "closed_by", "resolution")


def _hurdles(pen: Pen, change: StageMoved) -> None:
    hurdles, plain = change.hurdles, plainly(pen.session)
    about = {"project_id": change.project, "item_id": change.item}
    rows = [
        {**about, "text": new.text, "owner_id": new.owner, "since": pen.now, **pen.recorded()}
        for new in hurdles.opened
    ]
    if rows:
        plain.execute(adding(BlockerRow), rows)
    closed = {"closed_by": pen.actor.person_id, "resolution": hurdles.resolution}
    ends = [{"of": one.id, "until": pen.now, **closed} for one in hurdles.closed]
    nothing = {"closed_by": None, "resolution": ""}
    ends += [{"of": one.id, "until": one.since, **nothing} for one in hurdles.withdrawn]
    ends += [{"of": one.id, "until": None, **nothing} for one in hurdles.reopened]
    if ends:
        plain.execute(_ENDING, ends)


def _renew(
    pen: Pen, model: type[StatusRow] | type[DueRow], project: int, item: int, **values: Any
) -> None:
    """End the present row of an item and begin the next, now."""
    plain = plainly(pen.session)
    plain.execute(ending(model, "item_id"), {"of_item_id": item, "now": pen.now})
    row = {"project_id": project, "item_id": item, "since": pen.now, **values, **pen.recorded()}
    plain.execute(adding(model), row)
