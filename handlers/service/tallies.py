"""The tallies cache: how much every project has of each sort, kept while the projects stay as they
are.

What a question over all projects counts is a few hundred bytes a project, so that all of them are
kept where their snapshots are not. After a change only the projects that moved are read again, and
those whose letters began or ended by themselves, or whose people left.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from threading import Lock

from sqlmodel import Session

from bot.people import Person
from bot.qa.tallies import Tallies, Tally
from handlers.service.facts import WorkspaceFacts
from handlers.service.snapshots import MANY, Snapshots


@dataclass(frozen=True, slots=True)
class _Counted:
    """Tallies as of some facts. `read` tells of each project at which version it was counted, and
    from when until when that holds; all of them hold from `begin` up to `end`.
    """

    facts: WorkspaceFacts
    tallies: Tallies
    read: Mapping[int, "_Read"]
    begin: datetime
    end: datetime | None

    def holds(self, facts: WorkspaceFacts, at: datetime) -> bool:
        return self.facts is facts and self.begin <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class _Read:
    version: int
    at: datetime
    until: datetime | None

    def holds(self, version: int, at: datetime) -> bool:
        fresh = self.until is None or at < self.until
        return self.version == version and self.at <= at and fresh


class TallyCache:
    """Tallies per workspace. Thread-safe: one thread counts, and the others wait for it."""

    def __init__(self, snapshots: Snapshots) -> None:
        self._snapshots = snapshots
        self._lock = Lock()
        self._renewing: dict[int, Lock] = {}
        self._counted: dict[int, _Counted] = {}

    def current(self, session: Session, facts: WorkspaceFacts, at: datetime) -> Tallies:
        """The tallies of all projects that are not archived, as of these facts, at `at`."""
        with self._lock:
            renewing = self._renewing.setdefault(facts.workspace, Lock())
        with renewing:
            held = self._counted.get(facts.workspace)
            if held is not None and held.holds(facts, at):
                return held.tallies
            made = self._renewed(session, facts, held, at)
            if held is None or held.facts.revision <= facts.revision:
                self._counted[facts.workspace] = made
            return made.tallies

    def forget(self, workspace: int) -> None:
        """Keep none of that workspace."""
        self._counted.pop(workspace, None)

    def _renewed(
        self, session: Session, facts: WorkspaceFacts, held: _Counted | None, at: datetime
    ) -> _Counted:
        live = {key: known for key, known in facts.projects.items() if not known.archived}
        read = dict(held.read) if held else {}
        turned = _turned(held.facts.people, facts.people) if held else frozenset()
        stale = [
            key
            for key, known in live.items()
            if key not in read
            or not read[key].holds(known.version, at)
            or (held and turned and not turned.isdisjoint(held.tallies.by_project[key].people))
        ]
        gone = read.keys() - live.keys()
        for key in gone:
            del read[key]
        made: list[Tally] = []
        for key, one, tally in self._tallied(session, facts, stale, at):
            read[key] = one
            made.append(tally)
        tallies = (held.tallies if held else Tallies()).replaced(made, gone)
        ends = (one.until for one in read.values() if one.until is not None)
        begins = (one.at for one in read.values())
        return _Counted(facts, tallies, read, max(begins, default=at), min(ends, default=None))

    def _tallied(
        self, session: Session, facts: WorkspaceFacts, keys: list[int], at: datetime
    ) -> Iterator[tuple[int, _Read, Tally]]:
        """A few projects at a time, so that many take no more room than these."""
        rest = iter(keys)
        while some := list(islice(rest, MANY)):
            keep = len(keys) <= MANY
            found = self._snapshots.read(session, facts.projects, some, at, keep=keep)
            for key, (when, one) in found.items():
                read = _Read(facts.projects[key].version, when, one.good_until)
                yield key, read, Tally.of(one.project, facts.people)


def _turned(before: Mapping[int, Person], now: Mapping[int, Person]) -> frozenset[int]:
    """The people who left or came back in between."""
    if before is now:
        return frozenset()
    both = before.keys() | now.keys()
    return frozenset(key for key in both if _is_here(before, key) != _is_here(now, key))


def _is_here(people: Mapping[int, Person], key: int) -> bool | None:
    return people[key].active if key in people else None
