"""Answers of other servers, kept with the mark by which those say that nothing has changed.

The key is a digest that covers who asked, how and for what; see `bot.sources.web`.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.sources.base import Kept
from storage.database import plainly
from storage.tables import EtagRow, columns, table_of

_IS = columns(EtagRow)
_COLUMNS: Final = ("key", "etag", "body", "stored_at")


def _putting(insert: Any) -> Executable:
    said = insert(table_of(EtagRow)).values({name: bindparam(name) for name in _COLUMNS})
    statement: Executable = said.on_conflict_do_update(
        index_elements=["key"],
        set_={name: said.excluded[name] for name in _COLUMNS if name != "key"},
    )
    return statement


_PUT = {"sqlite": _putting(sqlite.insert), "postgresql": _putting(postgresql.insert)}
_GET = select(_IS.etag, _IS.body).where(_IS.key == bindparam("of"))
_FORGET = delete(table_of(EtagRow)).where(_IS.stored_at < bindparam("before")).returning(_IS.key)


def get(session: Session, key: str) -> Kept | None:
    """What was kept under this key."""
    found = plainly(session).execute(_GET, {"of": key}).first()
    return Kept(found.etag, found.body) if found else None


def put(session: Session, key: str, kept: Kept, now: datetime) -> None:
    """Keep this under the key, in place of what was there."""
    plain = plainly(session)
    values = dict(zip(_COLUMNS, (key, kept.etag, kept.body, now), strict=True))
    plain.execute(_PUT[plain.dialect.name], values)


def forget(session: Session, before: datetime) -> int:
    """Drop what was kept before then; gives how many answers."""
    return len(plainly(session).execute(_FORGET, {"before": before}).all())
