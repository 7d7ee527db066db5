"""How it stands with work: what is in its way, and how it does as a whole."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Light(StrEnum):
    """How a project does, from worst to best."""

    RED = "red"
    AMBER = "amber"
    HOLD = "on_hold"
    GREY = "not_begun"
    GREEN = "green"
    DONE = "done"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def sign(self) -> str:
        """What stands beside the words; never alone."""
        return {"red": "▲", "amber": "◆", "green": "●", "done": "✓", "on_hold": "‖"}.get(self, "○")


@dataclass(frozen=True, slots=True)
class Blocker:
    """What is in an item's way, and whose it is. `id` 0: only the item's status tells of it."""

    id: int
    text: str
    owner: int | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """How a project does as somebody says, whatever is computed."""

    light: Light
    reason: str
    by: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Finish:
    """That a project is done, since when, and why although something was missed."""

    at: datetime
    why: str = ""
