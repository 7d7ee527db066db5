"""What is recorded of gates, and where items stood before they were blocked."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session

from bot.gates import Criterion, Gate, Knows, Tick
from bot.project import Status
from storage.database import plainly
from storage.tables import CriterionRow, StatusRow, TickRow, columns

_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)
_ASKED = columns(CriterionRow)
_TICKED = columns(TickRow)
_STATE = columns(StatusRow)

_CRITERIA = (
    select(_ASKED.item_id, _ASKED.key, _ASKED.kind, _ASKED.text)
    .where(_ASKED.project_id.in_(_PROJECTS), _ASKED.until.is_(None))
    .order_by(_ASKED.id)
)
_TICKS = (
    select(
        _TICKED.item_id,
        _TICKED.criterion,
        _TICKED.set_by,
        _TICKED.since,
        _TICKED.note,
        _TICKED.is_self,
    )
    .where(_TICKED.project_id.in_(_PROJECTS), _TICKED.until.is_(None))
    .order_by(_TICKED.id)
)
_BEFORE = (
    select(_STATE.status)
    .where(_STATE.item_id == bindparam("item"), _STATE.status != Status.BLOCKED.value)
    .order_by(_STATE.id.desc())
    .limit(1)
)


class Gates:
    """The gates of some projects' items."""

    def __init__(self, session: Session, projects: Sequence[int]) -> None:
        plain, asked = plainly(session), {"projects": list(projects)}
        self._own: dict[int, list[Criterion]] = defaultdict(list)
        self._ticks: dict[int, list[Tick]] = defaultdict(list)
        for item, key, kind, text in plain.execute(_CRITERIA, asked):
            self._own[item].append(Criterion(key, Knows(kind), text))
        for item, key, by, at, note, is_self in plain.execute(_TICKS, asked):
            self._ticks[item].append(Tick(key, by, at, note, is_self))

    def of(self, item: int) -> Gate:
        return Gate(tuple(self._own[item]), tuple(self._ticks[item]))


def before_blocked(session: Session, item: int) -> Status:
    """Where an item stood before it was blocked: in progress, if it was never anywhere else."""
    found = plainly(session).execute(_BEFORE, {"item": item}).scalar()
    return Status(found) if found else Status.IN_PROGRESS
