"""Files that are to be shared: each a row of the outbox, with what is in it beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select
from sqlmodel import Session

from storage.database import plainly
from storage.statements import adding, adding_for_keys
from storage.tables import EnclosureRow, OutboxRow, columns, table_of

_IS = columns(EnclosureRow)
_CONTENT = select(_IS.content).where(_IS.outbox_id == bindparam("of"))
_EXPORT = select(_IS.export).where(_IS.outbox_id == bindparam("of"))
_FILE = "/file"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that is to be shared in the thread of a message (by its key) of the same channel.

    `export` is what is to be kept of it once its readers have it.
    """

    under: str
    channel: str
    name: str
    title: str
    content: bytes
    export: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    confidential: bool = False
    why: Mapping[str, Any] = field(default_factory=dict)


def above(key: str) -> str:
    """The key of the message in whose thread a file is, by the file's own."""
    return key.removesuffix(_FILE)


def enclose(session: Session, workspace: int, file: Enclosed, now: datetime) -> None:
    """Let a file be shared; its message is said already."""
    row = {
        "workspace_id": workspace,
        "key": f"{file.under}{_FILE}",
        "channel": file.channel,
        "under": file.under,
        "text": file.title,
        "blocks": [],
        "about": file.about,
        "confidential": file.confidential,
        "why": dict(file.why),
        "file": file.name,
        "created_at": now,
        "due_at": now,
    }
    plain = plainly(session)
    key = plain.execute(adding_for_keys(OutboxRow), [row]).scalar_one()
    enclosed = {"outbox_id": key, "content": file.content, "export": dict(file.export)}
    plain.execute(adding(EnclosureRow), enclosed)


def content(session: Session, parcel: int) -> bytes | None:
    """What is in the file that a row of the outbox is; None where that is gone."""
    found: bytes | None = plainly(session).execute(_CONTENT, {"of": parcel}).scalar()
    return found


def export(session: Session, parcel: int) -> Mapping[str, Any]:
    """What is to be kept of it; empty where that is nothing."""
    return plainly(session).execute(_EXPORT, {"of": parcel}).scalar() or {}


def let_go(session: Session, parcels: Sequence[int] | Select[Any]) -> None:
    """It is shared, or never will be."""
    plainly(session).execute(delete(table_of(EnclosureRow)).where(_IS.outbox_id.in_(parcels)))
