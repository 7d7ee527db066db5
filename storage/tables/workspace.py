"""A workspace, its people, their names elsewhere, its ladder of stages and its channels."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Recorded, Row


class Workspace(Row, table=True):
    """A Slack workspace, or one loaded before any team connected (`team_id` NULL).

    `revision` is the number of its last audit line, `head` that line's hash.
    """

    __tablename__: ClassVar[str] = "workspaces"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    enterprise_id: str = ""
    team_id: str | None = None
    name: str = ""
    revision: int = 0
    head: str = ""
    meta: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)


class PersonRow(Row, table=True):
    __tablename__: ClassVar[str] = "people"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    name: str
    first_name: str = ""
    job_title: str = ""
    role: str = ""
    timezone: str = "UTC"
    active: bool = True
    left_on: date | None = None
    is_bot: bool = False
    is_admin: bool = False
    is_slack_admin: bool = False
    in_standups: bool = False


class Identity(Row, table=True):
    """A person's name elsewhere: kind is slack, email, github, mlflow, wandb, neptune …"""

    __tablename__: ClassVar[str] = "identities"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "value"),
        Index("ix_identities_person_id", "person_id"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    person_id: int = Field(foreign_key="people.id")
    kind: str
    value: str


class LadderRow(Row, table=True):
    """A stage of the workspace's default ladder."""

    __tablename__: ClassVar[str] = "ladder"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    title: str
    question: str = ""
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0


class ChannelRow(Row, table=True):
    """A Slack channel that Charter has met, or whose name a document gave."""

    __tablename__: ClassVar[str] = "channels"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        Index("ix_channels_workspace_id_name", "workspace_id", "name"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    slack_id: str | None = None
    name: str
    is_private: bool = False
    is_shared: bool = False


class DelegationRow(Recorded, table=True):
    """Somebody acting for somebody else, by days (both included)."""

    __tablename__: ClassVar[str] = "delegations"
    __table_args__ = (UniqueConstraint("person_id", "delegate_id", "first_day"),)

    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    person_id: int = Field(foreign_key="people.id")
    delegate_id: int = Field(foreign_key="people.id")
    first_day: date
    last_day: date
