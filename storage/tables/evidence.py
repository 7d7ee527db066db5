"""What a document or a source told: standups, pull requests, runs, earlier history."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Recorded


class StandupRow(Recorded, table=True):
    """One person's standup of one day. `state` is posted, missing or out_of_office."""

    __tablename__: ClassVar[str] = "standup_entries"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    person_id: int = Field(foreign_key="people.id")
    day: date
    state: str
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    item_key: str | None = None
    yesterday: str | None = Field(default=None, sa_type=Text)
    today: str | None = Field(default=None, sa_type=Text)
    blocker: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)


class PullRequestRow(Recorded, table=True):
    """A pull request as last seen; the host's own record is the truth of it."""

    __tablename__: ClassVar[str] = "pull_requests"
    __table_args__ = (UniqueConstraint("project_id", "repo", "number"),)

    project_id: int = Field(foreign_key="projects.id")
    repo: str
    number: int
    title: str = ""
    author_id: int | None = Field(default=None, foreign_key="people.id")
    state: str
    review_state: str = ""
    ci_state: str = ""
    item_key: str | None = None
    opened: date | None = None


class RunRow(Recorded, table=True):
    """An experiment run as last seen; the tracker's own record is the truth of it."""

    __tablename__: ClassVar[str] = "runs"
    __table_args__ = (UniqueConstraint("project_id", "tracker", "run_id"),)

    project_id: int = Field(foreign_key="projects.id")
    tracker: str
    run_id: str
    name: str = ""
    author_id: int | None = Field(default=None, foreign_key="people.id")
    state: str
    started: date | None = None
    item_key: str | None = None
    metrics: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class HistoryRow(Recorded, table=True):
    """A change that happened before Charter kept the record, as a document told it."""

    __tablename__: ClassVar[str] = "history"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    day: date
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    item_key: str | None = None
    kind: str
    summary: str = Field(sa_type=Text)
    before: str | None = None
    after: str | None = None
    by_id: int | None = Field(default=None, foreign_key="people.id")
    approved_by_id: int | None = Field(default=None, foreign_key="people.id")
