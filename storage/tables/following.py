"""What is followed where it happens: repositories, experiments, and what of them belongs where."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Row


class AttachRuleRow(Dated, table=True):
    """What belongs to a project, as it was set (`bot.attaching.Rule`): one open row (`until` NULL)
    for each stream, kind and pattern. `at_source` is where it happens; `source` is, as everywhere,
    how the row came to be.
    """

    __tablename__: ClassVar[str] = "attach_rules"
    __table_args__ = (
        Index(
            "uq_attach_rules_open",
            "project_id",
            "at_source",
            "stream",
            "by",
            "pattern",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    project_id: int = Field(foreign_key="projects.id")
    item_key: str | None = None
    at_source: str
    stream: str
    kind: str
    url: str
    by: int
    pattern: str = ""


class FollowFilterRow(Dated, table=True):
    """Of which pull requests a project's channel gets cards (`bot.filters`): one open row (`until`
    NULL) for each trait and value.
    """

    __tablename__: ClassVar[str] = "follow_filters"
    __table_args__ = (
        Index(
            "uq_follow_filters_open",
            "project_id",
            "trait",
            "value",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    project_id: int = Field(foreign_key="projects.id")
    trait: str
    value: str = ""
    mode: str


class WatermarkRow(Row, table=True):
    """Up to where the changes of a stream were seen, by its source's clock: machine state.

    `looked_at` is the last time that it answered, `trouble` why it did not since.
    """

    __tablename__: ClassVar[str] = "watermarks"
    __table_args__ = (UniqueConstraint("workspace_id", "source", "stream"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    source: str
    stream: str
    until: datetime = Field(sa_type=UtcDateTime)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str = ""
    trouble_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DeliveryRow(Row, table=True):
    """What a code host (`about`: bot.sources.github.hooks.Touched) or a registry (the same of
    bot.sources.mlflow.hooks) said by itself, once by its id there; looked at anew at `seen_at`.
    """

    __tablename__: ClassVar[str] = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source", "delivery"),
        Index("ix_deliveries_waiting", "workspace_id", "seen_at"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    source: str
    delivery: str
    about: dict[str, Any] = Field(sa_type=JSON)
    received_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PromotionRow(Row, table=True):
    """Which version of a model has held one of its aliases, or a stage: machine state, one open row
    (`until` NULL) for each. `since` NULL: it did already at the first look.
    """

    __tablename__: ClassVar[str] = "promotions"
    __table_args__ = (
        Index(
            "uq_promotions_open",
            "workspace_id",
            "source",
            "model",
            "rank",
            "name",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    source: str
    model: str
    rank: str
    name: str
    version: str
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
