"""What the record knows of somebody's own work in some projects, in as many statements for one
project as for many.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlmodel import Session

from storage.audit import Entry
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.tables import AuditRow, AuditTextRow, BlockerRow, columns, table_of

_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)
_BLOCKER = columns(BlockerRow)
_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)
_OF_OTHERS = ("RolesChanged", "DecisionWithdrawn")
"""What may be about somebody's own work although somebody else did it."""

_DEEDS = (
    select(
        _LINE.seq,
        _LINE.at,
        _LINE.actor_id,
        _LINE.action,
        _LINE.project_id,
        _LINE.item_id,
        _LINE.version,
        _LINE.undoes,
        _WORDS.summary,
        _WORDS.change,
    )
    .join_from(table_of(AuditRow), table_of(AuditTextRow), _WORDS.audit_id == _LINE.id)
    .where(
        _LINE.workspace_id == bindparam("workspace"),
        _LINE.seq > bindparam("revision"),
        _LINE.at > bindparam("since", type_=UtcDateTime()),
        _LINE.project_id.in_(_PROJECTS),
        _LINE.action.in_(bindparam("actions", expanding=True)),
        or_(
            _LINE.actor_id == bindparam("person"),
            _LINE.action.in_(_OF_OTHERS),
            _LINE.undoes.is_not(None),
        ),
    )
    .order_by(_LINE.seq)
)
_RAISED = select(_BLOCKER.id).where(
    _BLOCKER.project_id.in_(_PROJECTS),
    _BLOCKER.until.is_(None),
    _BLOCKER.set_by == bindparam("person"),
)


def deeds(
    session: Session,
    workspace: int,
    person: int,
    projects: Sequence[int],
    revision: int,
    since: datetime,
    actions: Sequence[str],
) -> list[Entry]:
    """Lines of the record of these projects after a revision and a moment, oldest first: what
    somebody did, what others did that may be about it, and whatever was undone. Not those whose
    words were erased.
    """
    asked = {
        "workspace": workspace,
        "person": person,
        "projects": list(projects),
        "revision": revision,
        "since": since,
        "actions": list(actions),
    }
    return [Entry(**row) for row in plainly(session).execute(_DEEDS, asked).mappings()]


def raised(session: Session, person: int, projects: Sequence[int]) -> frozenset[int]:
    """The open blockers of these projects that somebody raised themselves, by their ids."""
    asked = {"person": person, "projects": list(projects)}
    return frozenset(plainly(session).execute(_RAISED, asked).scalars())
