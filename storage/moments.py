"""When the record began, and the latest moment that anything in it speaks of."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session

from storage.database import plainly
from storage.tables import AuditRow, OutboxRow, ScheduleRow, columns


def span(session: Session) -> tuple[datetime, datetime] | None:
    """The first and the last moment; None for an empty record."""
    plain = plainly(session)
    audit, schedule, message = columns(AuditRow), columns(ScheduleRow), columns(OutboxRow)
    first: datetime | None = plain.execute(select(func.min(audit.at))).scalar()
    if first is None:
        return None
    ends = (audit.at, schedule.ran_at, schedule.missed_at, message.sent_at)
    lasts = [plain.execute(select(func.max(end))).scalar() for end in ends]
    return first, max(last for last in lasts if last is not None)
