"""How all workspaces stand, in a few numbers: what waits, since when, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from storage.database import plainly
from storage.tables import OutboxRow, ScheduleRow, Workspace, columns, table_of

_MESSAGE = columns(OutboxRow)
_SCHEDULE = columns(ScheduleRow)
_WORKSPACE = columns(Workspace)


@dataclass(frozen=True, slots=True)
class Vitals:
    """`messages_since` and `slots_since`: since when the one has waited that has waited longest,
    among those whose time has come; None where none has.
    """

    workspaces: int
    messages: int
    messages_since: datetime | None
    given_up: int
    slots: int
    slots_since: datetime | None


def read(session: Session, now: datetime) -> Vitals:
    """Of workspaces that Charter was taken out of, too: nothing is sent there until it is back."""
    plain = plainly(session)
    messages = plain.execute(
        select(func.count(), func.min(_MESSAGE.due_at)).where(_MESSAGE.due_at <= now)
    ).one()
    given_up = plain.execute(
        select(func.count()).select_from(table_of(OutboxRow)).where(_MESSAGE.dead_at.is_not(None))
    )
    slots = plain.execute(
        select(func.count(), func.min(_SCHEDULE.next_run_at)).where(_SCHEDULE.next_run_at <= now)
    ).one()
    there = plain.execute(
        select(func.count()).select_from(table_of(Workspace)).where(_WORKSPACE.deleted_at.is_(None))
    )
    return Vitals(there.scalar_one(), messages[0], messages[1], given_up.scalar_one(), *slots)
