"""By which rule a message was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from storage.database import plainly
from storage.tables import OutboxRow, columns

_IS = columns(OutboxRow)


@dataclass(frozen=True, slots=True)
class Said:
    """A message that was sent, with the rule by which it was."""

    key: str
    channel: str
    posted_in: str | None
    sent_at: datetime
    why: Mapping[str, Any]


_SAID = select(_IS.key, _IS.channel, _IS.posted_in, _IS.sent_at, _IS.why).where(
    _IS.workspace_id == bindparam("workspace"), _IS.sent_at.is_not(None)
)
_LAST = (
    _SAID.where(_IS.channel == bindparam("channel"))
    .order_by(_IS.sent_at.desc(), _IS.id.desc())
    .limit(bindparam("most"))
)
_ONE = _SAID.where(_IS.key == bindparam("of"))
_THERE = _SAID.where(_IS.posted_in == bindparam("place"), _IS.ts == bindparam("stands"))


def latest(session: Session, workspace: int, channel: str, most: int) -> list[Said]:
    """The last messages to somebody (by Slack's id), the latest first."""
    asked = {"workspace": workspace, "channel": channel, "most": most}
    return [Said(*row) for row in plainly(session).execute(_LAST, asked)]


def said(session: Session, workspace: int, key: str) -> Said | None:
    row = plainly(session).execute(_ONE, {"workspace": workspace, "of": key}).first()
    return None if row is None else Said(*row)


def standing_at(session: Session, workspace: int, channel: str, ts: str) -> Said | None:
    """The message that stands there in Slack."""
    asked = {"workspace": workspace, "place": channel, "stands": ts}
    row = plainly(session).execute(_THERE, asked).first()
    return None if row is None else Said(*row)
