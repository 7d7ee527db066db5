"""What has not reached Slack, where it was to go, and letting go once more what was given up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select, update
from sqlmodel import Session

from storage.database import plainly
from storage.outbox.saying import CHUNK
from storage.tables import (
    ChannelRow,
    EnclosureRow,
    Identity,
    OutboxRow,
    PersonRow,
    columns,
    table_of,
)

_IS = columns(OutboxRow)
_CHANNEL = columns(ChannelRow)
_NAME = columns(Identity)
_PERSON = columns(PersonRow)

MOST = 1000
"""So many are looked at, the latest."""
NOTHING_LEFT = "nothing of it may be told any more"
"""Why a message does not go that nobody needs to look after."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A message that is held, for a channel or a person (by Slack's id): since when, and why."""

    id: int
    channel: str
    confidential: bool
    since: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where messages go: `name` of a channel, which may be private, or of a person."""

    name: str
    is_private: bool = False


def given_up(session: Session, workspace: int) -> list[Stuck]:
    """What is not tried any more, though it might be; the earliest said first. A file whose content
    was let go is nothing that might.
    """
    is_whole = (_IS.file == "") | exists().where(columns(EnclosureRow).outbox_id == _IS.id)
    wanted = (
        select(_IS.id, _IS.channel, _IS.confidential, _IS.dead_at, _IS.trouble)
        .where(
            _IS.workspace_id == workspace,
            _IS.dead_at.is_not(None),
            _IS.trouble != NOTHING_LEFT,
            is_whole,
        )
        .order_by(_IS.dead_at.desc(), _IS.id.desc())
    )
    return _stuck(session, wanted)


def held_up(session: Session, workspace: int, now: datetime) -> list[Stuck]:
    """What waits though its time has come, or though it was tried; the earliest said first."""
    wanted = (
        select(_IS.id, _IS.channel, _IS.confidential, _IS.created_at, _IS.trouble)
        .where(
            _IS.workspace_id == workspace,
            _IS.due_at.is_not(None),
            or_(_IS.due_at <= now, _IS.trouble != ""),
        )
        .order_by(_IS.id.desc())
    )
    return _stuck(session, wanted)


def _stuck(session: Session, wanted: Select[Any]) -> list[Stuck]:
    found = [Stuck(*row) for row in plainly(session).execute(wanted.limit(MOST))]
    return sorted(found, key=lambda one: one.id)


def addressees(session: Session, workspace: int, channels: Sequence[str]) -> dict[str, Addressee]:
    """Whom these are, by Slack's ids; who is not known is left out."""
    found: dict[str, Addressee] = {}
    for start in range(0, len(channels), CHUNK):
        some = list(channels[start : start + CHUNK])
        rooms = select(_CHANNEL.slack_id, _CHANNEL.name, _CHANNEL.is_private).where(
            _CHANNEL.workspace_id == workspace, _CHANNEL.slack_id.in_(some)
        )
        people = (
            select(_NAME.value, _PERSON.name)
            .join_from(table_of(Identity), table_of(PersonRow), _PERSON.id == _NAME.person_id)
            .where(_NAME.workspace_id == workspace, _NAME.kind == "slack", _NAME.value.in_(some))
        )
        for slack_id, name, is_private in plainly(session).execute(rooms):
            found[slack_id] = Addressee(f"#{name}", is_private)
        for slack_id, name in plainly(session).execute(people):
            found[slack_id] = Addressee(name)
    return found


def retry(session: Session, workspace: int, messages: Sequence[int], now: datetime) -> None:
    """Let these go once more, in the order in which they were said. Where an earlier attempt may
    have arrived it is looked for first, as ever.
    """
    again = {"dead_at": None, "refused": False, "tries": 0, "due_at": now}
    for start in range(0, len(messages), CHUNK):
        some = _IS.id.in_(messages[start : start + CHUNK])
        mine = (_IS.workspace_id == workspace) & _IS.dead_at.is_not(None)
        plainly(session).execute(update(table_of(OutboxRow)).where(mine, some).values(**again))
