"""A blocker that carries over from one standup to the next, and what is said of it each time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RECORDED, WRITTEN = "blocker/", "said/"
"""What begins the key of one that the record has, and of one that stands in an answer alone."""


class Verdict(StrEnum):
    """What somebody says of a blocker of theirs; OPEN where they say nothing."""

    OPEN = "open"
    STILL = "still"
    RESOLVED = "resolved"
    HANDED = "handed"


@dataclass(frozen=True, slots=True)
class Carried:
    """A blocker as it stood when somebody answered. `key` is the same from time to time.

    `item` is what it blocks, None the project at large; `since` is the day on which it began and
    `age` its working days by then, None from before the record. `times`: so often it was said to
    be there still, since it began; `told`: whoever is accountable was told so.
    """

    key: str
    text: str
    item: int | None = None
    since: date | None = None
    age: int | None = None
    verdict: Verdict = Verdict.OPEN
    times: int = 0
    told: bool = False

    @property
    def is_written(self) -> bool:
        return self.key.startswith(WRITTEN)

    @property
    def blocker(self) -> int:
        """Its id in the record; 0 where it is not there."""
        return 0 if self.is_written else int(self.key.removeprefix(RECORDED))

    @property
    def is_open(self) -> bool:
        return self.verdict in {Verdict.OPEN, Verdict.STILL}
