"""What is to stand in Slack: a row that is known by its key, and told again where it changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row as Result
from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session

from storage.database import plainly
from storage.statements import adding
from storage.tables import OutboxRow, columns, table_of

_TABLE = table_of(OutboxRow)
_IS = columns(OutboxRow)

CHUNK = 500
"""Subjects in one question."""
NO_RULE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """A message as it is wanted, since `said_at`, and where it stands (`ts` None: not yet).

    `is_dead`: it is not tried any more; `refused`: Slack does not take it, and never will.
    """

    id: int
    key: str
    about: str
    channel: str
    thread_ts: str | None
    text: str
    blocks: list[dict[str, Any]]
    confidential: bool
    said_at: datetime
    ts: str | None
    posted_in: str | None
    is_dead: bool
    refused: bool


_KEYED = select(_TABLE).where(
    _IS.workspace_id == bindparam("workspace"), _IS.key == bindparam("of")
)


def say(
    session: Session,
    workspace: int,
    key: str,
    channel: str,
    text: str,
    blocks: Sequence[dict[str, Any]],
    now: datetime,
    *,
    under: str | None = None,
    thread_ts: str | None = None,
    about: str = "",
    confidential: bool = False,
    why: Mapping[str, Any] = NO_RULE,
    due: datetime | None = None,
) -> None:
    """Let a message stand in a channel (or, by a person's Slack id, in their DM).

    The first time it is posted: in the thread `thread_ts`, or `under` the message of that key. Told
    again with other words it is edited where it stands; with the same words nothing happens. One
    that Slack refused is not tried again, one that was given up while Slack was away is.
    `confidential`: it tells of a private project. In the place of what tells of one, what does not
    is tried again also after a refusal: the channel may have been opened. `why` says by which rule
    it is sent; it is sent at `due`, else now.
    """
    known = keyed(session, workspace, key)
    if known is not None:
        say_anew(session, known, text, blocks, now, confidential=confidential)
        return
    row = {
        "workspace_id": workspace,
        "key": key,
        "channel": channel,
        "under": under,
        "thread_ts": thread_ts,
        "text": text,
        "blocks": list(blocks),
        "about": about,
        "confidential": confidential,
        "why": dict(why),
        "created_at": now,
        "due_at": due or now,
    }
    plainly(session).execute(adding(OutboxRow), row)


def say_anew(
    session: Session,
    known: Standing,
    text: str,
    blocks: Sequence[dict[str, Any]],
    now: datetime,
    *,
    confidential: bool = False,
) -> None:
    """`say` a message that was read already: costs nothing where it is wanted so as it is."""
    content = {"text": text, "blocks": list(blocks), "confidential": confidential}
    differs = any(getattr(known, name) != value for name, value in content.items())
    is_less = known.ts is not None and known.confidential and not confidential
    if (known.refused and not is_less) or not (differs or known.is_dead):
        return
    anew = {"dead_at": None, "refused": False, "tries": 0} if known.is_dead else {}
    plainly(session).execute(
        update(_TABLE)
        .where(_IS.id == known.id)
        .values(**content, **anew, version=_IS.version + 1, due_at=func.coalesce(_IS.due_at, now))
    )


def about(session: Session, workspace: int, subject: str) -> list[Standing]:
    """Every message about a subject, the earliest first."""
    return about_each(session, workspace, [subject]).get(subject, [])


def about_each(
    session: Session, workspace: int, subjects: Sequence[str]
) -> dict[str, list[Standing]]:
    """Every message about each of these, the earliest first; up to `CHUNK` by one question."""
    found: dict[str, list[Standing]] = {}
    for start in range(0, len(subjects), CHUNK):
        mine = _IS.about.in_(subjects[start : start + CHUNK])
        asked = select(_TABLE).where(_IS.workspace_id == workspace, mine).order_by(_IS.id)
        for row in plainly(session).execute(asked):
            found.setdefault(row.about, []).append(_standing(row))
    return found


def keyed(session: Session, workspace: int, key: str) -> Standing | None:
    row = plainly(session).execute(_KEYED, {"workspace": workspace, "of": key}).first()
    return _standing(row) if row is not None else None


def _standing(row: Result[Any]) -> Standing:
    return Standing(
        id=row.id,
        key=row.key,
        about=row.about,
        channel=row.channel,
        thread_ts=row.thread_ts,
        text=row.text,
        blocks=row.blocks,
        confidential=row.confidential,
        said_at=row.created_at,
        ts=row.ts,
        posted_in=row.posted_in,
        is_dead=row.dead_at is not None,
        refused=row.refused,
    )
