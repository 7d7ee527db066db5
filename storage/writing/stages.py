"""The rows of where items stand and when they are due."""

from typing import Any

from sqlalchemy import bindparam, select

from bot.changes import BlockerHanded, DueMoved, StageChange, StageMoved
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import BlockerRow, DueRow, StatusRow, columns
from storage.writing.pen import Pen

_IS = columns(DueRow)
_DUES = (
    select(_IS.id, _IS.since, _IS.until)
    .where(_IS.project_id == bindparam("project"), _IS.item_id == bindparam("item"))
    .order_by(_IS.id)
)
_DATING = setting(DueRow, "until")
_HANDING = setting(BlockerRow, "owner_id")


def write(pen: Pen, change: StageChange) -> None:
    project, item = change.project, change.item
    if isinstance(change, DueMoved):
        _due(pen, change)
    elif isinstance(change, BlockerHanded):
        plainly(pen.session).execute(_HANDING, {"of": change.blocker, "owner_id": change.after})
    else:
        _renew(pen, StatusRow, project, item, status=change.after.value, note=change.note)
        _hurdles(pen, change)


def _due(pen: Pen, change: DueMoved) -> None:
    """A day that is taken back never held, and the one before it goes on."""
    if not change.taken_back:
        _renew(pen, DueRow, change.project, change.item, due=change.after)
        return
    plain = plainly(pen.session)
    told = plain.execute(_DUES, {"project": change.project, "item": change.item}).all()
    held = [row for row in told if row.since is None or row.until != row.since]
    plain.execute(_DATING, {"of": held[-1].id, "until": held[-1].since})
    if len(held) > 1:
        plain.execute(_DATING, {"of": held[-2].id, "until": None})


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
