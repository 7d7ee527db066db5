"""Once across replicas: a claim by key, with a lease.

Keys name what must happen once, such as `slack-event/Ev123`. Every event from Slack is claimed, so
the statements are built once.
"""

import os
import secrets
import socket
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Executable, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from storage.database import plainly
from storage.tables import ClaimRow, columns, table_of

_CLAIM = columns(ClaimRow)
_TAKEN: Final = ("key", "owner", "claimed_at", "lease_until")


def _taking(insert: Any) -> Executable:
    """Take a key that nobody has, or whose lease is over: the key if it was taken."""
    said = insert(table_of(ClaimRow)).values({name: bindparam(name) for name in _TAKEN})
    statement: Executable = said.on_conflict_do_update(
        index_elements=["key"],
        set_={name: said.excluded[name] for name in _TAKEN if name != "key"},
        where=_CLAIM.finished_at.is_(None) & (_CLAIM.lease_until <= said.excluded.claimed_at),
    ).returning(_CLAIM.key)
    return statement


_TAKE = {"sqlite": _taking(sqlite.insert), "postgresql": _taking(postgresql.insert)}
_PREFIXED = _CLAIM.finished_at.is_(None) & _CLAIM.key.startswith(
    bindparam("prefix", type_=_CLAIM.key.type), autoescape=False
)
_LEFT = (
    select(_CLAIM.key)
    .where(
        _PREFIXED,
        or_(
            _CLAIM.lease_until <= bindparam("now"),
            _CLAIM.lease_until > bindparam("longest", type_=_CLAIM.lease_until.type),
        ),
    )
    .order_by(_CLAIM.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_TAKE_OVER = (
    update(table_of(ClaimRow))
    .where(_CLAIM.key.in_(_LEFT.scalar_subquery()))
    .values(owner=bindparam("by"), claimed_at=bindparam("now"), lease_until=bindparam("until"))
    .returning(_CLAIM.key)
)
_FINISH = (
    update(table_of(ClaimRow))
    .where(
        _CLAIM.key == bindparam("of"),
        _CLAIM.owner == bindparam("by"),
        _CLAIM.finished_at.is_(None),
    )
    .values(finished_at=bindparam("at"))
    .returning(_CLAIM.key)
)


def new_owner() -> str:
    """A name that no other holder of claims has, in this process or elsewhere."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def claim(session: Session, key: str, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take `key` for `owner` until the lease ends. False if it is finished, or somebody's lease
    runs.
    """
    plain = plainly(session)
    values = dict(zip(_TAKEN, (key, owner, now, now + lease), strict=True))
    return plain.execute(_TAKE[plain.dialect.name], values).first() is not None


def renew(session: Session, keys: Collection[str], owner: str, until: datetime) -> None:
    """Let the leases of what `owner` still has in hand end then."""
    mine = (_CLAIM.key.in_(keys), _CLAIM.owner == owner, _CLAIM.finished_at.is_(None))
    session.execute(update(table_of(ClaimRow)).where(*mine).values(lease_until=until))


def take_over(
    session: Session, prefix: str, owner: str, now: datetime, lease: timedelta, most: int
) -> list[str]:
    """Take what begins so and was left behind: its lease is over, or ends after any that could be
    given, and so was given by a clock that was put back since.
    """
    asked = {"prefix": prefix, "by": owner, "now": now, "until": now + lease, "most": most}
    asked["longest"] = now + 2 * lease
    return sorted(plainly(session).execute(_TAKE_OVER, asked).scalars())


def finish(session: Session, key: str, owner: str, now: datetime) -> bool:
    """Mark a claim of `owner` as done for good. False if the lease was lost to another."""
    asked = {"of": key, "by": owner, "at": now}
    return plainly(session).execute(_FINISH, asked).first() is not None


def release(session: Session, key: str, owner: str) -> None:
    """Give a claim of `owner` back that came to nothing: it may be taken anew at once."""
    mine = (_CLAIM.key == key, _CLAIM.owner == owner, _CLAIM.finished_at.is_(None))
    session.execute(delete(table_of(ClaimRow)).where(*mine))


def forget(session: Session, before: datetime) -> int:
    """Drop claims that nobody can repeat any more; gives how many."""
    old = or_(_CLAIM.finished_at < before, _CLAIM.lease_until < before)
    dropped = session.execute(delete(table_of(ClaimRow)).where(old).returning(_CLAIM.key))
    return len(dropped.all())
