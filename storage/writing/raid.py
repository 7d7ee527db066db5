"""The rows of risks, assumptions, issues and dependencies: a row for each time one was said."""

from typing import Any

from sqlalchemy import bindparam, select

from bot.changes import RaidChange, RaidRaised
from bot.raid import Said
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import RaidRow, columns
from storage.writing.pen import Pen

_IS = columns(RaidRow)
_PRESENT = select(_IS.id, _IS.due, _IS.told_for).where(
    _IS.project_id == bindparam("project"),
    _IS.kind == bindparam("sort"),
    _IS.number == bindparam("numbered"),
    _IS.until.is_(None),
)


def write(pen: Pen, change: RaidChange) -> None:
    if isinstance(change, RaidRaised) and not change.taken_back:
        _add(pen, change, change.said, None)
        return
    plain = plainly(pen.session)
    asked = {"project": change.project, "sort": change.kind.value, "numbered": change.number}
    present = plain.execute(_PRESENT, asked).one()
    plain.execute(setting(RaidRow, "until"), {"of": present.id, "until": pen.now})
    if not isinstance(change, RaidRaised):
        # Of a day that passed and was told, nobody hears again because something else is edited.
        told = present.told_for if present.due == change.after.due else None
        _add(pen, change, change.after, told)


def _add(pen: Pen, change: RaidChange, said: Said, told_for: Any) -> None:
    row = {
        "project_id": change.project,
        "kind": change.kind.value,
        "number": change.number,
        **said_columns(said),
        "told_for": told_for,
        "since": pen.now,
        **pen.recorded(),
    }
    plainly(pen.session).execute(adding(RaidRow), row)


def said_columns(said: Said) -> dict[str, Any]:
    """What is said of an entry, as columns."""
    return {
        "text": said.text,
        "item_id": said.item,
        "owner_id": said.owner,
        "likelihood": said.likelihood.value if said.likelihood else "",
        "impact": said.impact.value if said.impact else "",
        "mitigation": said.mitigation,
        "due": said.due,
        "closed": said.closed,
        "because": said.because,
    }
