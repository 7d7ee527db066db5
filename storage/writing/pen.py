"""Who holds the pen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.people import Actor


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, when, into which workspace's record, within which transaction."""

    session: Session
    actor: Actor
    now: datetime
    workspace_id: int

    def recorded(self) -> dict[str, Any]:
        """The columns that say when, by whom and from where, for a row written now."""
        return {
            "recorded_at": self.now,
            "set_by": self.actor.person_id,
            "source": self.actor.surface.value,
        }
