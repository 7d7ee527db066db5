"""What a team does again and again, standups, digests, briefs and files, as set over time."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated


def _one_open(name: str, *names: str, has: str = "", lacks: str = "") -> Index:
    """Of the open rows that have these and lack those, one for each of the columns `names`."""
    told = [f"{one}_id IS NOT NULL" for one in has.split()]
    told += [f"{one}_id IS NULL" for one in lacks.split()]
    where = text(" AND ".join(["until IS NULL", *told]))
    return Index(name, *names, unique=True, sqlite_where=where, postgresql_where=where)


class StandupPlanRow(Dated, table=True):
    """A project's standup as it was set: one open row (`until` NULL) a project.

    `at` ("09:30") and `closes_at` are each person's own time; `report_at` is in `zone`. `days`
    counts Monday as 0. `people` are the ids of those who are in besides the holders of R and A;
    so is who is in the Slack user group `group_id`.
    """

    __tablename__: ClassVar[str] = "standups"
    __table_args__ = (
        Index(
            "uq_standups_open",
            "project_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id", index=True)
    project_id: int = Field(foreign_key="projects.id")
    questions: list[str] = Field(sa_type=JSON)
    days: list[int] = Field(sa_type=JSON)
    at: str
    zone: str
    report_at: str
    channel: str
    people: list[int] = Field(default_factory=list, sa_type=JSON)
    by_stage: bool = False
    closes_at: str | None = None
    reminds: bool = True
    group_id: str | None = None
    group_handle: str = ""


class BriefPlanRow(Dated, table=True):
    """When a channel is briefed, or somebody by direct message (`person_id`; then `channel` is
    empty): one open row (`until` NULL) for each. Days are counted as those of a digest.
    """

    __tablename__: ClassVar[str] = "briefs"
    __table_args__ = (
        Index(
            "uq_briefs_open",
            "workspace_id",
            "channel",
            unique=True,
            sqlite_where=text("until IS NULL AND person_id IS NULL"),
            postgresql_where=text("until IS NULL AND person_id IS NULL"),
        ),
        Index(
            "uq_briefs_own",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    channel: str
    person_id: int | None = Field(default=None, foreign_key="people.id")
    cadence: str
    days: list[int] = Field(sa_type=JSON)
    at: str
    zone: str
    nth: int = 0
    first: date | None = None
    region: str = ""


class ExportPlanRow(Dated, table=True):
    """When a file of a project, or (`project_id` NULL) of all of them, comes by itself: to a
    channel, or to somebody by direct message (`person_id`; then `channel` is empty). One open row
    (`until` NULL) for each of these. Days are counted as those of a digest.
    """

    __tablename__: ClassVar[str] = "export_plans"
    __table_args__ = (
        _one_open("uq_export_plans_all", "workspace_id", "channel", lacks="person project"),
        _one_open(
            "uq_export_plans_one",
            *("workspace_id", "channel", "project_id"),
            has="project",
            lacks="person",
        ),
        _one_open("uq_export_plans_own_all", "person_id", has="person", lacks="project"),
        _one_open("uq_export_plans_own_one", "person_id", "project_id", has="person project"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    channel: str
    person_id: int | None = Field(default=None, foreign_key="people.id")
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    form: str
    cadence: str
    days: list[int] = Field(sa_type=JSON)
    at: str
    zone: str
    nth: int = 0
    first: date | None = None
    heartbeat: bool = False
    region: str = ""


class DigestPlanRow(Dated, table=True):
    """A channel's digest as it was set, or somebody's own (`person_id`; then `channel` is empty):
    one open row (`until` NULL) for each. Without a zone it holds where they are.

    `told_revision` and `told_until` say up to where its readers know the record; they move on with
    each digest and are no fact of the charter. So does `told_findings`, what of the linter they
    know: NULL where it was never looked at. A monthly one comes on the `nth` of the `days` of a
    month (-1: the last), one of every other week is counted from `first`.
    """

    __tablename__: ClassVar[str] = "digests"
    __table_args__ = (
        Index(
            "uq_digests_open",
            "workspace_id",
            "channel",
            unique=True,
            sqlite_where=text("until IS NULL AND person_id IS NULL"),
            postgresql_where=text("until IS NULL AND person_id IS NULL"),
        ),
        Index(
            "uq_digests_own",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    channel: str
    person_id: int | None = Field(default=None, foreign_key="people.id")
    cadence: str
    days: list[int] = Field(sa_type=JSON)
    at: str
    zone: str
    nth: int = 0
    first: date | None = None
    heartbeat: bool = False
    region: str = ""
    told_revision: int = 0
    told_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told_findings: list[str] | None = Field(default=None, sa_type=JSON)
