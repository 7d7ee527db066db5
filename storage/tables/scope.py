"""What a project is for."""

from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import Dated, Recorded


class ScopeRow(Dated, table=True):
    """One field of a project's scope: a text, or the lines of a list."""

    __tablename__: ClassVar[str] = "scope_fields"
    __table_args__ = (Index("ix_scope_fields_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    name: str
    value: str = Field(sa_type=Text)


class MetricRow(Dated, table=True):
    """One version of a success metric."""

    __tablename__: ClassVar[str] = "metrics"
    __table_args__ = (Index("ix_metrics_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    name: str
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    higher: bool
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    current: float | None = None
    updated: date | None = None
    position: int = 0


class LinkRow(Dated, table=True):
    __tablename__: ClassVar[str] = "links"
    __table_args__ = (Index("ix_links_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    title: str
    url: str
    position: int = 0


class StakeholderRow(Dated, table=True):
    __tablename__: ClassVar[str] = "stakeholders"
    __table_args__ = (Index("ix_stakeholders_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    person_id: int = Field(foreign_key="people.id")
    position: int = 0


class DecisionRow(Recorded, table=True):
    """A decision kept from the team's talk, numbered within its workspace."""

    __tablename__: ClassVar[str] = "decisions"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    project_id: int = Field(foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    number: int
    text: str = Field(sa_type=Text)
    permalink: str = ""
