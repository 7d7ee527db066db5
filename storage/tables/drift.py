"""What letters and work disagree about: machine state, found anew each week."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class DriftRow(Row, table=True):
    """A finding (`bot.drift.Finding`), and what became of it. `ended_at`: it is so no more, or may
    be asked again. `own` of `traces` are those of whom it names.
    """

    __tablename__: ClassVar[str] = "drift_findings"
    __table_args__ = (Index("ix_drift_findings_workspace_id", "workspace_id", "ended_at"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    kind: str
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    own: int
    traces: int
    found_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    passed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = ""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
