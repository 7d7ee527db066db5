"""Queries about hand-overs that were offered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, or_, select, update
from sqlmodel import Session

from bot import deciding
from bot.changes import HandOverSettled, RolesChanged
from bot.project import Letter, Offer, OfferState
from storage.database import plainly
from storage.projects.letters import offer
from storage.tables import OfferRow, ProjectRow, columns, table_of

_TABLE = table_of(OfferRow)
_IS = columns(OfferRow)
_PROJECT = columns(ProjectRow)

_OPEN = _IS.state == OfferState.OPEN.value
_OF_ITEMS = select(_TABLE).where(_IS.item_id.in_(bindparam("items", expanding=True)), _OPEN)
_OF_WORKSPACE = (
    select(_TABLE)
    .join(table_of(ProjectRow), _PROJECT.id == _IS.project_id)
    .where(_PROJECT.workspace_id == bindparam("workspace"))
)
_ONE = _OF_WORKSPACE.where(_IS.id == bindparam("of"))
_OPEN_ONES = _OF_WORKSPACE.where(_OPEN, _PROJECT.archived_at.is_(None)).order_by(_IS.id)
_WITH = _OPEN_ONES.where(or_(_IS.from_id == bindparam("person"), _IS.to_id == bindparam("person")))
_REMIND = update(_TABLE).where(_IS.id == bindparam("of")).values(reminded_at=bindparam("now"))


def one(session: Session, workspace: int, key: int) -> Offer | None:
    """An offer of this workspace, whatever became of it."""
    row = plainly(session).execute(_ONE, {"workspace": workspace, "of": key}).mappings().first()
    return offer(row) if row is not None else None


def overtaken(session: Session, changes: Sequence[RolesChanged]) -> Sequence[HandOverSettled]:
    """What becomes of open offers when the letters of their items change so."""
    found = {
        change.item: change
        for change in changes
        if any(held.letter is Letter.A for held in (*change.ended, *change.voided))
    }
    if not found:
        return ()
    rows = plainly(session).execute(_OF_ITEMS, {"items": sorted(found)}).mappings()
    settled = (deciding.overtaken(offer(row), found[row["item_id"]]) for row in rows)
    return [one for one in settled if one is not None]


def open_ones(session: Session, workspace: int) -> Sequence[tuple[Offer, datetime | None]]:
    """All that wait for an answer in projects that are not archived; and when they were told
    again.
    """
    found = plainly(session).execute(_OPEN_ONES, {"workspace": workspace}).mappings()
    return [(offer(row), row["reminded_at"]) for row in found]


def of_person(session: Session, workspace: int, person: int) -> Sequence[Offer]:
    """Open offers from somebody or to them."""
    asked = {"workspace": workspace, "person": person}
    return [offer(row) for row in plainly(session).execute(_WITH, asked).mappings()]


def reminded(session: Session, key: int, now: datetime) -> None:
    """Note that who has to answer was told again."""
    plainly(session).execute(_REMIND, {"of": key, "now": now})
