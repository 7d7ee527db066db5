"""What happens by the clock, what is to stand in Slack, and what other servers said last.

Machine state: none of it is a fact of the charter, so the ledger does not write it.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import UtcDateTime
from storage.tables.base import Row


class ScheduleRow(Row, table=True):
    """Something that comes again and again.

    `ran_at` and `missed_at` are the last slots that were kept, and that were found too late.
    """

    __tablename__: ClassVar[str] = "schedules"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_schedules_workspace_id_next_run_at", "workspace_id", "next_run_at"),
        Index("ix_schedules_workspace_id_subject", "workspace_id", "subject", "kind"),
        Index("ix_schedules_person_id", "person_id", "kind"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    kind: str
    subject: int
    person_id: int | None = Field(default=None, foreign_key="people.id")
    recurrence: dict[str, Any] = Field(sa_type=JSON)
    next_run_at: datetime = Field(sa_type=UtcDateTime)
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ran_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    missed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UptimeRow(Row, table=True):
    """A time in which somebody kept the clock, to the minute; between two of them nobody did."""

    __tablename__: ClassVar[str] = "uptimes"
    __table_args__ = (Index("ix_uptimes_workspace_id_until", "workspace_id", "until"),)

    workspace_id: int = Field(foreign_key="workspaces.id")
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)


class MissedRow(Row, table=True):
    """A slot of a schedule that somebody waited for, and that was found too late.

    `key`, `kind` and `subject` are those of the schedule, `person_id` is whom it was about.
    """

    __tablename__: ClassVar[str] = "missed_slots"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key", "slot"),
        Index("ix_missed_slots_workspace_id_slot", "workspace_id", "slot"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    kind: str
    subject: int
    person_id: int | None = Field(default=None, foreign_key="people.id")
    slot: datetime = Field(sa_type=UtcDateTime)
    found_at: datetime = Field(sa_type=UtcDateTime)


class OutboxRow(Row, table=True):
    """A message that is to stand in Slack, known by its key.

    `version` counts the contents that were wanted, `sent_version` is the one that stands there.
    `due_at` says when to send; NULL: nothing is to be done. `begun_at` is set while it is not known
    whether an attempt arrived. `dead_at` is set where it was given up, and `refused` where that is
    Slack's last word. `channel` is a channel's id or a person's; `ts` and `posted_in` are what
    Slack gave to the posted message. A `confidential` one tells of a private project, so that
    its channel is looked at anew before. `under` is the key of the message whose thread it is in.
    `why` says by which rule it goes to whom, and `is_unasked` that it counts as the one message a
    day that somebody did not ask for. With a `file` (its name) it is no message but that file,
    called `text`; what is in it is enclosed.
    """

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index("ix_outbox_workspace_id_due_at", "workspace_id", "due_at"),
        Index(
            "ix_outbox_waiting",
            "workspace_id",
            "channel",
            "id",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_outbox_workspace_id_channel_sent_at", "workspace_id", "channel", "sent_at"),
        Index("ix_outbox_workspace_id_about", "workspace_id", "about"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    key: str
    channel: str
    about: str = ""
    under: str | None = None
    thread_ts: str | None = None
    confidential: bool = False
    text: str = Field(sa_type=Text)
    blocks: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1
    sent_version: int = 0
    ts: str | None = None
    posted_in: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    trouble: str = ""
    dead_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    refused: bool = False
    why: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    is_unasked: bool = False
    file: str = ""


class EnclosureRow(Row, table=True):
    """What is in a file that waits to be shared; it goes as soon as the file is. `export` is what
    is kept of an export once its readers have it.
    """

    __tablename__: ClassVar[str] = "enclosures"

    outbox_id: int = Field(foreign_key="outbox.id", unique=True)
    content: bytes = Field(sa_type=LargeBinary)
    export: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class HomeRow(Row, table=True):
    """A Home tab that somebody has opened, as it was drawn last (`shown_at`).

    `leans` are the projects that it tells of, `turned` the pages it is turned to, `digest` is of
    all that it says, and `hash` is Slack's mark of it. `due_at` says when to draw it anew; while
    somebody does (until `lease_until`), it says whether to do so once more.
    """

    __tablename__: ClassVar[str] = "homes"
    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        Index("ix_homes_workspace_id_due_at", "workspace_id", "due_at"),
        Index("ix_homes_person_id", "person_id"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    person_id: int = Field(foreign_key="people.id")
    slack_id: str
    opened_at: datetime = Field(sa_type=UtcDateTime)
    shown_at: datetime = Field(sa_type=UtcDateTime)
    leans: list[int] = Field(default_factory=list, sa_type=JSON)
    turned: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    digest: str = ""
    hash: str = ""
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str | None = None
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EtagRow(SQLModel, table=True):
    """What a server answered last, and the mark by which it says that nothing has changed since.

    `key` is a digest of the credential, the address and what was accepted: an answer given to one
    credential is never shown to another.
    """

    __tablename__: ClassVar[str] = "etags"

    key: str = Field(primary_key=True)
    etag: str
    body: str = Field(sa_type=Text)
    stored_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ThreadRow(SQLModel, table=True):
    """What was asked last in a thread, for a while: what is asked next may lean on it.

    `thread` is empty for a direct message as a whole.
    """

    __tablename__: ClassVar[str] = "threads"

    workspace_id: int = Field(primary_key=True, foreign_key="workspaces.id")
    channel: str = Field(primary_key=True)
    thread: str = Field(primary_key=True)
    question: str = Field(sa_type=Text)
    asked_at: datetime = Field(sa_type=UtcDateTime, index=True)
