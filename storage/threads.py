"""The last question of each thread, kept for a while: no history of a channel is ever read."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import plainly
from storage.tables import ThreadRow, columns, table_of

_IS = columns(ThreadRow)
_KEY: Final = ("workspace_id", "channel", "thread")
_COLUMNS: Final = (*_KEY, "question", "asked_at")


def _putting(insert: Any) -> Executable:
    said = insert(table_of(ThreadRow)).values({name: bindparam(name) for name in _COLUMNS})
    statement: Executable = said.on_conflict_do_update(
        index_elements=list(_KEY),
        set_={name: said.excluded[name] for name in _COLUMNS if name not in _KEY},
    )
    return statement


_PUT = {"sqlite": _putting(sqlite.insert), "postgresql": _putting(postgresql.insert)}
_GET = select(_IS.question).where(
    _IS.workspace_id == bindparam("workspace"),
    _IS.channel == bindparam("channel"),
    _IS.thread == bindparam("thread"),
    _IS.asked_at >= bindparam("after"),
)
_FORGET = delete(table_of(ThreadRow)).where(_IS.asked_at < bindparam("before"))


def last(
    session: Session, workspace: int, channel: str, thread: str, after: datetime
) -> str | None:
    """What was asked last in a thread, if that was after then."""
    where = {"workspace": workspace, "channel": channel, "thread": thread, "after": after}
    found: str | None = plainly(session).execute(_GET, where).scalar()
    return found


def keep(
    session: Session, workspace: int, channel: str, thread: str, question: str, now: datetime
) -> None:
    """Keep a question in the place of the one before."""
    plain = plainly(session)
    values = dict(zip(_COLUMNS, (workspace, channel, thread, question, now), strict=True))
    plain.execute(_PUT[plain.dialect.name], values)


def forget(session: Session, before: datetime) -> None:
    """Drop what was asked before then."""
    plainly(session).execute(_FORGET, {"before": before})
