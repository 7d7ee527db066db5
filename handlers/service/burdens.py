"""The burdens cache: how many open rows each person is accountable for, by project.

What people bear is counted over all projects that a reader sees, for each digest anew: a thousand
digests of one minute would count the same rows a thousand times. A few numbers a project are kept
while it stays as it is, and while the same of its people are there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlmodel import Session

from bot.filling import fills
from bot.load import rows_of
from bot.people import Person
from bot.project import PersonHolder, Project
from handlers.service.snapshots import MANY, Kept, Key, Known, Snapshots, few_of, forget, whose

People = Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class _Borne:
    """The rows of a project at a version, as of the moment `at`, until a letter begins or ends
    (`until`); for these `people`, of whom `holding` hold a letter there, and `gone` have left.
    """

    version: int
    at: datetime
    until: datetime | None
    people: People
    holding: tuple[int, ...]
    gone: frozenset[int]
    rows: Mapping[int, int]

    def holds(self, version: int, people: People, at: datetime) -> bool:
        fresh = self.until is None or at < self.until
        if self.version != version or at < self.at or not fresh:
            return False
        return self.people is people or self.gone == _gone(self.holding, people)


class Burdens:
    """How many open rows each bears, by workspace and project. Thread-safe."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self._lock = Lock()
        self._kept: dict[Key, _Borne] = {}
        self._last: tuple[list[_Borne], Mapping[int, int]] = ([], {})

    def of(
        self,
        session: Session,
        known: Mapping[int, Known],
        people: People,
        keys: Iterable[int],
        at: datetime,
    ) -> Mapping[int, int]:
        """How many open rows each is accountable for in these projects (`bot.load.rows_of`)."""
        wanted = list(keys)
        with self._lock:
            kept = {key: self._kept.get(whose(known, key)) for key in wanted}
        found = {
            key: one if one.people is people else replace(one, people=people)
            for key, one in kept.items()
            if one is not None and one.holds(known[key].version, people, at)
        }
        missing = [key for key in wanted if key not in found]
        keep = len(missing) <= MANY
        for some in few_of(missing):
            read = self._snapshots.read(session, known, some, at, keep=keep)
            found.update(_borne(read, known, people))
        with self._lock:
            self._kept.update(
                (whose(known, key), one) for key, one in found.items() if one is not kept[key]
            )
        return self._sum([found[key] for key in wanted])

    def learn(self, read: Mapping[int, Kept], known: Mapping[int, Known], people: People) -> None:
        """Of projects that somebody else has read, so that they need not be read again."""
        borne = [(whose(known, key), one) for key, one in _borne(read, known, people)]
        with self._lock:
            self._kept.update(borne)

    def forget(self, workspace: int) -> None:
        """Keep nothing of that workspace."""
        with self._lock:
            forget(self._kept, workspace)

    def _sum(self, some: list[_Borne]) -> Mapping[int, int]:
        """All of them together; those of the last time where nothing has moved since."""
        last, known = self._last
        if some == last:
            return known
        total: Counter[int] = Counter()
        for one in some:
            total.update(one.rows)
        self._last = some, total
        return total


def _borne(
    read: Mapping[int, Kept], known: Mapping[int, Known], people: People
) -> Iterator[tuple[int, _Borne]]:
    for key, (when, one) in read.items():
        holding = _holding(one.project)
        gone = _gone(holding, people)
        rows = rows_of([one.project], people)
        yield key, _Borne(known[key].version, when, one.good_until, people, holding, gone, rows)


def _holding(project: Project) -> tuple[int, ...]:
    held = (one.holder for item in project.items for one in item.assignments)
    return tuple(sorted({one.person for one in held if isinstance(one, PersonHolder)}))


def _gone(holding: Iterable[int], people: People) -> frozenset[int]:
    return frozenset(key for key in holding if not fills(PersonHolder(key), people))
