"""The Slack teams that installed Charter by OAuth, and what Charter shows Slack there."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Text, UniqueConstraint
from sqlmodel import Field

from storage.columns import UtcDateTime
from storage.tables.base import Row


class InstallationRow(Row, table=True):
    """Charter in one Slack team: who it is there, and its tokens.

    `sealed` are the tokens, which only a key of the environment opens; empty from `gone_at` on,
    when the team took Charter away. `expires_at` is when the bot token ends, if it does. `change`
    numbers what happened to any installation: whoever saw one number sees by a higher one that
    something is different.
    """

    __tablename__: ClassVar[str] = "installations"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id"),)

    workspace_id: int = Field(foreign_key="workspaces.id", unique=True)
    enterprise_id: str = ""
    team_id: str
    team_name: str = ""
    bot_user: str
    bot: str | None = None
    url: str = ""
    scopes: str = Field(default="", sa_type=Text)
    sealed: str = Field(default="", sa_type=Text)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    installed_at: datetime = Field(sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    change: int = Field(sa_type=BigInteger, index=True)
