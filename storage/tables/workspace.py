"""A workspace, its people, their names elsewhere, its ladder of stages and its channels."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, Text, UniqueConstraint, text
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Recorded, Row


class Workspace(Row, table=True):
    """A Slack workspace, or one loaded before any team connected (`team_id` NULL).

    `revision` is the number of its last audit line, `head` that line's hash. `circles` counts the
    changes of who is in its private channels, of which there are no lines. `held_since`: Charter
    was taken away and came back, so that nothing is sent by the clock until an admin says so.
    `homes_revision` and `homes_circles` are how far these two were looked at for whose Home they
    touch. `deleted_at`: its rows are being deleted, and no team finds it any more.
    """

    __tablename__: ClassVar[str] = "workspaces"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    enterprise_id: str = ""
    team_id: str | None = None
    name: str = ""
    revision: int = 0
    head: str = ""
    circles: int = 0
    homes_revision: int = 0
    homes_circles: int = 0
    meta: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    held_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PersonRow(Row, table=True):
    """Somebody the workspace knows: from Slack, from a document, or from outside.

    An outside person (`is_outside`, of a `company`) has no Slack account here and is never
    messaged. `is_guest` is a guest of Slack's. `merged_into` is the person whom this one turned out
    to be. `erased_at`: the name was taken away on request. `work_days` counts Monday as 0; None is
    the usual week. `quiet_from` and `quiet_until` ("18:00") are the person's own time.
    `unreachable_since`: Slack lets Charter write them no direct messages. `timezone` is Slack's
    word, `own_zone` theirs, which goes before it; `zone_since` is when it changed last.
    `holiday_region` ("DE-BY") is the one whose public holidays they have: empty, they have not
    said; "none", no holidays. `no_reminders`: they want none in standups.
    """

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
    is_outside: bool = False
    company: str = ""
    is_guest: bool = False
    merged_into: int | None = None
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    work_days: list[int] | None = Field(default=None, sa_type=JSON)
    quiet_from: str = ""
    quiet_until: str = ""
    unreachable_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    own_zone: str = ""
    zone_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    holiday_region: str = ""
    no_reminders: bool = False


class Identity(Row, table=True):
    """A person's name elsewhere: kind is slack, email, github, mlflow, wandb, neptune …

    `account` is what the service calls the account itself, which stays when its name changes, as
    far as it was told: machine state, and no fact of the charter.
    """

    __tablename__: ClassVar[str] = "identities"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "value"),
        Index("ix_identities_person_id", "person_id"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    person_id: int = Field(foreign_key="people.id")
    kind: str
    value: str
    account: str | None = None


class LadderRow(Row, table=True):
    """A stage of the workspace's default ladder. `removed_at`: new projects begin without it."""

    __tablename__: ClassVar[str] = "ladder"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    title: str
    question: str = ""
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int = 0
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ChannelRow(Row, table=True):
    """A Slack channel that Charter has met, or whose name a document gave.

    `lets_strangers_ask`: an admin lets Charter answer there though other organisations are in it.
    `members_at` says when Slack last told who is in a private one. `gone_since`: it was deleted,
    archived, or Charter was taken out of it; `gone_why` says which.
    """

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
    lets_strangers_ask: bool = False
    members_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gone_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gone_why: str = ""


class ChannelMemberRow(Row, table=True):
    """Somebody who is in a private channel, as Slack last told; no fact of the charter."""

    __tablename__: ClassVar[str] = "channel_members"
    __table_args__ = (
        UniqueConstraint("channel_id", "slack_id"),
        Index("ix_channel_members_slack_id", "slack_id"),
    )

    channel_id: int = Field(foreign_key="channels.id")
    slack_id: str


class UserGroupRow(Row, table=True):
    """A Slack user group and who is in it (`users`, Slack's ids), as Slack last told; no fact of
    the charter.
    """

    __tablename__: ClassVar[str] = "user_groups"
    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    slack_id: str
    handle: str
    users: list[str] = Field(default_factory=list, sa_type=JSON)


class DelegationRow(Recorded, table=True):
    """Somebody acting for somebody else, by days (both included), everywhere or in one project.

    `ended_at`: it was called off then, before its last day.
    """

    __tablename__: ClassVar[str] = "delegations"
    __table_args__ = (Index("ix_delegations_person_id", "person_id", "last_day"),)

    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    person_id: int = Field(foreign_key="people.id")
    delegate_id: int = Field(foreign_key="people.id")
    first_day: date
    last_day: date
    project_id: int | None = None
    reason: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: int | None = None


class RoleRow(Dated, table=True):
    """A job role of the workspace's catalogue, where it differs from the one that Charter ships.

    `stages` are keys of the ladder that it usually holds, `works_with` keys of other roles.
    `is_gone`: a role that Charter ships and this workspace has no use for.
    """

    __tablename__: ClassVar[str] = "roles"
    __table_args__ = (Index("ix_roles_workspace_id", "workspace_id", "until"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    title: str
    does: str = Field(default="", sa_type=Text)
    stages: list[str] = Field(default_factory=list, sa_type=JSON)
    works_with: list[str] = Field(default_factory=list, sa_type=JSON)
    is_gone: bool = False


class SettingRow(Dated, table=True):
    """A setting of the workspace, as an admin set it over time."""

    __tablename__: ClassVar[str] = "settings"
    __table_args__ = (
        Index(
            "uq_settings_open",
            "workspace_id",
            "name",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    name: str
    value: str = Field(sa_type=Text)
