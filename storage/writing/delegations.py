"""The rows of delegations."""

from bot.changes import DelegationChange, DelegationEnded
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import DelegationRow
from storage.writing.pen import Pen

_ENDING = setting(DelegationRow, "ended_at", "ended_by")


def write(pen: Pen, change: DelegationChange) -> None:
    plain = plainly(pen.session)
    if isinstance(change, DelegationEnded):
        by = pen.actor.person_id
        plain.execute(_ENDING, {"of": change.delegation, "ended_at": pen.now, "ended_by": by})
        return
    row = {
        "workspace_id": pen.workspace_id,
        "person_id": change.person,
        "delegate_id": change.delegate,
        "first_day": change.first_day,
        "last_day": change.last_day,
        "project_id": change.only_in,
        "reason": change.reason,
    }
    plain.execute(adding(DelegationRow), {**row, **pen.recorded()})
