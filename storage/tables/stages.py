"""What a stage needs before it is done, what is in its way, and how a project does as a whole."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Recorded


class CriterionRow(Dated, table=True):
    """Something that must be so before an item is done; `kind` says how Charter knows: by a "tick"
    of somebody; "off" takes away one that the stage has by itself.
    """

    __tablename__: ClassVar[str] = "criteria"
    __table_args__ = (Index("ix_criteria_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    key: str
    kind: str
    text: str


class TickRow(Dated, table=True):
    """A criterion that somebody (`set_by`) says is met. `is_self`: it is their own work."""

    __tablename__: ClassVar[str] = "ticks"
    __table_args__ = (Index("ix_ticks_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    criterion: str
    note: str = ""
    is_self: bool = False


class BlockerRow(Dated, table=True):
    """What is in an item's way, and whose it is; open while `until` is NULL.

    `escalated_at`: the Accountable was told that it lasts.
    """

    __tablename__: ClassVar[str] = "blockers"
    __table_args__ = (
        Index("ix_blockers_project_id", "project_id", "until"),
        Index("ix_blockers_item_id", "item_id", "until"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    text: str = Field(sa_type=Text)
    owner_id: int | None = Field(default=None, foreign_key="people.id")
    closed_by: int | None = Field(default=None, foreign_key="people.id")
    resolution: str = Field(default="", sa_type=Text)
    escalated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HealthRow(Dated, table=True):
    """How a project does (green, amber, red) as somebody says, beside what Charter computes."""

    __tablename__: ClassVar[str] = "healths"
    __table_args__ = (Index("ix_healths_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    health: str
    reason: str = Field(sa_type=Text)


class ConsultationRow(Recorded, table=True):
    """One of the Consulted, asked for input once on an occasion ("gate", "blocked").

    `due` is the last day for an answer; `silent_at`: it passed without one.
    """

    __tablename__: ClassVar[str] = "consultations"
    __table_args__ = (
        Index("ix_consultations_item_id", "item_id"),
        Index("ix_consultations_person_id", "person_id", "answered_at"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    person_id: int = Field(foreign_key="people.id")
    occasion: str
    question: str = Field(sa_type=Text)
    due: date
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = Field(default="", sa_type=Text)
    silent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
