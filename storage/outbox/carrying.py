"""What is on its way to Slack: claimed by the one who delivers, sent, put off, given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, bindparam, case, delete, exists, func, or_, select, update
from sqlalchemy import Row as Result
from sqlmodel import Session

from storage.database import plainly
from storage.outbox import enclosures
from storage.tables import OutboxRow, columns, table_of

_TABLE = table_of(OutboxRow)
_IS = columns(OutboxRow)
_EARLIER = _TABLE.alias("earlier")
_LATELY = _TABLE.alias("lately")
_PARENT = _TABLE.alias("parent")

PACE = timedelta(seconds=1)
"""Slack lets an app post about once a second in a channel."""
SKEW = timedelta(minutes=1)
"""How far the clocks of replicas may differ. What lies farther ahead was written by a clock that
was put back since: it holds up nothing.
"""
LONGEST_WAIT = timedelta(minutes=15)
"""What did not arrive is tried again by then."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to send. `ts` None: it was not posted yet, else it is edited.

    `is_uncertain`: an earlier attempt, begun at `begun_at`, may have arrived. `is_orphan`: the
    message in whose thread it belongs was never posted. At `lease_until` it is anybody's again.
    `why` is what it tells somebody because of their letters. With a `file` (its name) it is that
    file, called `text`, to be shared in the thread of a message that stands in `above`.
    """

    id: int
    workspace: int
    key: str
    channel: str
    thread_ts: str | None
    text: str
    blocks: tuple[dict[str, Any], ...]
    version: int
    confidential: bool
    ts: str | None
    posted_in: str | None
    tries: int
    begun_at: datetime
    lease_until: datetime
    is_uncertain: bool
    is_orphan: bool
    why: Mapping[str, Any]
    file: str = ""
    above: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How the outbox stands: messages on their way, and those given up, with why."""

    waiting: int
    dead: tuple[tuple[str, str], ...]


_DUE = (
    select(_TABLE, _PARENT.c.ts.label("parent_ts"), _PARENT.c.posted_in.label("parent_in"))
    .outerjoin(
        _PARENT,
        (_PARENT.c.workspace_id == _IS.workspace_id) & (_PARENT.c.key == _IS.under),
    )
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.due_at <= bindparam("now"),
        or_(
            _IS.lease_until.is_(None),
            _IS.lease_until <= bindparam("now"),
            _IS.lease_until > bindparam("longest", type_=_IS.lease_until.type),
        ),
        ~exists().where(
            _EARLIER.c.workspace_id == _IS.workspace_id,
            _EARLIER.c.channel == _IS.channel,
            _EARLIER.c.id < _IS.id,
            or_(
                _EARLIER.c.due_at <= bindparam("now"),
                _EARLIER.c.due_at <= _EARLIER.c.created_at,
                _EARLIER.c.trouble != "",
            ),
            _EARLIER.c.due_at.is_not(None),
        ),
        ~exists().where(
            _LATELY.c.workspace_id == _IS.workspace_id,
            _LATELY.c.channel == _IS.channel,
            _LATELY.c.sent_at > bindparam("lately"),
            _LATELY.c.sent_at <= bindparam("ahead", type_=_IS.sent_at.type),
        ),
    )
    .order_by(_IS.due_at, _IS.id)
    .limit(bindparam("most"))
)
_CLAIMABLE = _DUE.with_for_update(of=_TABLE, skip_locked=True)
_TAKE = (
    update(_TABLE)
    .where(_IS.id == bindparam("of"))
    .values(
        owner=bindparam("by"),
        lease_until=bindparam("until"),
        begun_at=func.coalesce(_IS.begun_at, bindparam("now", type_=_IS.begun_at.type)),
    )
)
_MINE = (_IS.id == bindparam("of")) & (_IS.owner == bindparam("by"))
_FREE = {"owner": None, "lease_until": None}
_SENT = (
    update(_TABLE)
    .where(_MINE)
    .values(
        **_FREE,
        sent_version=bindparam("sent"),
        sent_at=bindparam("now", type_=_IS.sent_at.type),
        ts=bindparam("stands"),
        posted_in=bindparam("place"),
        begun_at=None,
        tries=0,
        trouble="",
        dead_at=None,
        due_at=case(
            (_IS.version > bindparam("sent"), bindparam("now", type_=_IS.due_at.type)), else_=None
        ),
    )
    .returning(_IS.id)
)
_ANEW = (
    update(_TABLE)
    .where(_MINE)
    .values(
        begun_at=bindparam("now", type_=_IS.begun_at.type),
        lease_until=bindparam("until", type_=_IS.lease_until.type),
    )
    .returning(_IS.id)
)
_LATER = (
    update(_TABLE)
    .where(_MINE)
    .values(
        **_FREE,
        due_at=bindparam("at", type_=_IS.due_at.type),
        begun_at=case((bindparam("unknown", type_=Boolean), _IS.begun_at), else_=None),
        tries=_IS.tries + bindparam("more"),
        trouble=bindparam("reason"),
    )
    .returning(_IS.id)
)
_DEAD = (
    update(_TABLE)
    .where(_MINE)
    .values(
        **_FREE,
        due_at=None,
        begun_at=case((bindparam("unknown", type_=Boolean), _IS.begun_at), else_=None),
        dead_at=bindparam("now", type_=_IS.dead_at.type),
        refused=bindparam("forever"),
        trouble=bindparam("reason"),
    )
    .returning(_IS.id)
)
_BACK = (
    update(_TABLE)
    .where(_MINE)
    .values(
        **_FREE,
        begun_at=case((bindparam("unknown", type_=Boolean), _IS.begun_at), else_=None),
    )
)
_BRING_FORWARD = (
    update(_TABLE)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.due_at > bindparam("ahead"),
        or_(
            (_IS.trouble == "") & (_IS.due_at <= _IS.created_at),
            (_IS.trouble == "") & _IS.ts.is_not(None),
            (_IS.trouble != "") & (_IS.due_at > bindparam("longest")),
        ),
    )
    .values(due_at=bindparam("now"))
    .returning(_IS.id)
)
_NEXT_DUE = select(func.min(_IS.due_at)).where(_IS.workspace_id == bindparam("workspace"))


def claim(
    session: Session,
    workspace: int,
    owner: str,
    now: datetime,
    lease: timedelta,
    most: int,
    looked_at: Mapping[int, int] | None = None,
) -> list[Parcel]:
    """Take messages that are `due`; where `looked_at` tells versions by id, those alone that are
    still so.
    """
    found = due(session, workspace, now, lease, most, locked=True)
    if looked_at is not None:
        found = [one for one in found if looked_at.get(one.id) == one.version]
    if found:
        until = now + lease
        taken = [{"of": one.id, "by": owner, "now": now, "until": until} for one in found]
        plainly(session).execute(_TAKE, taken)
    return found


def due(
    session: Session,
    workspace: int,
    now: datetime,
    lease: timedelta,
    most: int,
    *,
    locked: bool = False,
) -> list[Parcel]:
    """Messages that are due: at most one of each channel, none before those said earlier there. One
    whose time is yet to come holds up nothing, unless it was to go as soon as it was said, by
    whatever clock, or was tried before. `locked`: nobody else changes them before the transaction
    is over; those that somebody else is about to take are left out.
    """
    until = now + lease
    asked = {
        "workspace": workspace,
        "now": now,
        "longest": until + SKEW,
        "lately": now - PACE,
        "ahead": now + SKEW,
        "most": most,
    }
    rows = plainly(session).execute(_CLAIMABLE if locked else _DUE, asked)
    return [_parcel(row, now, until) for row in rows]


def _parcel(row: Result[Any], now: datetime, until: datetime) -> Parcel:
    return Parcel(
        id=row.id,
        workspace=row.workspace_id,
        key=row.key,
        channel=row.channel,
        thread_ts=row.parent_ts or row.thread_ts,
        text=row.text,
        blocks=tuple(row.blocks),
        version=row.version,
        confidential=row.confidential,
        ts=row.ts,
        posted_in=row.posted_in,
        tries=row.tries,
        begun_at=min(row.begun_at or now, now),
        lease_until=until,
        is_uncertain=row.begun_at is not None,
        is_orphan=row.ts is None and row.under is not None and row.parent_ts is None,
        why=row.why or {},
        file=row.file,
        above=row.parent_in or row.channel,
    )


def sent(session: Session, parcel: Parcel, owner: str, ts: str, place: str, now: datetime) -> bool:
    """It stands in Slack, at `ts` in the channel `place`. False where the lease was lost."""
    asked = {"of": parcel.id, "by": owner, "sent": parcel.version, "now": now}
    told = plainly(session).execute(_SENT, {**asked, "stands": ts, "place": place})
    return told.first() is not None


def begin_anew(
    session: Session, parcel: Parcel, owner: str, now: datetime, lease: timedelta
) -> bool:
    """No earlier attempt arrived; the one that is made now may, and has a lease of its own. False
    where the lease was lost.
    """
    asked = {"of": parcel.id, "by": owner, "now": now, "until": now + lease}
    return plainly(session).execute(_ANEW, asked).first() is not None


def later(
    session: Session,
    parcel: Parcel,
    owner: str,
    at: datetime,
    why: str,
    *,
    unknown: bool,
    counts: bool,
) -> bool:
    """It did not arrive, or (`unknown`) perhaps did: try again at `at`. `counts`: as a try."""
    asked = {
        "of": parcel.id,
        "by": owner,
        "at": at,
        "reason": why,
        "unknown": unknown,
        "more": int(counts),
    }
    return plainly(session).execute(_LATER, asked).first() is not None


def give_up(
    session: Session,
    parcel: Parcel,
    owner: str,
    why: str,
    now: datetime,
    *,
    refused: bool,
    unknown: bool = False,
) -> bool:
    """It is not tried any more, where `refused` not even with other words; what comes after it in
    its channel goes on. `unknown`: it has perhaps arrived.
    """
    asked = {
        "of": parcel.id,
        "by": owner,
        "reason": why,
        "now": now,
        "forever": refused,
        "unknown": unknown,
    }
    return plainly(session).execute(_DEAD, asked).first() is not None


def hand_back(session: Session, parcel: Parcel, owner: str) -> None:
    """It was not begun: it is anybody's, and nobody has to look whether it arrived."""
    asked = {"of": parcel.id, "by": owner, "unknown": parcel.is_uncertain}
    plainly(session).execute(_BACK, asked)


def bring_forward(session: Session, workspace: int, now: datetime) -> int:
    """Let come now what waits only because a clock was wrong; gives how many. That is what was to
    go, or to be edited, at once, and is due later than now, and what was put off for longer than
    anything is.
    """
    asked = {"workspace": workspace, "now": now, "ahead": now + SKEW}
    asked["longest"] = now + LONGEST_WAIT + SKEW
    return len(plainly(session).execute(_BRING_FORWARD, asked).all())


def next_due(session: Session, workspace: int) -> datetime | None:
    """When a message is to be sent next; in the past where one waits."""
    due: datetime | None = plainly(session).execute(_NEXT_DUE, {"workspace": workspace}).scalar()
    return due


def waiting(session: Session, workspace: int, most: int = 5) -> Waiting:
    """What is on its way, and the latest of what was given up: key and reason."""
    plain = plainly(session)
    mine = _IS.workspace_id == workspace
    count = plain.execute(
        select(func.count()).select_from(_TABLE).where(mine, _IS.due_at.is_not(None))
    )
    dead = plain.execute(
        select(_IS.key, _IS.trouble)
        .where(mine, _IS.dead_at.is_not(None))
        .order_by(_IS.dead_at.desc())
        .limit(most)
    )
    return Waiting(count.scalar_one(), tuple((row.key, row.trouble) for row in dead))


def forget(session: Session, workspace: int, before: datetime) -> int:
    """Drop what was not edited since; gives how many. It stays in Slack as it is."""
    touched = func.coalesce(_IS.sent_at, _IS.dead_at, _IS.created_at)
    old = (_IS.workspace_id == workspace) & _IS.due_at.is_(None) & (touched < before)
    enclosures.let_go(session, select(_IS.id).where(old))
    dropped = plainly(session).execute(delete(_TABLE).where(old).returning(_IS.id))
    return len(dropped.all())
