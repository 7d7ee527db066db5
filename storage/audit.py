"""The hash chain of the record: how a line is sealed, and how the whole is verified.

A line's hash covers its ids and a salted digest of its words. The words live beside the line and
may be erased: the chain still verifies, while a changed word, a changed line, a missing or an added
line is named. Where a person was erased, words were replaced: the line that says so holds the
digests of what they are now.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from storage.tables import AuditRow, AuditTextRow, ItemRow, ProjectRow, Workspace

GENESIS = "0" * 64
REDACTION = "PersonErased"
"""The action of a line that tells what words are in the place of others."""


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
        allowed = _Redactions(session, workspace.id)
        for line, text in _chain(session, workspace.id):
            lines += 1
            erased += text is None
            faults.extend(
                Fault(workspace.id, line.seq, what)
                for what in _faults(line, text, seq, head, allowed)
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


class _Redactions:
    """The digests of words that were replaced where somebody was erased, by the lines that say so.

    Only those that are asked for are read, each once.
    """

    def __init__(self, session: Session, workspace: int) -> None:
        self._session = session
        self._workspace = workspace
        self._known: dict[int, dict[str, str]] = {}

    def digest(self, text: AuditTextRow, seq: int) -> str | None:
        """What the words of line `seq` must come to; None where no line says so."""
        by = text.redacted_by
        if by is None or by <= seq:
            return None
        if by not in self._known:
            line = entry(self._session, self._workspace, by)
            is_one = line is not None and line.action == REDACTION and line.change
            self._known[by] = json.loads(line.change)["lines"] if line and is_one else {}
        return self._known[by].get(str(seq))


def _faults(
    line: AuditRow, text: AuditTextRow | None, seq: int, head: str, allowed: _Redactions
) -> Iterator[str]:
    if line.seq != seq + 1:
        yield f"line {seq + 1} is missing" if line.seq > seq + 1 else "the number is repeated"
    elif line.before_hash != head:
        yield "it does not follow the line before"
    if line.hash != seal(line):
        yield "the line was changed"
    if text is None:
        return
    wanted = line.digest if text.redacted_by is None else allowed.digest(text, line.seq)
    if wanted != digest(text.salt, text.summary, text.change):
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
    return [_entry(line, text) for line, text in found]


def _entry(line: AuditRow, text: AuditTextRow | None) -> Entry:
    return Entry(
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


def _words(text: AuditTextRow | None) -> tuple[str, str]:
    return (text.summary, text.change) if text is not None else ("", "")


@dataclass(frozen=True, slots=True)
class Told:
    """A line as it is written out whole; project and item by name."""

    entry: Entry
    surface: str
    project: str
    item: str
    hash: str


def told(session: Session, workspace: int) -> Iterator[Told]:
    """The whole record, oldest first; constant memory."""
    found = session.exec(
        select(AuditRow, AuditTextRow, ProjectRow.name, ItemRow.title)
        .join(AuditTextRow, col(AuditTextRow.audit_id) == col(AuditRow.id), isouter=True)
        .join(ProjectRow, col(ProjectRow.id) == col(AuditRow.project_id), isouter=True)
        .join(ItemRow, col(ItemRow.id) == col(AuditRow.item_id), isouter=True)
        .where(AuditRow.workspace_id == workspace)
        .order_by(col(AuditRow.seq)),
        execution_options={"yield_per": 500},
    )
    for line, text, project, item in found:
        yield Told(_entry(line, text), line.surface, project or "", item or "", line.hash)
