"""The facts cache: what is known of a workspace, kept while its revision stands.

One tiny read tells whether anything moved. If so, only the projects that moved are read again, so a
write costs one project, not the workspace, on every replica and with no word between them. A
project itself is read when it is asked for, and kept while its version stands and no letter begins
or ends.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from threading import Lock
from types import MappingProxyType

from cachetools import LRUCache
from sqlmodel import Session

from bot.errors import NotFound
from bot.people import Delegation, Person
from bot.project import Kind, Project
from bot.qa.facts import ItemNames, Names, ProjectNames, Stage
from bot.roles import Catalogue
from bot.spelling import folded
from bot.stages import LadderStage
from storage import directory, people, projects, roles
from storage.directory import Entry

KEPT_PROJECTS = 1000
"""Snapshots kept per process; one of a dozen items is about 30 kB."""

KEPT_REVISIONS = 4
"""Facts kept per workspace: a reader that began before a write still finds what holds for it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the directory says of a project without reading it."""

    id: int
    key: str
    name: str
    lead: int | None
    private: bool
    archived: bool
    version: int
    viewers: frozenset[int]
    channels: tuple[str, ...]
    spellings: frozenset[str]
    names: ProjectNames

    def visible_to(self, person: int | None) -> bool:
        return not self.private or (person is not None and person in self.viewers)


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """A workspace at one revision. Immutable; shared by every thread."""

    workspace: int
    revision: int
    people: Mapping[int, Person]
    by_slack: Mapping[str, Person]
    delegations: tuple[Delegation, ...]
    ladder: tuple[LadderStage, ...]
    roles: Catalogue
    names: Names
    projects: Mapping[int, Known]
    by_channel: Mapping[str, tuple[int, ...]]
    by_spelling: Mapping[str, tuple[int, ...]]


class FactsCache:
    """Facts per workspace, and project snapshots. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._renewing: dict[int, Lock] = {}
        self._facts: dict[int, tuple[WorkspaceFacts, ...]] = {}
        self._projects: LRUCache[int, tuple[datetime, projects.Snapshot]] = LRUCache(KEPT_PROJECTS)

    def current(self, session: Session, workspace: int) -> WorkspaceFacts:
        """The facts as of this transaction. Raises `NotFound` for an unknown workspace.

        Where they must be renewed, one thread does it and the others wait for it: all of them at
        once, after a start, would take many times as long.
        """
        revision = directory.revision(session, workspace)
        if revision < 0:
            raise NotFound("workspace", str(workspace))
        held = self._nearest(workspace, revision)
        if held is not None and held.revision == revision:
            return held
        with self._lock:
            renewing = self._renewing.setdefault(workspace, Lock())
        with renewing:
            held = self._nearest(workspace, revision)
            if held is not None and held.revision == revision:
                return held
            renewed = _renewed(session, workspace, revision, held)
            kept = (renewed, *self._facts.get(workspace, ()))
            newest_first = sorted(kept, key=attrgetter("revision"), reverse=True)
            self._facts[workspace] = tuple(newest_first[:KEPT_REVISIONS])
        return renewed

    def _nearest(self, workspace: int, revision: int) -> WorkspaceFacts | None:
        """The newest facts that are not newer than this revision."""
        kept = self._facts.get(workspace, ())
        return next((facts for facts in kept if facts.revision <= revision), None)

    def project(
        self, session: Session, facts: WorkspaceFacts, project: int, at: datetime
    ) -> Project:
        """A project as it is at `at`, from the cache where that is still true."""
        return self.projects(session, facts, [project], at)[project]

    def projects(
        self, session: Session, facts: WorkspaceFacts, keys: Iterable[int], at: datetime
    ) -> dict[int, Project]:
        """Projects likewise, by id, in the order asked for: what has to be read is read at once."""
        wanted = list(keys)
        with self._lock:
            kept = {key: self._projects.get(key) for key in wanted}
        found = {
            key: known
            for key, one in kept.items()
            if (known := _still(one, facts.projects[key].version, at)) is not None
        }
        missing = [key for key in wanted if key not in found]
        read = projects.read(session, missing, at) if missing else {}
        with self._lock:
            for key, snapshot in read.items():
                self._projects[key] = (at, snapshot)
        return {key: found[key] if key in found else read[key].project for key in wanted}


def _still(
    kept: tuple[datetime, projects.Snapshot] | None, version: int, at: datetime
) -> Project | None:
    """What was kept of a project, where that is still true at `at`."""
    if kept is None:
        return None
    read_at, snapshot = kept
    fresh = snapshot.good_until is None or at < snapshot.good_until
    same = snapshot.project.version == version
    return snapshot.project if same and read_at <= at and fresh else None


def _renewed(
    session: Session, workspace: int, revision: int, held: WorkspaceFacts | None
) -> WorkspaceFacts:
    everyone, ladder, delegations, catalogue = _workspace_wide(session, workspace, held)
    if held is not None and ladder != held.ladder:
        held = None
    moved = directory.moved(session, workspace, held.revision if held else -1)
    rungs = {stage.key: stage for stage in ladder}
    same_people = held is not None and everyone is held.people
    was = held.projects if held else {}
    known = dict(was)
    known.update((entry.id, _known(entry, rungs)) for entry in moved)
    return WorkspaceFacts(
        workspace=workspace,
        revision=revision,
        people=everyone,
        by_slack=(
            held.by_slack
            if held and same_people
            else {person.slack_id: person for person in everyone.values() if person.slack_id}
        ),
        delegations=delegations,
        ladder=ladder,
        roles=catalogue,
        names=_names([known[entry.id].names for entry in moved], everyone, ladder, held),
        projects=known,
        by_channel=_index(
            known, moved, was, held.by_channel if held else {}, attrgetter("channels")
        ),
        by_spelling=_index(
            known, moved, was, held.by_spelling if held else {}, attrgetter("spellings")
        ),
    )


def _names(
    moved: list[ProjectNames],
    everyone: Mapping[int, Person],
    ladder: tuple[LadderStage, ...],
    held: WorkspaceFacts | None,
) -> Names:
    """The index of names: the old one, where nobody and nothing is called otherwise now."""
    if held is None:
        return Names.build(_stages(ladder), everyone.values(), moved)
    same_people = everyone is held.people
    before = (held.projects.get(entry.project_id) for entry in moved)
    changed = [
        entry
        for entry, known in zip(moved, before, strict=True)
        if known is None or known.names != entry
    ]
    if same_people and not changed:
        return held.names
    return held.names.replaced(changed, people=None if same_people else everyone.values())


def _workspace_wide(
    session: Session, workspace: int, held: WorkspaceFacts | None
) -> tuple[Mapping[int, Person], tuple[LadderStage, ...], tuple[Delegation, ...], Catalogue]:
    """What is the whole workspace's: read again only where a line of the record is about that."""
    if held and not directory.workspace_moved(session, workspace, held.revision):
        return held.people, held.ladder, held.delegations, held.roles
    return (
        MappingProxyType(people.everyone(session, workspace)),
        directory.ladder(session, workspace),
        people.delegations(session, workspace),
        roles.catalogue(session, workspace),
    )


def _stages(ladder: tuple[LadderStage, ...]) -> tuple[Stage, ...]:
    return tuple(Stage(rung.key, rung.title, rung.aliases) for rung in ladder)


def _named(entry: Entry, rungs: Mapping[str, LadderStage]) -> ProjectNames:
    """A project's own names; a rung of the ladder is in the index once, for all projects."""
    own = tuple(
        ItemNames(key, Kind(kind), title, tuple(aliases))
        for key, kind, title, aliases in entry.items
        if aliases or key not in rungs or rungs[key].title != title
    )
    aliases = tuple(entry.aliases)
    return ProjectNames(entry.id, entry.key, entry.name, aliases, own, archived=entry.archived)


def _known(entry: Entry, rungs: Mapping[str, LadderStage]) -> Known:
    lead = {entry.lead} if entry.lead is not None else set()
    return Known(
        id=entry.id,
        key=entry.key,
        name=entry.name,
        lead=entry.lead,
        private=entry.private,
        archived=entry.archived,
        version=entry.version,
        viewers=frozenset(entry.members | lead),
        channels=tuple(entry.channels),
        spellings=frozenset(folded(name) for name in (entry.key, entry.name, *entry.aliases)),
        names=_named(entry, rungs),
    )


def _index(
    known: Mapping[int, Known],
    moved: list[Entry],
    held: Mapping[int, Known],
    before: Mapping[str, tuple[int, ...]],
    words: Callable[[Known], Iterable[str]],
) -> Mapping[str, tuple[int, ...]]:
    """Projects by channel or by spelling: the index as it was `before`, with the projects whose
    words are others now taken out and put in.
    """
    changed = [
        entry.id
        for entry in moved
        if entry.id not in held or words(held[entry.id]) != words(known[entry.id])
    ]
    if not changed:
        return before
    index = dict(before)
    for project in changed:
        for word in words(held[project]) if project in held else ():
            index[word] = tuple(key for key in index[word] if key != project)
        for word in words(known[project]):
            index[word] = (*index.get(word, ()), project)
    return index
