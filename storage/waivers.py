"""Queries for the linter: what is waived, who was asked, and what is on its way to users."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import Session

from bot.waivers import Waiver
from storage.database import plainly
from storage.portions import in_portions
from storage.tables import ConsultationRow, ItemRow, RunRow, WaiverRow, columns, table_of

_WAIVER = columns(WaiverRow)
_ASKED = columns(ConsultationRow)
_RUN = columns(RunRow)
_ITEM = columns(ItemRow)
_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)

_WAIVED = (
    select(
        _WAIVER.project_id,
        _WAIVER.rule,
        _WAIVER.item_id,
        _WAIVER.reason,
        _WAIVER.last_day,
        _WAIVER.id,
        _WAIVER.set_by,
    )
    .where(_WAIVER.project_id.in_(_PROJECTS), _WAIVER.until.is_(None))
    .order_by(_WAIVER.id)
)
_CONSULTED = select(_ASKED.item_id, _ASKED.person_id).where(_ASKED.project_id.in_(_PROJECTS))
_SHIPPING = (
    select(_RUN.project_id, _ITEM.id)
    .distinct()
    .join_from(
        table_of(RunRow),
        table_of(ItemRow),
        (_ITEM.project_id == _RUN.project_id) & (_ITEM.key == _RUN.item_key),
    )
    .where(_RUN.project_id.in_(_PROJECTS), _RUN.unlinked_at.is_(None))
)


def waived(session: Session, projects: Sequence[int]) -> Mapping[int, list[Waiver]]:
    """The waivers of projects that nobody ended, by project; also those that are over."""
    found: dict[int, list[Waiver]] = defaultdict(list)
    for project, *waiver in in_portions(session, _WAIVED, projects):
        found[project].append(Waiver(*waiver))
    return found


def consulted(session: Session, projects: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Who was ever asked about what: (item, person)."""
    found = plainly(session).execute(_CONSULTED, {"projects": list(projects)})
    return frozenset((item, person) for item, person in found)


def with_runs(session: Session, projects: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """The items that an experiment run is linked to, by project."""
    found: dict[int, set[int]] = defaultdict(set)
    for project, item in in_portions(session, _SHIPPING, projects):
        found[project].add(item)
    return {project: frozenset(items) for project, items in found.items()}
