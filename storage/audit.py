"""The hash chain of the record: how a line is sealed, and how the whole is verified.

A line's hash covers its ids and a salted digest of its words. The words live beside the line and
may be erased: the chain still verifies, while a changed word, a changed line, a missing or an added
line is named.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from storage.tables import AuditRow, AuditTextRow, Workspace

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """One spelling for one value, so that a digest can be computed again."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_spelled
    )


def _spelled(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    raise TypeError(f"no spelling for {type(value).__name__}")


def digest(salt: str, summary: str, change: str) -> str:
    return hashlib.sha256(canonical([salt, summary, change]).encode()).hexdigest()


def seal(line: AuditRow) -> str:
    """The hash of a line, over everything in it but the database's own key."""
    sealed = [
        line.before_hash,
        line.workspace_id,
        line.seq,
        line.at.astimezone(UTC).isoformat(),
        line.actor_id,
        line.surface,
        line.action,
        line.project_id,
        line.item_id,
        line.version,
        line.undoes,
        line.digest,
    ]
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of the record that does not stand, by workspace and number."""

    workspace: int
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found: lines read, lines whose words were erased, and faults."""

    lines: int
    erased: int
    faults: tuple[Fault, ...]


def verify(session: Session) -> Verified:
    """Walk every workspace's chain; constant memory."""
    lines = erased = 0
    faults: list[Fault] = []
    for workspace in session.exec(select(Workspace).order_by(col(Workspace.id))).all():
        assert workspace.id is not None
        seq, head = 0, GENESIS
        for line, text in _chain(session, workspace.id):
            lines += 1
            erased += text is None
            faults.extend(
                Fault(workspace.id, line.seq, what) for what in _faults(line, text, seq, head)
            )
            seq, head = line.seq, line.hash
        if (seq, head) != (workspace.revision, workspace.head or GENESIS):
            faults.append(
                Fault(workspace.id, workspace.revision, "the end of the record is missing")
            )
    return Verified(lines, erased, tuple(faults))


def _chain(session: Session, workspace: int) -> Iterator[tuple[AuditRow, AuditTextRow | None]]:
    found = session.exec(
        select(AuditRow, AuditTextRow)
        .join(AuditTextRow, col(AuditTextRow.audit_id) == col(AuditRow.id), isouter=True)
        .where(AuditRow.workspace_id == workspace)
        .order_by(col(AuditRow.seq)),
        execution_options={"yield_per": 500},
    )
    yield from found


def _faults(line: AuditRow, text: AuditTextRow | None, seq: int, head: str) -> Iterator[str]:
    if line.seq != seq + 1:
        yield f"line {seq + 1} is missing" if line.seq > seq + 1 else "the number is repeated"
    elif line.before_hash != head:
        yield "it does not follow the line before"
    if line.hash != seal(line):
        yield "the line was changed"
    if text is not None and line.digest != digest(text.salt, text.summary, text.change):
        yield "its words were changed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit line as somebody reads it; `summary` is empty where the words were erased."""

    seq: int
    at: datetime
    actor_id: int | None
    action: str
    project_id: int | None
    item_id: int | None
    version: int
    undoes: int | None
    summary: str
    change: str


def entry(session: Session, workspace: int, seq: int) -> Entry | None:
    return next(iter(_entries(session, workspace, AuditRow.seq == seq)), None)


def since_version(session: Session, workspace: int, item: int, version: int) -> list[Entry]:
    """What happened to an item after it was at `version`, oldest first."""
    return _entries(session, workspace, AuditRow.item_id == item, AuditRow.version > version)


def of_project_since(session: Session, workspace: int, project: int, version: int) -> list[Entry]:
    """What happened to a project itself (not to its items) after it was at `version`."""
    return _entries(
        session,
        workspace,
        AuditRow.project_id == project,
        col(AuditRow.item_id).is_(None),
        AuditRow.version > version,
    )


def between(session: Session, workspace: int, first: int, last: int) -> list[Entry]:
    """The lines from `first` to `last`, both included."""
    return _entries(session, workspace, AuditRow.seq >= first, AuditRow.seq <= last)


def of_items_after(session: Session, workspace: int, items: Sequence[int], seq: int) -> list[Entry]:
    """What changed of these items after line `seq`, oldest first."""
    return _entries(
        session,
        workspace,
        AuditRow.seq > seq,
        col(AuditRow.item_id).in_(items),
        AuditRow.version > 0,
    )


def after(session: Session, workspace: int, seq: int, actions: Sequence[str]) -> list[Entry]:
    """What happened of these kinds after line `seq`, oldest first."""
    return _entries(session, workspace, AuditRow.seq > seq, col(AuditRow.action).in_(actions))


def undone(session: Session, workspace: int, seq: int) -> bool:
    """Whether line `seq` was taken back already."""
    return bool(_entries(session, workspace, AuditRow.undoes == seq))


def _entries(session: Session, workspace: int, *where: Any) -> list[Entry]:
    found = session.exec(
        select(AuditRow, AuditTextRow)
        .join(AuditTextRow, col(AuditTextRow.audit_id) == col(AuditRow.id), isouter=True)
        .where(AuditRow.workspace_id == workspace, *where)
        .order_by(col(AuditRow.seq))
    )
    return [
        Entry(
            line.seq,
            line.at,
            line.actor_id,
            line.action,
            line.project_id,
            line.item_id,
            line.version,
            line.undoes,
            *_words(text),
        )
        for line, text in found
    ]


def _words(text: AuditTextRow | None) -> tuple[str, str]:
    return (text.summary, text.change) if text is not None else ("", "")
