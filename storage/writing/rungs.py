"""The rows of the ladder that new projects begin with."""

from sqlalchemy import bindparam, select

from bot.changes import RungsChanged
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import LadderRow, columns
from storage.writing.pen import Pen

_RUNG = columns(LadderRow)
_PRESENT = select(_RUNG.key, _RUNG.id).where(_RUNG.workspace_id == bindparam("workspace"))
_SETTING = setting(LadderRow, "title", "position", "removed_at")


def write(pen: Pen, change: RungsChanged) -> None:
    """What is taken out keeps its row: projects that have it go by its names."""
    plain = plainly(pen.session)
    known = dict(map(tuple, plain.execute(_PRESENT, {"workspace": pen.workspace_id})))
    kept = {rung.key for rung in change.after}
    gone = [rung for rung in change.before if rung.key not in kept]
    for position, rung in enumerate((*change.after, *gone)):
        row = {
            "title": rung.title,
            "position": position,
            "removed_at": pen.now if rung in gone else None,
        }
        if rung.key in known:
            plain.execute(_SETTING, {"of": known[rung.key], **row})
        else:
            new = {"workspace_id": pen.workspace_id, "key": rung.key, "question": "", "aliases": []}
            plain.execute(adding(LadderRow), {**new, **row})
