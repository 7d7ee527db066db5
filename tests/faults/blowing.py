"""One fault, from a quiet town to what came of it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import WSGIApplication

from tests.faults.load import Load, Told, until, writing
from tests.faults.town import Town, prepared, told_most, town
from tests.support.postgres import Postgres, running

QUIET = 1.0
"""Seconds of load before and after a fault, at a scale of 1."""
RECOVERS_WITHIN = 90.0
DELIVERS_WITHIN = 200.0
"""Leases run out after a minute; what was in a dying hand is looked for then, and sent."""
DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = 60
"""

Blow = Callable[["Scene"], None]


@dataclass(slots=True)
class Scene:
    """What a fault is brought about in."""

    town: Town
    load: Load
    server: Postgres | None
    database: Path | None
    """The SQLite file."""
    scale: float = 1.0
    """How much longer it lasts than in the short form."""
    note: str = ""

    def let_write(self, seconds: float) -> None:
        time.sleep(seconds * self.scale)


@dataclass(frozen=True, slots=True)
class Fault:
    """`promised` is what stands in docs/reliability.md; `most_silent`: so many who write may be
    left without a word, since who was to tell them is dead.
    """

    name: str
    promised: str
    blow: Blow
    kind: str = "sqlite"
    replicas: int = 1
    most_silent: int = 0
    projects: int = 0
    """How many there are besides the one in which people write."""
    place: Callable[[Path], Iterator[Path]] | None = None
    between: Callable[[WSGIApplication], WSGIApplication] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of it. `lost` were told to be done and are not on record, `unsent` and `doubled`
    are messages, `broken` lines of the record, `odd` is what was said that says nothing to do.
    """

    done: int
    again: int
    silent: int
    odd: tuple[str, ...]
    lost: int
    unsent: int
    doubled: int
    broken: int
    traces: tuple[str, ...]
    slowest: float
    recovered: float
    said: str
    note: str

    def is_well(self, fault: Fault) -> bool:
        amiss = (self.lost, self.unsent, self.doubled, self.broken, self.odd, self.traces)
        return not any(amiss) and self.silent <= fault.most_silent and self.done > 0


@contextmanager
def stored(fault: Fault, folder: Path) -> Iterator[tuple[str, Postgres | None, Path | None]]:
    """A migrated database for it: its URL, and its server or file."""
    if fault.kind == "postgresql":
        with running(DURABLE) as server:
            yield prepared(server.create("faults")), server, None
        return
    home = contextmanager(fault.place)(folder) if fault.place else None
    if home is None:
        file = folder / "charter.db"
        yield prepared(f"sqlite:///{file}"), None, file
        return
    with home as where:
        file = where / "charter.db"
        yield prepared(f"sqlite:///{file}"), None, file


def weathered(fault: Fault, folder: Path, *, messages: int, scale: float) -> Measured:
    """Let a fault come over a town that is at work. With `messages` 0 it is not waited for any."""
    with (
        stored(fault, folder) as (url, server, file),
        town(url, folder / "replicas", fault.between) as at,
    ):
        for _ in range(fault.replicas):
            at.bear()
        at.begin()
        at.found(fault.projects)
        at.put(messages)
        with writing(at) as load:
            time.sleep(QUIET * scale)
            scene = Scene(at, load, server, file, scale)
            fault.blow(scene)
            recovered = until(_one_more_done(load), RECOVERS_WITHIN)
            time.sleep(QUIET * scale)
        if messages:
            at.arrived(messages, DELIVERS_WITHIN)
        return _measured(at, load, messages, recovered, scene.note)


def _one_more_done(load: Load) -> Callable[[], bool]:
    before = load.counts[Told.DONE]
    return lambda: load.counts[Told.DONE] > before


def _measured(at: Town, load: Load, messages: int, recovered: float, note: str) -> Measured:
    heard = at.heard()
    return Measured(
        done=load.counts[Told.DONE],
        again=load.counts[Told.AGAIN],
        silent=load.counts[Told.NOTHING],
        odd=tuple(load.odd),
        lost=len(load.of(Told.DONE) - at.names()),
        unsent=messages - len(heard) if messages else 0,
        doubled=sum(times - 1 for times in heard.values()),
        broken=at.broken(),
        traces=tuple(at.traces()),
        slowest=load.slowest,
        recovered=recovered,
        said=told_most(load.words),
        note=note,
    )
