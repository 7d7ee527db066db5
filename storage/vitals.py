"""How all workspaces stand, in a few numbers: what waits, since when, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from storage.database import plainly
from storage.outbox import NOTHING_LEFT
from storage.tables import OutboxRow, ScheduleRow, Workspace, columns

_MESSAGE = columns(OutboxRow)
_SCHEDULE = columns(ScheduleRow)
_WORKSPACE = columns(Workspace)


@dataclass(frozen=True, slots=True)
class Vitals:
    """`messages_since` and `slots_since`: since when the one has waited that has waited longest,
    among those whose time has come; None where none has. What was given up counts as far as there
    is anything to mend.
    """

    workspaces: int
    messages: int
    messages_since: datetime | None
    given_up: int
    slots: int
    slots_since: datetime | None


_SERVED = select(_WORKSPACE.id).where(
    _WORKSPACE.deleted_at.is_(None), _WORKSPACE.held_since.is_(None)
)


def read(session: Session, now: datetime) -> Vitals:
    """Of workspaces that are served: what waits in one that Charter was taken out of is to wait."""
    plain = plainly(session)
    served = select(func.count()).select_from(_SERVED.subquery())
    messages = select(func.count(), func.min(_MESSAGE.due_at)).where(
        _MESSAGE.due_at <= now, _MESSAGE.workspace_id.in_(_SERVED)
    )
    given_up = select(func.count(_MESSAGE.id)).where(
        _MESSAGE.dead_at.is_not(None),
        _MESSAGE.trouble != NOTHING_LEFT,
        _MESSAGE.workspace_id.in_(_SERVED),
    )
    slots = select(func.count(), func.min(_SCHEDULE.next_run_at)).where(
        _SCHEDULE.next_run_at <= now, _SCHEDULE.workspace_id.in_(_SERVED)
    )
    waiting, messages_since = plain.execute(messages).one()
    due, slots_since = plain.execute(slots).one()
    return Vitals(
        workspaces=plain.execute(served).scalar_one(),
        messages=waiting,
        messages_since=messages_since,
        given_up=plain.execute(given_up).scalar_one(),
        slots=due,
        slots_since=slots_since,
    )
