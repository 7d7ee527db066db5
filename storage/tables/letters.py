"""What goes on around letters: hand-overs that wait for an answer, and rules that are waived."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Dated, Recorded


class OfferRow(Recorded, table=True):
    """An item's Accountable offered to somebody, who accepts or declines.

    `state` is one of `bot.project.OfferState`. Until it is accepted, `from_id` answers for it. One
    that `to_id` made is a request, which `from_id` accepts. `letters` are all that go with it; they
    are held from `since` on, or (NULL) from the answer on. `reminded_at`: who has to answer was
    told again.
    """

    __tablename__: ClassVar[str] = "offers"
    __table_args__ = (
        Index(
            "uq_offers_open",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_offers_project_id", "project_id", "state"),
        Index("ix_offers_to_id", "to_id", "state"),
    )

    project_id: int = Field(foreign_key="projects.id")
    item_id: int = Field(foreign_key="items.id")
    from_id: int | None = Field(default=None, foreign_key="people.id")
    to_id: int = Field(foreign_key="people.id")
    letters: str = "A"
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = "open"
    note: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: int | None = Field(default=None, foreign_key="people.id")
    answer: str = Field(default="", sa_type=Text)
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WaiverRow(Dated, table=True):
    """A rule of the linter that is not to be applied to an item (or, NULL, a project), why, and up
    to which day.
    """

    __tablename__: ClassVar[str] = "waivers"
    __table_args__ = (Index("ix_waivers_project_id", "project_id", "until"),)

    project_id: int = Field(foreign_key="projects.id")
    item_id: int | None = Field(default=None, foreign_key="items.id")
    rule: str
    reason: str = Field(sa_type=Text)
    last_day: date
