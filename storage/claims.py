"""Once across replicas: a claim by key, with a lease.

Keys name what must happen once, such as `slack-event/Ev123`.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, or_

from storage.tables import ClaimRow


def claim(session: Session, key: str, owner: str, now: datetime, lease: timedelta) -> bool:
    """Take `key` for `owner` until the lease ends. False if it is finished, or somebody's lease
    runs.
    """
    dialect = session.get_bind().dialect.name
    insert = (sqlite if dialect == "sqlite" else postgresql).insert
    values = {"key": key, "owner": owner, "claimed_at": now, "lease_until": now + lease}
    made = session.execute(
        insert(ClaimRow)
        .values(**values)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={name: values[name] for name in ("owner", "claimed_at", "lease_until")},
            where=(col(ClaimRow.finished_at).is_(None)) & (col(ClaimRow.lease_until) <= now),
        )
        .returning(col(ClaimRow.key))
    )
    return made.first() is not None


def finish(session: Session, key: str, owner: str, now: datetime) -> bool:
    """Mark a claim of `owner` as done for good. False if the lease was lost to another."""
    done = session.execute(
        update(ClaimRow)
        .where(
            col(ClaimRow.key) == key,
            col(ClaimRow.owner) == owner,
            col(ClaimRow.finished_at).is_(None),
        )
        .values(finished_at=now)
        .returning(col(ClaimRow.key))
    )
    return done.first() is not None


def forget(session: Session, before: datetime) -> int:
    """Drop claims that nobody can repeat any more; gives how many."""
    old = or_(col(ClaimRow.finished_at) < before, col(ClaimRow.lease_until) < before)
    dropped = session.execute(delete(ClaimRow).where(old).returning(col(ClaimRow.key)))
    return len(dropped.all())
