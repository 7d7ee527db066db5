"""The facts cache: what is known of a workspace, kept while its revision stands.

One tiny read tells whether anything moved. If so, only the projects that moved are read again, so a
write costs one project, not the workspace, on every replica and with no word between them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from threading import Lock
from types import MappingProxyType

from sqlmodel import Session

from bot.errors import NotFound
from bot.people import Delegation, Person, apart
from bot.presence import Absence, Presence
from bot.project import Project
from bot.qa.facts import Names, Stage
from bot.qa.ladder import People
from bot.roles import Catalogue
from bot.stages import LadderStage
from bot.workspace_settings import WorkspaceSettings
from handlers.service.burdens import Burdens
from handlers.service.known import Known, index, read_known, seated
from handlers.service.sketches import Sketches
from handlers.service.snapshots import Snapshots
from storage import absences, circles, directory, people, roles, workspace_settings

KEPT_REVISIONS = 4
"""Facts kept per workspace: a reader that began before a write still finds what holds for it."""

Moment = tuple[int, int]
"""A revision, and a count of changes of who is in private channels."""


@dataclass(frozen=True, slots=True)
class WorkspaceFacts:
    """A workspace at one revision, and at one count of changes of who is in its private channels.

    Immutable; shared by every thread. `rooms` are those who are in each of these channels, and
    `guests` the people who know of nothing by themselves; `outside` are those who work elsewhere,
    `told_outside` the names of those whom a project names that everybody may know of. `names` holds
    what everybody may know of, and nobody from outside (`handlers.service.indexes`); `by_reader`
    gives the projects that somebody may know of by what they are to them, `by_outsider` those that
    name them.
    `teams` keep the standups of user groups: they are no projects, so that whoever looks at
    `projects`, by a name or by a channel, finds none of them.
    """

    workspace: int
    revision: int
    circles: int
    settings: WorkspaceSettings
    rooms: Mapping[str, frozenset[str]]
    guests: frozenset[int]
    outside: frozenset[int]
    told_outside: People
    people: Mapping[int, Person]
    by_slack: Mapping[str, Person]
    delegations: tuple[Delegation, ...]
    absences: Mapping[int, tuple[Absence, ...]]
    ladder: tuple[LadderStage, ...]
    roles: Catalogue
    names: Names
    projects: Mapping[int, Known]
    by_channel: Mapping[str, tuple[int, ...]]
    by_spelling: Mapping[str, tuple[int, ...]]
    by_reader: Mapping[int, tuple[int, ...]]
    by_outsider: Mapping[int, tuple[int, ...]]
    teams: Mapping[int, Known] = field(default_factory=dict)

    def known(self, key: int) -> Known | None:
        """A project, or a team, by its id."""
        return self.projects.get(key) or self.teams.get(key)

    def placed(self, project: Project) -> Project:
        """A project with those who are about it: who is in its private channels, who is a guest."""
        return replace(project, inside=self.inside(project.own_channels), guests=self.guests)

    def presence(self, person: int) -> Presence:
        """When somebody is there."""
        known = self.people[person]
        region = known.region or self.settings.holiday_region
        return Presence(person, self.absences.get(person, ()), region, known.work_days)

    def inside(self, channels: Iterable[str | None]) -> frozenset[int]:
        """The people who are in these channels, as far as these are private."""
        return _inside(channels, self.rooms, self.by_slack)


class FactsCache:
    """Facts per workspace, and project snapshots. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._besides: list[Callable[[int], None]] = []
        self._shelves: dict[int, _Shelf] = {}
        self.snapshots = Snapshots()
        self._burdens = Burdens(self.snapshots)
        self.sketches = Sketches(self.snapshots, self._burdens)

    def current(self, session: Session, workspace: int) -> WorkspaceFacts:
        """The facts as of this transaction. Raises `NotFound` for an unknown workspace.

        Where they must be renewed, one thread does it and the others wait for it: all of them at
        once, after a start, would take many times as long.
        """
        with self._lock:
            shelf = self._shelves.setdefault(workspace, _Shelf())
        moment = directory.revision(session, workspace)
        if moment[0] < 0:
            raise NotFound("workspace", str(workspace))
        held = shelf.nearest(moment)
        if held is not None and _moment(held) == moment:
            return held
        with shelf.renewing:
            held = shelf.nearest(moment)
            if held is not None and _moment(held) == moment:
                return held
            renewed = _renewed(session, workspace, moment, held)
            shelf.put(renewed)
        return renewed

    def forget(self, workspace: int) -> None:
        """Its rows were deleted, or will be, and those of another may come to have their numbers.

        Whoever is in the midst of reading facts puts them where nobody looks any more.
        """
        with self._lock:
            self._shelves.pop(workspace, None)
        self.snapshots.forget(workspace)
        self._burdens.forget(workspace)
        self.sketches.forget(workspace)
        for forget in self._besides:
            forget(workspace)

    def also(self, forget: Callable[[int], None]) -> None:
        """What is done whenever a workspace is forgotten, by whoever keeps more of it."""
        self._besides.append(forget)

    def project(
        self, session: Session, facts: WorkspaceFacts, project: int, at: datetime
    ) -> Project:
        """A project as it is at `at`, from the cache where that is still true."""
        return self.projects(session, facts, [project], at)[project]

    def projects(
        self,
        session: Session,
        facts: WorkspaceFacts,
        keys: Iterable[int],
        at: datetime,
        *,
        keep: bool | None = None,
    ) -> dict[int, Project]:
        """Projects and teams likewise, as `Snapshots.read` takes them."""
        wanted = list(keys)
        known = {key: one for key in wanted if (one := facts.known(key)) is not None}
        found = self.snapshots.read(session, known, wanted, at, keep=keep)
        return {key: snapshot.project for key, (_, snapshot) in found.items()}

    def borne(
        self, session: Session, facts: WorkspaceFacts, keys: Iterable[int], at: datetime
    ) -> Mapping[int, int]:
        """How many open rows each is accountable for in these projects, by person."""
        return self._burdens.of(session, facts.projects, facts.people, keys, at)


@dataclass(slots=True)
class _Shelf:
    """The facts that are kept of one workspace, the newest first; who renews them holds the lock.

    There is another one once the workspace was forgotten.
    """

    renewing: Lock = field(default_factory=Lock)
    facts: tuple[WorkspaceFacts, ...] = ()

    def nearest(self, moment: Moment) -> WorkspaceFacts | None:
        """The newest facts that are not newer than this; of a moment, neither count goes back."""
        return next((facts for facts in self.facts if _moment(facts) <= moment), None)

    def put(self, renewed: WorkspaceFacts) -> None:
        newest_first = sorted((renewed, *self.facts), key=_moment, reverse=True)
        self.facts = tuple(newest_first[:KEPT_REVISIONS])


def _moment(facts: WorkspaceFacts) -> Moment:
    return facts.revision, facts.circles


@dataclass(frozen=True, slots=True)
class _Wide:
    """What is the whole workspace's."""

    people: Mapping[int, Person]
    ladder: tuple[LadderStage, ...]
    delegations: tuple[Delegation, ...]
    absences: Mapping[int, tuple[Absence, ...]]
    roles: Catalogue
    settings: WorkspaceSettings


def _renewed(
    session: Session, workspace: int, moment: Moment, held: WorkspaceFacts | None
) -> WorkspaceFacts:
    revision, count = moment
    wide = _workspace_wide(session, workspace, revision, held)
    everyone, ladder = wide.people, wide.ladder
    if held is not None and ladder != held.ladder:
        held = None
    told = directory.moved(session, workspace, held.revision if held else -1)
    moved = [entry for entry in told if entry.group is None]
    rungs = {stage.key: stage for stage in ladder}
    same_people = held is not None and everyone is held.people
    by_slack = (
        held.by_slack
        if held and same_people
        else {one.slack_id: _meant(one, everyone) for one in everyone.values() if one.slack_id}
    )
    rooms = held.rooms if held and held.circles == count else circles.everybody(session, workspace)
    guests = (
        held.guests
        if held and same_people
        else frozenset(one.id for one in everyone.values() if one.is_guest or one.is_bot)
    )
    outside = (
        held.outside
        if held and same_people
        else frozenset(one.id for one in apart(everyone) if one.is_outside)
    )
    was = held.projects if held else {}
    known = dict(was)
    known.update((entry.id, read_known(entry, workspace, rungs)) for entry in moved)
    stays = held is not None and same_people and held.circles == count
    changed = [entry.id for entry in moved]
    touched = changed if stays else list(known)
    for key in touched:
        known[key] = seated(known[key], _inside(known[key].own_channels, rooms, by_slack), guests)
    teams = dict(held.teams) if held else {}
    teams.update(
        (entry.id, read_known(entry, workspace, rungs)) for entry in told if entry.group is not None
    )
    teams = {
        key: seated(one, _inside(one.own_channels, rooms, by_slack), guests)
        for key, one in teams.items()
    }
    by_outsider = index(
        known, changed, was, held.by_outsider if held else {}, attrgetter("named_outside")
    )
    return WorkspaceFacts(
        workspace=workspace,
        revision=revision,
        circles=count,
        settings=wide.settings,
        rooms=rooms,
        guests=guests,
        outside=outside,
        told_outside=_told_outside(
            [one for one in outside if any(known[key].is_open for key in by_outsider.get(one, ()))],
            everyone,
            held.told_outside if held and same_people else None,
        ),
        people=everyone,
        by_slack=by_slack,
        delegations=wide.delegations,
        absences=wide.absences,
        ladder=ladder,
        roles=wide.roles,
        names=_names([known[key] for key in changed], everyone, ladder, held),
        projects=known,
        by_channel=index(
            known, changed, was, held.by_channel if held else {}, attrgetter("own_channels")
        ),
        by_spelling=index(
            known, changed, was, held.by_spelling if held else {}, attrgetter("spellings")
        ),
        by_reader=index(known, touched, was, held.by_reader if held else {}, attrgetter("readers")),
        by_outsider=by_outsider,
        teams=teams,
    )


def _meant(person: Person, everyone: Mapping[int, Person]) -> Person:
    """Who an account belongs to."""
    return everyone[person.merged_into] if person.merged_into is not None else person


def _names(
    moved: list[Known],
    everyone: Mapping[int, Person],
    ladder: tuple[LadderStage, ...],
    held: WorkspaceFacts | None,
) -> Names:
    """The index of what everybody may know of: the old one, where nobody and nothing in it is
    called otherwise now.
    """
    insiders = (one for one in apart(everyone) if not one.is_outside)
    told = {one.id: one.names for one in moved if one.is_open}
    if held is None:
        return Names.build(_stages(ladder), insiders, told.values())
    before = (held.projects[one.id] for one in moved if one.id in held.projects)
    was = {one.id: one.names for one in before if one.is_open}
    changed = [names for key, names in told.items() if was.get(key) != names]
    removed = was.keys() - told.keys()
    same_people = everyone is held.people
    if same_people and not changed and not removed:
        return held.names
    return held.names.replaced(changed, removed, people=None if same_people else insiders)


def _told_outside(told: list[int], everyone: Mapping[int, Person], held: People | None) -> People:
    if held is not None and held.by_id.keys() == set(told):
        return held
    return People(everyone[one] for one in told)


def _workspace_wide(
    session: Session, workspace: int, revision: int, held: WorkspaceFacts | None
) -> _Wide:
    """What is the whole workspace's: read again only where a line of the record is about that."""
    if held and not directory.workspace_moved(session, workspace, held.revision):
        return _Wide(
            people=held.people,
            ladder=held.ladder,
            delegations=held.delegations,
            absences=held.absences,
            roles=held.roles,
            settings=held.settings,
        )
    everyone: Mapping[int, Person] = MappingProxyType(people.everyone(session, workspace))
    if held and everyone == held.people:  # most lines are about nobody
        everyone = held.people
    return _Wide(
        people=everyone,
        ladder=directory.ladder(session, workspace),
        delegations=people.delegations(session, workspace),
        absences=absences.standing(session, workspace, revision),
        roles=roles.catalogue(session, workspace),
        settings=workspace_settings.present(session, workspace),
    )


def _inside(
    channels: Iterable[str | None],
    rooms: Mapping[str, frozenset[str]],
    by_slack: Mapping[str, Person],
) -> frozenset[int]:
    """The people who are in these channels, as far as these are private."""
    users = (user for channel in channels if channel for user in rooms.get(channel, ()))
    return frozenset(by_slack[user].id for user in users if user in by_slack)


def _stages(ladder: tuple[LadderStage, ...]) -> tuple[Stage, ...]:
    return tuple(Stage(rung.key, rung.title, rung.aliases) for rung in ladder)
