"""What code hosts and registries say by themselves, kept once until it is looked at.

The id of a delivery is its host's: one that is sent again has it again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Executable, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import plainly
from storage.tables import DeliveryRow, Workspace, columns, table_of

_IS = columns(DeliveryRow)
_SPACE = columns(Workspace)
_COLUMNS: Final = ("workspace_id", "source", "delivery", "about", "received_at")
_FOR_ALL_WHO_LISTEN = (
    select(
        _SPACE.id,
        *(bindparam(name, type_=_IS[name].type) for name in _COLUMNS[1:]),
    )
    .where(_SPACE.deleted_at.is_(None), _SPACE.held_since.is_(None))
    .order_by(_SPACE.id)
)


def _taking(insert: Any) -> Executable:
    said = insert(table_of(DeliveryRow)).from_select(_COLUMNS, _FOR_ALL_WHO_LISTEN)
    statement: Executable = said.on_conflict_do_nothing().returning(_IS.workspace_id)
    return statement


_TAKE = {"sqlite": _taking(sqlite.insert), "postgresql": _taking(postgresql.insert)}
_WAITING = (
    select(_IS.id, _IS.about, _IS.received_at)
    .where(
        _IS.workspace_id == bindparam("of"),
        _IS.source == bindparam("by"),
        _IS.seen_at.is_(None),
    )
    .order_by(_IS.id)
    .limit(bindparam("most"))
)
_SEEN = (
    update(table_of(DeliveryRow))
    .where(_IS.workspace_id == bindparam("of"), _IS.id == bindparam("key"))
    .values(seen_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that was not looked at yet."""

    id: int
    about: dict[str, Any]
    received_at: datetime


def take(
    session: Session,
    source: str,
    delivery: str,
    about: dict[str, Any],
    now: datetime,
) -> list[int]:
    """Keep a delivery for every workspace that is here and not held, by one statement; gives those
    that did not have it already.
    """
    plain = plainly(session)
    said = {"source": source, "delivery": delivery, "about": about, "received_at": now}
    return list(plain.execute(_TAKE[plain.dialect.name], said).scalars())


def waiting(session: Session, workspace: int, source: str, most: int) -> list[Waiting]:
    """The first of a source that were not looked at yet."""
    asked = {"of": workspace, "by": source, "most": most}
    found = plainly(session).execute(_WAITING, asked)
    return [Waiting(row.id, row.about, row.received_at) for row in found]


def seen(session: Session, workspace: int, some: Collection[int], now: datetime) -> None:
    """These were looked at; another one may have come with a lower key meanwhile."""
    if some:
        rows = [{"of": workspace, "key": key, "at": now} for key in some]
        plainly(session).execute(_SEEN, rows)


def known(session: Session, workspace: int, source: str, some: Collection[str]) -> frozenset[str]:
    """Those of these deliveries that came."""
    found = select(_IS.delivery).where(
        _IS.workspace_id == workspace, _IS.source == source, _IS.delivery.in_(some)
    )
    return frozenset(plainly(session).execute(found).scalars())


def forget(session: Session, workspace: int, before: datetime) -> None:
    """Those that came before then are kept no more, looked at or not."""
    plainly(session).execute(
        delete(table_of(DeliveryRow)).where(_IS.workspace_id == workspace, _IS.received_at < before)
    )
