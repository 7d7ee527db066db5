"""Projects as they were read: one is kept while its version stands and no letter of it begins or
ends, in as much memory as is set.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any, Protocol

from cachetools import LRUCache
from sqlmodel import Session

from storage import projects

KEPT_ITEMS = 16_000
"""Items of the projects kept per process; one with its letters is about 2.5 kB."""

MANY = 500
"""More projects than these, read at once, push no other out that is kept."""

A_FEW = 200
"""Projects that a pass over very many reads at a time, and lets go of before the next."""

Kept = tuple[datetime, projects.Snapshot]
"""A snapshot, and for which moment it was read."""


Key = tuple[int, int]
"""A workspace, and one of its projects."""


class Known(Protocol):
    """What is known of a project without reading it."""

    @property
    def workspace(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def inside(self) -> frozenset[int]: ...
    @property
    def guests(self) -> frozenset[int]: ...


class Snapshots:
    """The projects of all workspaces, by workspace and id. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: LRUCache[Key, Kept] = LRUCache(KEPT_ITEMS, _size)

    def read(
        self,
        session: Session,
        known: Mapping[int, Known],
        keys: Iterable[int],
        at: datetime,
        *,
        keep: bool | None = None,
    ) -> dict[int, Kept]:
        """Projects as they are at `at`, in the order asked for: what has to be read is read at
        once. `keep` tells whether these may push others out, which many at once do not; with False
        none is kept at all, as a pass needs over more than there is room for.
        """
        wanted = list(keys)
        with self._lock:
            kept = {key: self._kept.get(whose(known, key)) for key in wanted}
        found = {
            key: one
            for key, one in kept.items()
            if one is not None and _is_still(one, known[key].version, at)
        }
        missing = [key for key in wanted if key not in found]
        read = projects.read(session, missing, at) if missing else {}
        now = {key: found[key] if key in found else (at, read[key]) for key in wanted}
        placed = {key: _placed(one, known[key]) for key, one in now.items()}
        if keep is False:
            return placed
        pushes = keep or len(missing) <= MANY
        with self._lock:
            for key, one in placed.items():
                fits = self._kept.currsize + _size(one) <= KEPT_ITEMS
                if one is not kept[key] and (fits or pushes):
                    self._kept[whose(known, key)] = one
        return placed

    def forget(self, workspace: int) -> None:
        """Keep none of that workspace."""
        with self._lock:
            forget(self._kept, workspace)


def whose(known: Mapping[int, Known], project: int) -> Key:
    """A project, as it is kept: with its workspace."""
    return known[project].workspace, project


def forget(kept: MutableMapping[Any, Any], workspace: int) -> None:
    """Drop all that is kept of a workspace, where keys begin with its number."""
    for key in [key for key in kept if key[0] == workspace]:
        del kept[key]


def few_of(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """The keys of a pass, so many at a time that they take no more room than these."""
    for begin in range(0, len(keys), A_FEW):
        yield keys[begin : begin + A_FEW]


def _size(kept: Kept) -> int:
    return min(KEPT_ITEMS, 1 + len(kept[1].project.items))


def _is_still(kept: Kept, version: int, at: datetime) -> bool:
    """Whether what was kept of a project is still true at `at`."""
    read_at, snapshot = kept
    fresh = snapshot.good_until is None or at < snapshot.good_until
    return snapshot.project.version == version and read_at <= at and fresh


def _placed(kept: Kept, known: Known) -> Kept:
    """The same project with those who are about it by now."""
    read_at, snapshot = kept
    project = snapshot.project
    if (project.inside, project.guests) == (known.inside, known.guests):
        return kept
    project = replace(project, inside=known.inside, guests=known.guests)
    return read_at, replace(snapshot, project=project)
