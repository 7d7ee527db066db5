"""Who has opened Home, what it told them of, and whose is to be drawn anew.

None of it is a fact of the charter, so the ledger does not write it. A workspace remembers how far
its record was looked at, so that nothing is overlooked across a restart, and no two replicas look
at the same lines.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from bot.home import Seen, Stirred
from storage.database import plainly
from storage.erasing import people_in
from storage.tables import AuditRow, AuditTextRow, HomeRow, Workspace, columns, table_of

_TABLE = table_of(HomeRow)
_IS = columns(HomeRow)
_SPACE = columns(Workspace)
_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)
_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

CHUNK = 500
MOST_LINES = 1000
"""Of more lines than these at once, as of a document that is loaded, nobody asks whom they name."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a workspace came, and how far was looked: the record, and who is in its channels."""

    revision: int
    circles: int
    seen_revision: int
    seen_circles: int

    @property
    def is_behind(self) -> bool:
        return (self.seen_revision, self.seen_circles) != (self.revision, self.circles)


@dataclass(frozen=True, slots=True)
class Visit:
    """A Home to draw anew, as it was drawn last."""

    id: int
    slack_id: str
    turned: Mapping[str, int]
    digest: str
    hash: str


_LOOKED = select(
    _SPACE.revision, _SPACE.circles, _SPACE.homes_revision, _SPACE.homes_circles
).where(_SPACE.id == bindparam("workspace"))
_MOVE_ON = (
    update(table_of(Workspace))
    .where(
        _SPACE.id == bindparam("workspace"),
        _SPACE.homes_revision == bindparam("before"),
        _SPACE.homes_circles == bindparam("circles_before"),
    )
    .values(homes_revision=bindparam("now"), homes_circles=bindparam("circles_now"))
    .returning(_SPACE.id)
)
_LINES = (
    select(_LINE.project_id, _LINE.action, _WORDS.change)
    .join_from(
        table_of(AuditRow), table_of(AuditTextRow), _LINE.id == _WORDS.audit_id, isouter=True
    )
    .where(_LINE.workspace_id == bindparam("workspace"), _LINE.seq > bindparam("revision"))
    .order_by(_LINE.seq)
    .limit(MOST_LINES + 1)
)


def looked(session: Session, workspace: int) -> Looked:
    row = plainly(session).execute(_LOOKED, {"workspace": workspace}).one()
    return Looked(*row)


def move_on(session: Session, workspace: int, before: Looked) -> bool:
    """Look no more at what was seen now; False where somebody else did already."""
    asked = {
        "workspace": workspace,
        "before": before.seen_revision,
        "circles_before": before.seen_circles,
        "now": before.revision,
        "circles_now": before.circles,
    }
    return plainly(session).execute(_MOVE_ON, asked).first() is not None


def stirred(session: Session, workspace: int, since: int) -> Stirred:
    """What happened after revision `since`."""
    asked = {"workspace": workspace, "revision": since}
    rows = plainly(session).execute(_LINES, asked).all()
    if len(rows) > MOST_LINES:
        return Stirred(everybody=True)
    return Stirred.by((row.project_id, row.action, _named(row.change)) for row in rows)


def _named(words: str | None) -> frozenset[int]:
    """The people whom a line names; of a line about a profile, whose it is."""
    if words is None:
        return frozenset()
    change = json.loads(words)
    found = set(people_in(change))
    if isinstance(change, dict) and isinstance(change.get("id"), int):
        found.add(change["id"])
    return frozenset(found)


_SEEN = select(_IS.id, _IS.person_id, _IS.slack_id, _IS.leans, _IS.shown_at).where(
    _IS.workspace_id == bindparam("workspace"), _IS.opened_at >= bindparam("since")
)


def opened_since(session: Session, workspace: int, since: datetime) -> list[tuple[Seen, datetime]]:
    """Who has opened Home since then, and when it was drawn last."""
    rows = plainly(session).execute(_SEEN, {"workspace": workspace, "since": since})
    return [
        (Seen(row.id, row.person_id, row.slack_id, frozenset(row.leans)), row.shown_at)
        for row in rows
    ]


def call_for(session: Session, keys: Collection[int], at: datetime) -> None:
    """Let these be drawn anew at `at`; those that are to be already, when they are."""
    wanted = sorted(keys)
    for start in range(0, len(wanted), CHUNK):
        plainly(session).execute(
            update(_TABLE)
            .where(_IS.id.in_(wanted[start : start + CHUNK]), _IS.due_at.is_(None))
            .values(due_at=at)
        )


def call_for_people(
    session: Session, workspace: int, people: Collection[int], at: datetime
) -> None:
    """The same, by whose they are."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.workspace_id == workspace, _IS.person_id.in_(people), _IS.due_at.is_(None))
        .values(due_at=at)
    )


_FREE = or_(_IS.lease_until.is_(None), _IS.lease_until <= bindparam("now"))
_WANTED = or_(_IS.due_at <= bindparam("now"), _IS.due_at.is_(None) & _IS.lease_until.is_not(None))
_DUE = (
    select(_IS.id, _IS.slack_id, _IS.turned, _IS.digest, _IS.hash)
    .where(_IS.workspace_id == bindparam("workspace"), _FREE, _WANTED)
    .order_by(_IS.opened_at.desc(), _IS.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_NEXT_DUE = select(func.min(func.coalesce(_IS.due_at, _IS.lease_until))).where(
    _IS.workspace_id == bindparam("workspace")
)


def claim(
    session: Session, workspace: int, owner: str, now: datetime, until: datetime, most: int
) -> list[Visit]:
    """Take what is to be drawn anew, for those first who were there last. What is called for
    meanwhile is drawn once more.
    """
    plain = plainly(session)
    rows = plain.execute(_DUE, {"workspace": workspace, "now": now, "most": most}).all()
    if rows:
        plain.execute(
            update(_TABLE)
            .where(_IS.id.in_([row.id for row in rows]))
            .values(owner=owner, lease_until=until, due_at=None)
        )
    return [Visit(*row) for row in rows]


def next_due(session: Session, workspace: int) -> datetime | None:
    due: datetime | None = plainly(session).execute(_NEXT_DUE, {"workspace": workspace}).scalar()
    return due


def drawn(session: Session, visit: Visit, owner: str, leans: Collection[int], **shown: Any) -> None:
    """It stands as it is now; `shown` says what else is known of it."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == visit.id, _IS.owner == owner)
        .values(leans=sorted(leans), owner=None, lease_until=None, **shown)
    )


def later(session: Session, visit: Visit, owner: str, at: datetime) -> None:
    """It could not be drawn: at `at` again, whatever Slack's mark of it is by then."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == visit.id, _IS.owner == owner)
        .values(owner=None, lease_until=None, hash="", due_at=func.coalesce(_IS.due_at, at))
    )


def opened(session: Session, workspace: int, slack_id: str, row: Mapping[str, Any]) -> None:
    """Somebody has opened their Home, or turned to a page of it: it was drawn for them.

    What was called for stays so: it may be later than what was drawn.
    """
    plain = plainly(session)
    fresh = {**row, "owner": None, "lease_until": None}
    said = _INSERT[plain.dialect.name](_TABLE).values(
        workspace_id=workspace, slack_id=slack_id, **fresh
    )
    plain.execute(
        said.on_conflict_do_update(index_elements=["workspace_id", "slack_id"], set_=fresh)
    )


def spoil(session: Session, workspace: int, slack_id: str, at: datetime) -> None:
    """Something else stands there: draw it anew at `at`, whatever it says."""
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.workspace_id == workspace, _IS.slack_id == slack_id)
        .values(digest="", hash="", due_at=at)
    )


def bring_forward(
    session: Session, workspace: int, now: datetime, longest: timedelta, lease: timedelta
) -> int:
    """Let be drawn now what waits only because a clock was wrong, for longer than the `longest`
    wait, or is in hand for longer than a `lease`; gives how many these are.
    """
    mine = _IS.workspace_id == workspace
    free = {"owner": None, "lease_until": None, "due_at": now}
    waits = update(_TABLE).where(mine, _IS.due_at > now + longest).values(due_at=now)
    held = update(_TABLE).where(mine, _IS.lease_until > now + lease).values(**free)
    plain = plainly(session)
    return sum(len(plain.execute(one.returning(_IS.id)).all()) for one in (held, waits))


def forget(session: Session, keys: Sequence[int]) -> None:
    """Draw these no more, until they are opened again."""
    plainly(session).execute(delete(_TABLE).where(_IS.id.in_(keys)))


def forget_before(session: Session, workspace: int, before: datetime) -> None:
    """Draw no more what nobody has opened since then."""
    old = (_IS.workspace_id == workspace) & (_IS.opened_at < before)
    plainly(session).execute(delete(_TABLE).where(old))
