"""Queries about what became of an item."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from bot.history import Happened, back_dated, reason_in
from bot.people import Delegation
from bot.project import Assignment
from storage.database import plainly
from storage.projects.letters import assignment
from storage.tables import AssignmentRow, AuditRow, AuditTextRow, DelegationRow, columns, table_of

_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)
_HELD = columns(AssignmentRow)
_ACTED = columns(DelegationRow)

_OF_ITEM = (_LINE.workspace_id == bindparam("workspace")) & (_LINE.item_id == bindparam("item"))
_COUNT = select(func.count()).select_from(table_of(AuditRow)).where(_OF_ITEM)
_LINES = (
    select(
        _LINE.at,
        _LINE.actor_id,
        _LINE.surface,
        _LINE.undoes,
        _WORDS.summary,
        _WORDS.change,
    )
    .join_from(
        table_of(AuditRow), table_of(AuditTextRow), _WORDS.audit_id == _LINE.id, isouter=True
    )
    .where(_OF_ITEM)
    .order_by(_LINE.seq.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skipped"))
)
_LETTERS = select(table_of(AssignmentRow)).where(_HELD.item_id == bindparam("item"))
_LETTERS_OF = (
    select(table_of(AssignmentRow))
    .where(_HELD.project_id == bindparam("project"))
    .order_by(_HELD.id)
)
_STOOD = (
    select(
        _ACTED.person_id,
        _ACTED.delegate_id,
        _ACTED.first_day,
        _ACTED.last_day,
        _ACTED.project_id,
        _ACTED.id,
    )
    .where(
        _ACTED.workspace_id == bindparam("workspace"),
        _ACTED.ended_at.is_(None) | (_ACTED.ended_at > bindparam("at", type_=_ACTED.ended_at.type)),
    )
    .order_by(_ACTED.id)
)


def count(session: Session, workspace: int, item: int) -> int:
    """How many lines the record has about an item."""
    found = plainly(session).execute(_COUNT, {"workspace": workspace, "item": item})
    return int(found.scalar_one())


def lines(
    session: Session, workspace: int, item: int, most: int, skipped: int
) -> Sequence[Happened]:
    """What happened to an item, the latest first."""
    asked = {"workspace": workspace, "item": item, "most": most, "skipped": skipped}
    return [
        Happened(
            at=row.at,
            by=row.actor_id,
            through=row.surface,
            what=row.summary or "",
            reason=reason_in(row.change or ""),
            since=back_dated(row.change or "", row.at),
            is_undo=row.undoes is not None,
        )
        for row in plainly(session).execute(_LINES, asked)
    ]


def letters(session: Session, item: int) -> Sequence[Assignment]:
    """Every letter of an item that the record has, over or not."""
    found = plainly(session).execute(_LETTERS, {"item": item}).mappings()
    return [assignment(row) for row in found]


def letters_of(session: Session, project: int) -> dict[int, list[Assignment]]:
    """The same of every item of a project, by the item."""
    found: dict[int, list[Assignment]] = {}
    for row in plainly(session).execute(_LETTERS_OF, {"project": project}).mappings():
        found.setdefault(row["item_id"], []).append(assignment(row))
    return found


def delegations_at(session: Session, workspace: int, moment: datetime) -> tuple[Delegation, ...]:
    """Who was to act for whom, as it stood at a moment: what was called off later counts."""
    found = plainly(session).execute(_STOOD, {"workspace": workspace, "at": moment})
    return tuple(Delegation(*row) for row in found)
