"""The record of changes, and what must happen once."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime
from storage.tables.base import Row


class AuditRow(Row, table=True):
    """One line of the record: who did what, where, when. Never changed, never deleted.

    `digest` is over the text beside it and its salt, `hash` over this line and the one before.
    """

    __tablename__: ClassVar[str] = "audit"
    __table_args__ = (
        UniqueConstraint("workspace_id", "seq"),
        Index("ix_audit_item_id", "item_id", "version"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    seq: int
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: int | None = Field(default=None, foreign_key="people.id")
    surface: str
    action: str
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    version: int = 0
    undoes: int | None = None
    digest: str
    before_hash: str
    hash: str


class AuditTextRow(SQLModel, table=True):
    """The words of an audit line; they may be erased without breaking the chain.

    `redacted_by` is the number of the later line by which a person was erased, where these words
    stand in the place of others: that line holds the digest of what they are now.
    """

    __tablename__: ClassVar[str] = "audit_texts"

    audit_id: int = Field(primary_key=True, foreign_key="audit.id")
    salt: str
    summary: str = Field(sa_type=Text)
    change: str = Field(sa_type=Text)
    redacted_by: int | None = None


class ClaimRow(SQLModel, table=True):
    """Something that must happen once, whoever gets there first."""

    __tablename__: ClassVar[str] = "claims"

    key: str = Field(primary_key=True)
    owner: str
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
