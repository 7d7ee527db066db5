"""Who is there: the days on which people are away."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Recorded


class AbsenceRow(Recorded, table=True):
    """Somebody's days off where they are, the first and the last included.

    `half` is "day", "morning" or "afternoon". `told` is "said", or "status" for what their status
    in Slack says. `ended_at`: it was called off then; `ended_on` is the day that it was where they
    are, the first of those that count no more.
    """

    __tablename__: ClassVar[str] = "absences"
    __table_args__ = (
        Index("ix_absences_workspace_id_last_day", "workspace_id", "last_day"),
        Index("ix_absences_person_id", "person_id"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    person_id: int = Field(foreign_key="people.id")
    first_day: date
    last_day: date
    half: str = "day"
    told: str = "said"
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_on: date | None = None
    ended_by: int | None = None
