"""Who is in the private channels, as Slack last told.

`Workspace.circles` counts every change of it. None of it is a fact of the charter, so the ledger
does not write it. Whoever keeps facts in mind looks at the count to see whether they still hold.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlmodel import Session

from storage.database import plainly
from storage.statements import adding
from storage.tables import (
    BindingRow,
    ChannelMemberRow,
    ChannelRow,
    Workspace,
    columns,
    table_of,
)

_CHANNEL = columns(ChannelRow)
_IN = columns(ChannelMemberRow)
_BOUND = columns(BindingRow)


@dataclass(frozen=True, slots=True)
class Watched:
    """A private channel of projects; `members_at` is when Slack last told who is in there."""

    key: int
    slack_id: str
    members_at: datetime | None


_EVERYBODY = (
    select(_CHANNEL.slack_id, _IN.slack_id.label("user"))
    .join_from(table_of(ChannelMemberRow), table_of(ChannelRow), _CHANNEL.id == _IN.channel_id)
    .where(
        _CHANNEL.workspace_id == bindparam("workspace"),
        _CHANNEL.is_private,
        _CHANNEL.is_shared.is_(False),
        _CHANNEL.slack_id.is_not(None),
    )
)


def everybody(session: Session, workspace: int) -> Mapping[str, frozenset[str]]:
    """Slack's ids of those who are in each private channel that nobody else shares."""
    found: dict[str, set[str]] = defaultdict(set)
    for channel, user in plainly(session).execute(_EVERYBODY, {"workspace": workspace}):
        found[channel].add(user)
    return {channel: frozenset(users) for channel, users in found.items()}


def learned(session: Session, channel: int, users: Collection[str], now: datetime) -> bool:
    """Slack told who is in a channel: whether that is otherwise than it was."""
    plain = plainly(session)
    before = set(plain.execute(select(_IN.slack_id).where(_IN.channel_id == channel)).scalars())
    gone, new = before - set(users), sorted(set(users) - before)
    if gone:
        _leave(session, channel, gone)
    if new:
        plain.execute(adding(ChannelMemberRow), [_row(channel, user) for user in new])
    _looked_at(session, channel, now)
    return _moved(session, channel) if gone or new else False


def joined(session: Session, channel: int, user: str) -> bool:
    known = select(_IN.id).where(_IN.channel_id == channel, _IN.slack_id == user)
    if plainly(session).execute(known).first() is not None:
        return False
    plainly(session).execute(adding(ChannelMemberRow), _row(channel, user))
    return _moved(session, channel)


def left(session: Session, channel: int, user: str) -> bool:
    """Whether somebody was in there, and is no more."""
    return _leave(session, channel, [user]) and _moved(session, channel)


def forgotten(session: Session, channel: int) -> bool:
    """Nobody counts as being in a channel of which Slack tells nothing any more."""
    gone = plainly(session).execute(
        delete(table_of(ChannelMemberRow)).where(_IN.channel_id == channel).returning(_IN.id)
    )
    emptied = bool(gone.all())
    _looked_at(session, channel, None)
    return emptied and _moved(session, channel)


def known(session: Session, workspace: int, slack_id: str) -> Watched | None:
    """A channel that Charter has met."""
    found = select(_CHANNEL.id, _CHANNEL.slack_id, _CHANNEL.members_at).where(
        _CHANNEL.workspace_id == workspace, _CHANNEL.slack_id == slack_id
    )
    row = plainly(session).execute(found).first()
    return Watched(row.id, row.slack_id, row.members_at) if row is not None else None


def watched(session: Session, workspace: int) -> dict[str, Watched]:
    """The private channels that projects are bound to, by Slack's ids."""
    found = plainly(session).execute(
        select(_CHANNEL.id, _CHANNEL.slack_id, _CHANNEL.members_at)
        .join_from(table_of(BindingRow), table_of(ChannelRow), _CHANNEL.id == _BOUND.channel_id)
        .where(
            _CHANNEL.workspace_id == workspace,
            _CHANNEL.is_private,
            _CHANNEL.slack_id.is_not(None),
            _BOUND.until.is_(None),
        )
        .distinct()
    )
    return {row.slack_id: Watched(row.id, row.slack_id, row.members_at) for row in found}


def _leave(session: Session, channel: int, users: Collection[str]) -> bool:
    gone = (
        delete(table_of(ChannelMemberRow))
        .where(_IN.channel_id == channel, _IN.slack_id.in_(list(users)))
        .returning(_IN.id)
    )
    return bool(plainly(session).execute(gone).all())


def _row(channel: int, user: str) -> dict[str, object]:
    return {"channel_id": channel, "slack_id": user}


def _looked_at(session: Session, channel: int, now: datetime | None) -> None:
    own = update(table_of(ChannelRow)).where(_CHANNEL.id == channel)
    plainly(session).execute(own.values(members_at=now))


def _moved(session: Session, channel: int) -> bool:
    """Count it; the workspace's row must be held, as by `ledger.lock`."""
    space = columns(Workspace)
    mine = select(_CHANNEL.workspace_id).where(_CHANNEL.id == channel).scalar_subquery()
    count = update(table_of(Workspace)).where(space.id == mine).values(circles=space.circles + 1)
    plainly(session).execute(count)
    return True
