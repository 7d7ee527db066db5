"""The sketches cache: how very many projects stand, kept while they stay as they are.

A digest of all projects needs of most of them no more than a sketch (`bot.digests.outlook`), which
is a few hundred bytes. Only those that moved are read again, a few at a time: the next digest costs
what has changed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from typing import Protocol

from cachetools import LRUCache
from sqlmodel import Session

from bot.digests import Window, findings
from bot.digests.outlook import Sketch, sketch
from bot.lint import Ground, checked
from bot.lint.holders import LATELY
from bot.people import Delegation, Person
from bot.project import Project
from bot.spelling import folded
from bot.waivers import Waiver
from handlers.service.burdens import Burdens
from handlers.service.snapshots import MANY, Key, Known, Snapshots, few_of, forget
from storage import digests, evidence, waivers
from storage.evidence import Stamp

KEPT_SKETCHES = 30_000
"""Sketches kept per process; one is about 3 kB."""

People = Mapping[int, Person]


class Scene(Protocol):
    """What of a workspace sketches are made in (`WorkspaceFacts`)."""

    @property
    def workspace(self) -> int: ...
    @property
    def people(self) -> People: ...
    @property
    def projects(self) -> Mapping[int, Known]: ...
    @property
    def delegations(self) -> tuple[Delegation, ...]: ...


@dataclass(frozen=True, slots=True)
class _Given:
    """A delegation as rules take it on a day: one that will begin, holds, or ended lately."""

    delegation: Delegation
    holds: bool
    is_over: bool
    delegate: Person | None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a sketch hangs on besides its project and people, and which moves no version."""

    waivers: tuple[Waiver, ...]
    shipping: frozenset[int]
    stamp: Stamp
    metric: str
    highers: tuple[tuple[str, bool], ...]
    inside: frozenset[int]
    guests: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sketch of a project at a version, as of `at`, until a letter begins or ends (`until`)."""

    version: int
    at: datetime
    until: datetime | None
    people: People
    given: tuple[_Given, ...]
    beside: _Beside
    sketch: Sketch


class Sketches:
    """The sketches of projects, by workspace and id. Thread-safe."""

    def __init__(self, snapshots: Snapshots, burdens: Burdens) -> None:
        self._snapshots = snapshots
        self._burdens = burdens
        self._lock = Lock()
        self._reading: dict[int, Lock] = {}
        self._kept: LRUCache[Key, _Kept] = LRUCache(KEPT_SKETCHES)

    def of(
        self,
        session: Session,
        scene: Scene,
        keys: Sequence[int],
        at: datetime,
        today: date,
        stamps: Mapping[int, Stamp],
    ) -> dict[int, Sketch]:
        """The sketches of open projects, as the rules find them `today`."""
        ask = _Asked(session, scene, keys, at, today, stamps)
        found = self._found(ask, keys)
        missing = [key for key in keys if key not in found]
        if not missing:
            return found
        with self._lock:
            reading = self._reading.setdefault(scene.workspace, Lock())
        with reading:  # of a workspace one thread reads, and the others wait for it
            found |= self._found(ask, missing)
            missing = [key for key in missing if key not in found]
            for some in few_of(missing):
                made = dict(self._made(ask, some, keep=len(missing) <= MANY))
                with self._lock:
                    self._kept.update((ask.whose(key), one) for key, one in made.items())
                found |= {key: one.sketch for key, one in made.items()}
        return {key: found[key] for key in keys}

    def _found(self, ask: "_Asked", keys: Sequence[int]) -> dict[int, Sketch]:
        with self._lock:
            kept = {key: one for key in keys if (one := self._kept.get(ask.whose(key)))}
            held = {key: one for key, one in kept.items() if ask.holds(key, one)}
            for key, one in held.items():
                if one.people is not ask.scene.people:
                    self._kept[ask.whose(key)] = replace(one, people=ask.scene.people)
        return {key: one.sketch for key, one in held.items()}

    def forget(self, workspace: int) -> None:
        """Keep none of that workspace."""
        with self._lock:
            forget(self._kept, workspace)

    def _made(
        self, ask: "_Asked", some: Sequence[int], *, keep: bool
    ) -> Iterator[tuple[int, _Kept]]:
        projects, people = ask.scene.projects, ask.scene.people
        read = self._snapshots.read(
            ask.session, projects, some, ask.at, keep=None if keep else False
        )
        self._burdens.learn(read, projects, people)
        linked = evidence.by_project(ask.session, [key for key in some if key in ask.stamps])
        for key, (when, one) in read.items():
            beside = ask.beside(key)
            made = sketch(
                one.project,
                people,
                checked(ask.ground(one.project, beside), beside.waivers, findings.TOLD),
                linked.get(key, ()),
                beside.metric,
                dict(beside.highers),
                Window(ask.at, ask.at, "UTC"),
            )
            given = ask.given(key, made.people)
            yield (
                key,
                _Kept(projects[key].version, when, one.good_until, people, given, beside, made),
            )


class _Asked:
    """What is known without reading the projects, in as many statements for many as for few."""

    def __init__(
        self,
        session: Session,
        scene: Scene,
        keys: Sequence[int],
        at: datetime,
        today: date,
        stamps: Mapping[int, Stamp],
    ) -> None:
        self.session, self.scene, self.at, self.stamps = session, scene, at, stamps
        self._today = today
        self._waived = waivers.waived(session, keys)
        self._shipping = waivers.with_runs(session, keys)
        self._aims = digests.aims(session, keys)
        directions = digests.directions(session, scene.workspace)
        self._highers = tuple(
            sorted((folded(name), way == "max") for name, way in directions.items())
        )
        self._given = [
            _Given(one, one.covers(today), one.end < today, scene.people.get(one.delegate))
            for one in scene.delegations
            if today - one.end <= LATELY
        ]
        self._everybody = dict.fromkeys(scene.people, 1)
        self._turned: dict[int, tuple[People, frozenset[int]]] = {}

    def whose(self, key: int) -> Key:
        return self.scene.workspace, key

    def holds(self, key: int, kept: _Kept) -> bool:
        """Whether a sketch is what would be made anew."""
        fresh = kept.until is None or self.at < kept.until
        return (
            kept.version == self.scene.projects[key].version
            and kept.at <= self.at
            and fresh
            and self._same_people(kept)
            and kept.beside == self.beside(key)
            and kept.given == self.given(key, kept.sketch.people)
        )

    def _same_people(self, kept: _Kept) -> bool:
        return self._turned_since(kept.people).isdisjoint(kept.sketch.people)

    def _turned_since(self, before: People) -> frozenset[int]:
        """Who is not as they were, or is not there; found once, and kept together with how all of
        them were, so that nobody else's come to have the same id meanwhile.
        """
        people = self.scene.people
        if before is people:
            return frozenset()
        if id(before) not in self._turned:
            both = before.keys() | people.keys()
            turned = frozenset(key for key in both if before.get(key) != people.get(key))
            self._turned[id(before)] = before, turned
        return self._turned[id(before)][1]

    def beside(self, key: int) -> _Beside:
        known = self.scene.projects[key]
        waived = self._waived.get(key, ())
        return _Beside(
            tuple(one for one in waived if self._today <= one.last_day),
            self._shipping.get(key, frozenset()),
            self.stamps.get(key, Stamp()),
            self._aims.get(key, ""),
            self._highers,
            known.inside,
            known.guests,
        )

    def given(self, key: int, people: Collection[int]) -> tuple[_Given, ...]:
        """The delegations of these people in a project."""
        if not self._given:
            return ()
        return tuple(
            one
            for one in self._given
            if one.delegation.project in (None, key) and one.delegation.person in people
        )

    def ground(self, project: Project, beside: _Beside) -> Ground:
        """With everybody over the limit of rows: who is, is told of a day (`Sketch.known`)."""
        return Ground(
            project=project,
            people=self.scene.people,
            today=self._today,
            sees=project.visible_to,
            delegations=self.scene.delegations,
            load=self._everybody,
            load_limit=0,
            shipping=beside.shipping,
        )
