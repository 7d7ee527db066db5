"""What a document or a source told: standups, pull requests, runs, earlier history."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime
from storage.tables.base import Recorded, Row


class Seen(SQLModel):
    """What polling saw: machine state, beside what was linked by whom (`Recorded`).

    `seen_at` is the last time that the host answered, `changed_at` the last time that it said
    something new, `trouble` why it did not answer since (with `trouble_until`, where the host named
    an end). `details` holds what the columns do not. `unlinked_at`: it does not belong to the
    project any more.
    """

    url: str = ""
    is_polled: bool = False
    unlinked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    trouble: str = ""
    trouble_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class StandupRow(Recorded, table=True):
    """One person's standup of one day (their own) in one project.

    `state` is posted, missing or out_of_office as a document tells it, and asked, skipped or
    nothing_new as well where Charter asked. `answers` are pairs of question and answer; what fits
    the document's own columns stands there too. `blocked_item_id` is what its blocker marked.
    `said` are the lines of the answers, each with what it is about; `withheld` are lines that are
    told nowhere; `draft` what was begun at `drafted_at` and not sent; `carried` are blockers from
    before, and what is said of them now. `typed` are the direct messages that they were typed in.
    `due_at` is when they were to be asked, `asked_at` when they were.
    """

    __tablename__: ClassVar[str] = "standup_entries"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "project_id"),
        Index("ix_standup_entries_project_id_day", "project_id", "day"),
    )

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
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answers: list[list[str]] = Field(default_factory=list, sa_type=JSON)
    blocked_item_id: int | None = Field(default=None, foreign_key="items.id")
    said: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    withheld: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    draft: list[str] = Field(default_factory=list, sa_type=JSON)
    drafted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    carried: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    typed: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class PullRequestRow(Recorded, Seen, table=True):
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


class RunRow(Recorded, Seen, table=True):
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


class PageRow(Row, table=True):
    """A page as last seen, by its `key` at its source: machine state, for all projects that keep
    its address.

    `seen_at` is the last time that the source told of it, `looked_at` the last time that it was
    asked, `trouble` why it did not tell then. `title` is empty where it never did.
    """

    __tablename__: ClassVar[str] = "pages"
    __table_args__ = (UniqueConstraint("workspace_id", "source", "key"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    source: str
    key: str
    url: str
    title: str = Field(default="", sa_type=Text)
    owner: str = ""
    state: str = ""
    edited: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_by: str = ""
    private: bool = True
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    looked_at: datetime = Field(sa_type=UtcDateTime)
    trouble: str = ""
    trouble_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


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
