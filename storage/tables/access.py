"""Who may do what in a project beyond the usual, and who looked where they may not."""

from typing import ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field

from storage.tables.base import Dated


class GrantRow(Dated, table=True):
    """What somebody may do in a project ("viewer", "editor"); a private one lists people so."""

    __tablename__: ClassVar[str] = "grants"
    __table_args__ = (
        Index("ix_grants_project_id", "project_id", "until"),
        Index("ix_grants_person_id", "person_id", "until"),
    )

    project_id: int = Field(foreign_key="projects.id")
    person_id: int = Field(foreign_key="people.id")
    role: str


class GlassRow(Dated, table=True):
    """An admin who looks into a private project that is not theirs, why, and until when."""

    __tablename__: ClassVar[str] = "broken_glass"
    __table_args__ = (Index("ix_broken_glass_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    person_id: int = Field(foreign_key="people.id")
    reason: str = Field(sa_type=Text)
