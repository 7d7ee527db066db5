"""How much may be asked within a minute, of one person and of one workspace.

Counted in memory, by the minute of the clock: each replica counts what reaches itself, so that
several together allow more. What is asked too much is not counted against the workspace.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Excess:
    """Somebody asked more than `limit` times within the minute, or their whole workspace did.

    `is_first` says whether they are told: whoever goes on hears nothing more until it is over.
    """

    limit: int
    is_of_workspace: bool
    is_first: bool


class Pace:
    """Counts what is asked. Thread-safe. A limit of 0 is none."""

    def __init__(self, person: int = 0, workspace: int = 0) -> None:
        self._person = person
        self._workspace = workspace
        self._lock = Lock()
        self._minute = 0
        self._asked: Counter[tuple[str, str]] = Counter()
        self._asked_there: Counter[str] = Counter()
        self._told: set[tuple[str, str]] = set()

    def asked(self, workspace: str, person: str, now: datetime) -> Excess | None:
        """Count one more; None where it fits."""
        who = (workspace, person)
        with self._lock:
            self._turn_over(int(now.timestamp()) // MINUTE)
            if self._person and self._asked[who] >= self._person:
                return self._excess(who, self._person, is_of_workspace=False)
            if self._workspace and self._asked_there[workspace] >= self._workspace:
                return self._excess(who, self._workspace, is_of_workspace=True)
            self._asked[who] += 1
            self._asked_there[workspace] += 1
            return None

    def _turn_over(self, minute: int) -> None:
        if minute != self._minute:
            self._minute = minute
            self._asked.clear()
            self._asked_there.clear()
            self._told.clear()

    def _excess(self, who: tuple[str, str], limit: int, *, is_of_workspace: bool) -> Excess:
        is_first = who not in self._told
        self._told.add(who)
        return Excess(limit, is_of_workspace, is_first)
