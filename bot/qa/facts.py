"""What the engine is given to answer one question, and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from bot import text
from bot.moments import known
from bot.people import Delegation, Person
from bot.presence import Absence, Presence
from bot.project import Item, Letter, PersonHolder, Project
from bot.qa.evidence import Evidence, Known
from bot.qa.ladder import Stage
from bot.qa.names import ItemNames, Names, ProjectNames
from bot.qa.tallies import Tallies, Tally
from bot.qa.view import View
from bot.roles import CATALOGUE, Catalogue
from bot.stages import LADDER, LadderStage


@dataclass(frozen=True, slots=True)
class Held:
    """One letter that somebody holds by name, not through the stage that a component inherits."""

    project_id: int
    item_id: int
    letter: Letter


@dataclass(frozen=True, slots=True)
class Facts:
    """One question's view of a workspace at `now` (aware, UTC).

    `names` holds what the asker may know of, and nothing else; `sees` tells of a project's id
    whether they may. `project` loads a snapshot and is only asked for what `sees` allows,
    `projects` several of them at once; `held_by` gives what a person (id) holds at this moment;
    `measuring` the projects that `sees` allows with a success metric of a name. `channel_projects`
    are the ids of the projects that the channel is bound to. `roles` are the job roles of the
    workspace, `ladder` its stages; after `review_days` a project counts as unconfirmed that does
    not say otherwise. `tallies` count over all projects; where `sees_open`, `sees` allows all of
    them that are neither private nor gone. `presence` tells when somebody (by id) is there, as far
    as the asker may know.
    """

    now: datetime
    asker: Person | None
    people: Mapping[int, Person]
    names: Names
    sees: Callable[[int], bool]
    project: Callable[[int], Project]
    projects: Callable[[Iterable[int]], Mapping[int, Project]]
    held_by: Callable[[int], Sequence[Held]]
    tallies: Callable[[], Tallies]
    delegations: tuple[Delegation, ...] = ()
    channel_projects: tuple[int, ...] = ()
    measuring: Callable[[str], Sequence[int]] = lambda _key: ()
    evidence: Evidence = field(default_factory=Known)
    roles: Catalogue = field(default_factory=lambda: CATALOGUE)
    ladder: tuple[LadderStage, ...] = LADDER
    review_days: int = 0
    presence: Callable[[int], Presence] = Presence
    sees_open: bool = False

    @property
    def zone(self) -> str:
        """Where the asker is; UTC where nobody asks."""
        return known(self.asker.timezone) if self.asker else "UTC"

    @property
    def view(self) -> View:
        return View(self.names, self.measuring)

    def name_of(self, project: int) -> str:
        """What a project that the asker sees is called; nothing is read for it."""
        entry = self.view.project(project)
        return entry.name if entry else ""


def measured(metrics: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    """Projects by the names of their success metrics; given as a project and a metric's names."""
    found: dict[str, list[int]] = {}
    for project, names in metrics:
        for key in {text.key(text.words(name)) for name in names}:
            found.setdefault(key, []).append(project)
    return found


_NOTHING_KNOWN = Known()


def names_of(project: Project, ladder: Iterable[Stage] = ()) -> ProjectNames:
    """What the index holds of a project: its own names, and those that the ladder does not give."""
    shared = {stage.key: {stage.title, *stage.aliases} for stage in ladder}
    return ProjectNames(
        project_id=project.id,
        key=project.key,
        name=project.name,
        aliases=project.aliases,
        items=tuple(
            named for item in project.items if (named := _own_names(item, shared)) is not None
        ),
        archived=project.archived_at is not None,
    )


def _own_names(item: Item, shared: Mapping[str, set[str]]) -> ItemNames | None:
    known = shared.get(item.key, set())
    aliases = tuple(alias for alias in item.aliases if alias not in known)
    if item.title in known and not aliases:
        return None
    return ItemNames(item.key, item.kind, item.title, aliases)


def in_memory(
    projects: Iterable[Project],
    people: Iterable[Person],
    ladder: Iterable[Stage],
    *,
    now: datetime,
    asker: Person | None = None,
    delegations: Iterable[Delegation] = (),
    absences: Iterable[Absence] = (),
    channel_projects: Iterable[int] = (),
    evidence: Evidence = _NOTHING_KNOWN,
) -> Facts:
    """Facts from values at hand, for tests and small callers; private projects are kept private."""
    held = {project.id: project for project in projects}
    known = {person.id: person for person in people}
    stages, away = tuple(ladder), tuple(absences)
    asking = asker.id if asker else None
    seen = [project for project in held.values() if project.visible_to(asking)]
    named = measured(
        (project.id, (metric.name, *metric.aliases))
        for project in seen
        for metric in project.scope.metrics
    )
    letters: dict[int, list[Held]] = defaultdict(list)
    for project in held.values():
        for item in project.items:
            for given in item.assignments:
                if isinstance(given.holder, PersonHolder):
                    letters[given.holder.person].append(Held(project.id, item.id, given.letter))

    @cache
    def tallies() -> Tallies:
        live = (project for project in held.values() if project.archived_at is None)
        return Tallies.build(Tally.of(project, known) for project in live)

    return Facts(
        now=now,
        asker=asker,
        people=known,
        names=Names.build(stages, known.values(), (names_of(project, stages) for project in seen)),
        sees=lambda project_id: project_id in held and held[project_id].visible_to(asking),
        project=held.__getitem__,
        projects=lambda keys: {key: held[key] for key in keys},
        held_by=lambda person: tuple(letters.get(person, ())),
        tallies=tallies,
        delegations=tuple(delegations),
        channel_projects=tuple(channel_projects),
        measuring=lambda key: named.get(key, ()),
        evidence=evidence,
        presence=lambda person: Presence(
            person, tuple(one for one in away if one.person == person), known[person].region
        ),
    )


__all__ = [
    "Facts",
    "Held",
    "ItemNames",
    "Names",
    "ProjectNames",
    "Stage",
    "in_memory",
    "names_of",
]
