"""Projects, their items, and what is true of these over time."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Row


class ProjectRow(Row, table=True):
    """`version` counts the project's changes; `revision` is the workspace's at the last of them.

    `template` is what it began from; `scope_version` counts the versions of its scope, the latest
    of which was saved at `scope_changed_at`. `is_sample`: made to try Charter out, and gone with
    one click. `review_days`: after so many days somebody is asked whether it is all still true;
    None is the workspace's own. `finished_why`: something was missed, and it is done all the same.
    `group_id`: no project at all, but the standup of that Slack user group in a channel.
    """

    __tablename__: ClassVar[str] = "projects"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_projects_workspace_id_revision", "workspace_id", "revision"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    name: str
    mode: str = "team"
    lead_id: int | None = Field(default=None, foreign_key="people.id")
    private: bool = False
    shows_titles: bool = False
    primary_run_metric: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: int | None = Field(default=None, foreign_key="people.id")
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1
    revision: int = 0
    template: str = ""
    scope_version: int = 0
    scope_changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_sample: bool = False
    review_days: int | None = None
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_why: str = ""
    group_id: str | None = None
    group_handle: str = ""


class MemberRow(Row, table=True):
    """Somebody who may see a private project."""

    __tablename__: ClassVar[str] = "members"
    __table_args__ = (
        UniqueConstraint("project_id", "person_id"),
        Index("ix_members_person_id", "person_id"),
    )

    project_id: int = Field(foreign_key="projects.id")
    person_id: int = Field(foreign_key="people.id")


class BindingRow(Dated, table=True):
    """A project's channel."""

    __tablename__: ClassVar[str] = "bindings"
    __table_args__ = (
        Index("ix_bindings_project_id", "project_id"),
        Index("ix_bindings_channel_id", "channel_id"),
    )

    project_id: int = Field(foreign_key="projects.id")
    channel_id: int = Field(foreign_key="channels.id")


class ItemRow(Row, table=True):
    """A stage or component. `removed_at`: only its history belongs to the project any more."""

    __tablename__: ClassVar[str] = "items"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    project_id: int = Field(foreign_key="projects.id")
    key: str
    kind: str
    title: str
    parent_key: str | None = None
    inherits_raci: bool = False
    position: int = 0
    version: int = 1
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AliasRow(Dated, table=True):
    """A further name of a project (`item_id` NULL) or of an item."""

    __tablename__: ClassVar[str] = "aliases"
    __table_args__ = (Index("ix_aliases_project_id", "project_id"),)

    project_id: int = Field(foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    text: str


class AssignmentRow(Dated, table=True):
    """A RACI letter. Exactly one of person, vacant role, group holds it.

    A vacant seat may know who held it until they left (`was_id`). `message` is the address of the
    Slack message that it was given in or under, where it was one that many can open.

    Two Accountable of one item may not overlap in time: the database itself refuses it, by a
    trigger on SQLite and by an exclusion constraint on PostgreSQL (made by the migration).
    """

    __tablename__: ClassVar[str] = "assignments"
    __table_args__ = (
        CheckConstraint("letter IN ('A', 'R', 'C', 'I')", name="letter"),
        CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN vacant_role IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN group_id IS NULL THEN 0 ELSE 1 END = 1",
            name="holder",
        ),
        CheckConstraint("NOT (letter = 'A' AND group_id IS NOT NULL)", name="group"),
        CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="interval"),
        Index("ix_assignments_item_id", "item_id", "until"),
        Index("ix_assignments_person", "person_id", "until", "project_id", "item_id", "letter"),
        Index("ix_assignments_project_id", "project_id", "until"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    letter: str
    person_id: int | None = Field(default=None, foreign_key="people.id")
    vacant_role: str | None = None
    requisition: str | None = None
    group_id: str | None = None
    group_handle: str | None = None
    was_id: int | None = None
    message: str = ""
    ended_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: int | None = Field(default=None, foreign_key="people.id")


class StatusRow(Dated, table=True):
    __tablename__: ClassVar[str] = "statuses"
    __table_args__ = (
        Index("ix_statuses_item_id", "item_id", "until"),
        Index("ix_statuses_project_id", "project_id", "until"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    status: str
    note: str | None = Field(default=None, sa_type=Text)


class DueRow(Dated, table=True):
    """An item's due date as forecast. The first row's is the baseline."""

    __tablename__: ClassVar[str] = "due_dates"
    __table_args__ = (
        Index("ix_due_dates_item_id", "item_id", "until"),
        Index("ix_due_dates_project_id", "project_id", "until"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    due: date | None = None
