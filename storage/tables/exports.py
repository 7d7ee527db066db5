"""Exports that were made: what stood in them, for whoever changes a file and hands it back."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class ExportRow(Row, table=True):
    """An export by its `code`, which is the same wherever the same stood in it.

    `viewer_id` NULL: of what anybody may see. `project_id` NULL: of all projects. `destination` is
    a channel by Slack's id, BY_ITSELF for what comes to somebody by itself, empty for what they ask
    for. Days in it are those of `zone`, which is empty in what was kept before it was. `at` is when
    it was made last, and `begun_at` when it was made first since another one was made of the same.
    What stood in it is an ExportBaseRow of the same code, as long as there is room.
    """

    __tablename__: ClassVar[str] = "exports"
    __table_args__ = (
        Index("ix_exports_workspace_id_code", "workspace_id", "code"),
        Index("ix_exports_workspace_id_at", "workspace_id", "at"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    code: str
    viewer_id: int | None = Field(default=None, foreign_key="people.id")
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    destination: str = ""
    revision: int
    begun_at: datetime = Field(sa_type=UtcDateTime)
    at: datetime = Field(sa_type=UtcDateTime)
    zone: str = ""


class ExportBaseRow(Row, table=True):
    """What stood in the exports of a `code`, `packed` as `bot.exports.code` does; so many bytes are
    its `size`. `at` is when one was made last.
    """

    __tablename__: ClassVar[str] = "export_bases"
    __table_args__ = (UniqueConstraint("workspace_id", "code"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    code: str
    at: datetime = Field(sa_type=UtcDateTime)
    size: int
    packed: bytes = Field(sa_type=LargeBinary)
