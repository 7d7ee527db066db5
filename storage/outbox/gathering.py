"""Messages that nobody asked for: each gathers, until it is sent, what else there is to tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update
from sqlmodel import Session

from storage.database import plainly
from storage.outbox.saying import CHUNK
from storage.statements import adding
from storage.tables import OutboxRow, columns, table_of

_TABLE = table_of(OutboxRow)
_IS = columns(OutboxRow)

REMEMBERED = timedelta(days=2)
"""Longer than anybody's day, wherever they are."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A message that counts as the one of its day. `why` holds what it tells, and by which rules.

    `sent_at` None: it waits until `due`, and more can be told in it.
    """

    id: int
    key: str
    channel: str
    why: Mapping[str, Any]
    due: datetime | None
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """Such a message as it is wanted: a new one, or (`id`) one that gathers more."""

    key: str
    channel: str
    text: str
    blocks: Sequence[dict[str, Any]]
    why: Mapping[str, Any]
    due: datetime
    is_unasked: bool = True
    confidential: bool = False
    about: str = ""
    id: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that waits, and of which no attempt was made that may have arrived."""

    id: int
    key: str
    channel: str
    why: Mapping[str, Any]
    due: datetime
    confidential: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody was told by a message that is sent, or that is just being sent."""

    channel: str
    why: Mapping[str, Any]


_UNSENT = (
    select(_IS.id, _IS.key, _IS.channel, _IS.why, _IS.due_at, _IS.confidential)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.due_at.is_not(None),
        _IS.sent_at.is_(None),
        _IS.begun_at.is_(None),
    )
    .order_by(_IS.id)
    .with_for_update()
)
_ALL_UNSENT_TO = _UNSENT.where(_IS.channel == bindparam("channel"))
_UNSENT_TO_EACH = _UNSENT.where(_IS.channel.in_(bindparam("channels", expanding=True)))
_UNSENT_TO = _ALL_UNSENT_TO.where(_IS.is_unasked)
_HEARD = select(_IS.channel, _IS.why).where(
    _IS.workspace_id == bindparam("workspace"),
    _IS.channel.in_(bindparam("channels", expanding=True)),
    or_(
        _IS.sent_at >= bindparam("since", type_=_IS.sent_at.type),
        and_(_IS.due_at.is_not(None), _IS.begun_at.is_not(None)),
    ),
)
_DROP = delete(_TABLE).where(_IS.id.in_(bindparam("these", expanding=True)))
_LATEST = (
    select(_IS.id, _IS.key, _IS.channel, _IS.why, _IS.due_at, _IS.sent_at)
    .where(
        _IS.workspace_id == bindparam("workspace"),
        _IS.channel.in_(bindparam("channels", expanding=True)),
        _IS.is_unasked,
        or_(_IS.due_at.is_not(None), _IS.sent_at > bindparam("since", type_=_IS.sent_at.type)),
    )
    .order_by(_IS.id)
)
_MORE = (
    update(_TABLE)
    .where(_IS.id == bindparam("of"))
    .values(
        text=bindparam("words"),
        blocks=bindparam("shown", type_=_IS.blocks.type),
        why=bindparam("rules", type_=_IS.why.type),
        due_at=bindparam("due", type_=_IS.due_at.type),
        confidential=bindparam("secret"),
        version=_IS.version + 1,
    )
)


def unasked(
    session: Session, workspace: int, channels: Sequence[str], now: datetime
) -> dict[str, list[Unasked]]:
    """What these people (by Slack's id) were told lately without having asked, or will be."""
    found: dict[str, list[Unasked]] = {}
    for start in range(0, len(channels), CHUNK):
        asked = {
            "workspace": workspace,
            "channels": list(channels[start : start + CHUNK]),
            "since": now - REMEMBERED,
        }
        for row in plainly(session).execute(_LATEST, asked):
            one = Unasked(row.id, row.key, row.channel, row.why, row.due_at, row.sent_at)
            found.setdefault(row.channel, []).append(one)
    return found


def unsent(session: Session, workspace: int) -> list[Unsent]:
    """All that waits; nobody begins to send it before this transaction is over."""
    return [Unsent(*row) for row in plainly(session).execute(_UNSENT, {"workspace": workspace})]


def unsent_to(session: Session, workspace: int, channel: str) -> list[Unsent]:
    """The same of what somebody (by Slack's id) did not ask for."""
    asked = {"workspace": workspace, "channel": channel}
    return [Unsent(*row) for row in plainly(session).execute(_UNSENT_TO, asked)]


def all_unsent_to(session: Session, workspace: int, channel: str) -> list[Unsent]:
    """The same of all that is for them."""
    asked = {"workspace": workspace, "channel": channel}
    return [Unsent(*row) for row in plainly(session).execute(_ALL_UNSENT_TO, asked)]


def unsent_to_each(session: Session, workspace: int, channels: Sequence[str]) -> list[Unsent]:
    """The same of several people, or channels."""
    found: list[Unsent] = []
    for start in range(0, len(channels), CHUNK):
        asked = {"workspace": workspace, "channels": list(channels[start : start + CHUNK])}
        found += [Unsent(*row) for row in plainly(session).execute(_UNSENT_TO_EACH, asked)]
    return found


def put_off(session: Session, key: int, until: datetime) -> None:
    """Let one of these wait until then, or no longer than that."""
    plainly(session).execute(update(_TABLE).where(_IS.id == key).values(due_at=until))


def sent_since(
    session: Session, workspace: int, channels: Sequence[str], since: datetime
) -> list[Heard]:
    """What these people (by Slack's id) were told since then."""
    found: list[Heard] = []
    for start in range(0, len(channels), CHUNK):
        some = list(channels[start : start + CHUNK])
        asked = {"workspace": workspace, "channels": some, "since": since}
        found += [Heard(*row) for row in plainly(session).execute(_HEARD, asked)]
    return found


def drop(session: Session, these: Sequence[int]) -> None:
    """Forget messages that were never sent, as if there had been nothing to tell."""
    for start in range(0, len(these), CHUNK):
        plainly(session).execute(_DROP, {"these": list(these[start : start + CHUNK])})


def put(session: Session, workspace: int, drafts: Iterable[Draft], now: datetime) -> None:
    """Let these stand: by two statements, however many there are."""
    wanted = list(drafts)
    new = [_row(draft, workspace, now) for draft in wanted if draft.id is None]
    more = [_change(draft) for draft in wanted if draft.id is not None]
    if new:
        plainly(session).execute(adding(OutboxRow), new)
    if more:
        plainly(session).execute(_MORE, more)


def _row(draft: Draft, workspace: int, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace,
        "key": draft.key,
        "channel": draft.channel,
        "about": draft.about,
        "confidential": draft.confidential,
        "text": draft.text,
        "blocks": list(draft.blocks),
        "created_at": now,
        "due_at": draft.due,
        "why": dict(draft.why),
        "is_unasked": draft.is_unasked,
    }


def _change(draft: Draft) -> dict[str, Any]:
    return {
        "of": draft.id,
        "words": draft.text,
        "shown": list(draft.blocks),
        "rules": dict(draft.why),
        "due": draft.due,
        "secret": draft.confidential,
    }
