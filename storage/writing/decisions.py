"""The rows of what was decided."""

from sqlalchemy import bindparam, update

from bot.changes import DecisionChange, DecisionKept
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.statements import adding
from storage.tables import DecisionRow, columns, table_of
from storage.writing.pen import Pen

_IS = columns(DecisionRow)
_WITHDRAW = (
    update(table_of(DecisionRow))
    .where(_IS.project_id == bindparam("of"), _IS.number == bindparam("numbered"))
    .values(
        withdrawn_at=bindparam("at", type_=UtcDateTime()),
        withdrawn_by=bindparam("by"),
        withdrawn_because=bindparam("because"),
    )
)


def write(pen: Pen, change: DecisionChange) -> None:
    plain = plainly(pen.session)
    if isinstance(change, DecisionKept):
        row = {
            "workspace_id": pen.workspace_id,
            "project_id": change.project,
            "item_id": change.item,
            "number": change.number,
            "text": change.text,
            "author_id": change.author,
            "permalink": change.permalink,
            "channel": change.channel,
            "ts": change.ts,
            **pen.recorded(),
        }
        plain.execute(adding(DecisionRow), row)
        return
    gone = change.withdrawn
    values = {
        "at": pen.now if gone else None,
        "by": pen.actor.person_id if gone else None,
        "because": change.because if gone else "",
    }
    plain.execute(_WITHDRAW, {"of": change.project, "numbered": change.number, **values})
