"""Questions that were not answered, or not rightly, and who asked them.

Machine state: none of it is a fact of the charter, so the ledger does not write it. All of it is
deleted a while after a question was asked last.
"""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class OpenQuestionRow(Row, table=True):
    """A question in its normal form (`form`), of a project or (NULL) of none.

    `is_own`: nobody is shown it. `said` are the words that nothing accounted for. `tried` is the
    workspace's revision at which it was asked again last. Once it is settled (`closed_at`), `how`
    is one of `bot.feedback.Settled`, and the same question begins another row.
    """

    __tablename__: ClassVar[str] = "open_questions"
    __table_args__ = (
        Index("ix_open_questions_workspace_id", "workspace_id", "closed_at", "project_id"),
    )

    workspace_id: int = Field(foreign_key="workspaces.id")
    project_id: int | None = Field(default=None, foreign_key="projects.id")
    is_own: bool = False
    form: str
    said: str
    guess: str
    times: int = 1
    opened_at: datetime = Field(sa_type=UtcDateTime)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    tried: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: int | None = Field(default=None, foreign_key="people.id")
    how: str = ""


class AskingRow(Row, table=True):
    """Somebody who asked it, in their latest words; `told_at`: they were told the answer.

    `is_wrong`: they said that an answer was not right. `was` is what that answer came to, and
    `expected` what they had expected.
    """

    __tablename__: ClassVar[str] = "askings"
    __table_args__ = (
        UniqueConstraint("question_id", "person_id"),
        Index("ix_askings_person_id", "person_id"),
    )

    question_id: int = Field(foreign_key="open_questions.id")
    person_id: int = Field(foreign_key="people.id")
    text: str = Field(sa_type=Text)
    is_wrong: bool = False
    was: str = ""
    expected: str = Field(default="", sa_type=Text)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
