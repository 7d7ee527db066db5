"""Messages that have not reached Slack: they wait, or were given up."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Messages for one place, none of their words: since when the first of them is held, and why.

    `numbers` are what they are called by, `mend` is what can be done about it.
    """

    place: str
    since: datetime
    why: str
    numbers: tuple[int, ...]
    mend: str = ""


@dataclass(frozen=True, slots=True)
class OutboxShown:
    """What waits, and what was given up, as far as somebody may know of it; `retried` of the latter
    were let go once more just now.
    """

    waiting: tuple[Held, ...]
    given_up: tuple[Held, ...]
    retried: int = 0
