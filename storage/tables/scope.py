"""What a project is for."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Recorded


class ScopeRow(Dated, table=True):
    """One field of a project's scope: a text, or the lines of a list."""

    __tablename__: ClassVar[str] = "scope_fields"
    __table_args__ = (Index("ix_scope_fields_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    name: str
    value: str = Field(sa_type=Text)


class MetricRow(Dated, table=True):
    """One version of a success metric; `measured` tells how it is measured."""

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
    measured: str = Field(default="", sa_type=Text)


class ScopeEditRow(Recorded, table=True):
    """One cell of the scope that a version of it changed: a field, a part of a metric, a link."""

    __tablename__: ClassVar[str] = "scope_edits"
    __table_args__ = (Index("ix_scope_edits_project_id", "project_id", "version"),)

    project_id: int = Field(foreign_key="projects.id")
    version: int
    cell: str = Field(sa_type=Text)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)


class LinkRow(Dated, table=True):
    __tablename__: ClassVar[str] = "links"
    __table_args__ = (Index("ix_links_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    title: str
    url: str
    position: int = 0


class DocumentRow(Dated, table=True):
    """When what lies at an address among a project's links is to be looked through, and which item
    it is about.
    """

    __tablename__: ClassVar[str] = "documents"
    __table_args__ = (Index("ix_documents_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    url: str
    review: date | None = None
    item_key: str | None = None


class StakeholderRow(Dated, table=True):
    __tablename__: ClassVar[str] = "stakeholders"
    __table_args__ = (Index("ix_stakeholders_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    person_id: int = Field(foreign_key="people.id")
    position: int = 0


class DecisionRow(Recorded, table=True):
    """A decision kept from the team's talk, numbered within its project: a number tells
    nothing of projects that somebody may not see.

    `channel` and `ts` are the message that it was kept from, `author_id` who wrote that.
    `withdrawn_at`: it holds no more, as `withdrawn_by` says.
    """

    __tablename__: ClassVar[str] = "decisions"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index("ix_decisions_message", "workspace_id", "channel", "ts"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    project_id: int = Field(foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    number: int
    text: str = Field(sa_type=Text)
    permalink: str = ""
    channel: str = ""
    ts: str = ""
    author_id: int | None = None
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_by: int | None = None
    withdrawn_because: str = Field(default="", sa_type=Text)


class MilestoneRow(Recorded, table=True):
    """A milestone. Its `baseline` is the first date that it was given, and never changes."""

    __tablename__: ClassVar[str] = "milestones"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    project_id: int = Field(foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    key: str
    title: str
    baseline: date
    met_on: date | None = None
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ForecastRow(Dated, table=True):
    """When a milestone is expected, as told over time: the lines of the slip ledger."""

    __tablename__: ClassVar[str] = "forecasts"
    __table_args__ = (Index("ix_forecasts_project_id", "project_id", "milestone_id"),)

    project_id: int = Field(foreign_key="projects.id")
    milestone_id: int = Field(foreign_key="milestones.id")
    due: date
    reason: str = Field(default="", sa_type=Text)


class RaidRow(Dated, table=True):
    """What was said of a risk, assumption, issue or dependency (`kind`), numbered by its kind
    within its project, from `since` on. `told_for`: of this day it was told that it has gone by.
    """

    __tablename__: ClassVar[str] = "raid"
    __table_args__ = (Index("ix_raid_project_id", "project_id", "kind", "number"),)

    project_id: int = Field(foreign_key="projects.id")
    kind: str
    number: int
    text: str = Field(sa_type=Text)
    item_id: int | None = Field(default=None, foreign_key="items.id")
    owner_id: int | None = Field(default=None, foreign_key="people.id")
    likelihood: str = ""
    impact: str = ""
    mitigation: str = Field(default="", sa_type=Text)
    due: date | None = None
    closed: bool = False
    because: str = Field(default="", sa_type=Text)
    told_for: date | None = None


class SignOffRow(Dated, table=True):
    """A version of the scope that somebody (`set_by`) signed off.

    It is stale once `fingerprint`, of what was material in that version, is another than now.
    """

    __tablename__: ClassVar[str] = "sign_offs"
    __table_args__ = (Index("ix_sign_offs_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    scope_version: int
    fingerprint: str


class VerdictRow(Dated, table=True):
    """Whether a project is worth doing ("go", "no-go"), as decided at the framing gate, and why."""

    __tablename__: ClassVar[str] = "verdicts"
    __table_args__ = (Index("ix_verdicts_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    verdict: str
    reason: str = Field(sa_type=Text)


class ReviewRow(Recorded, table=True):
    """Somebody asked whether what is written of a project is still true.

    `person_id` was asked at `recorded_at`; `answered_at` is when they said so.
    """

    __tablename__: ClassVar[str] = "reviews"
    __table_args__ = (Index("ix_reviews_project_id", "project_id"),)

    project_id: int = Field(foreign_key="projects.id")
    person_id: int | None = Field(default=None, foreign_key="people.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
