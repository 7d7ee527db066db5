"""Home: what a person holds, what waits for them, and what nobody holds; a page of each list."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Self, TypeVar

from bot.burnup import BurnUp
from bot.identities import PeopleMap, Unmapped
from bot.lint import Report
from bot.load import Load
from bot.outcome import Finding, Gap
from bot.people import Person
from bot.presence.shown import AwayShown
from bot.project import Item, Letter, Project
from bot.waiting import Waiting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turned:
    """Which page of each of its lists is shown."""

    waiting: int = 1
    letters: int = 1
    gaps: int = 1
    projects: int = 1
    people: int = 1


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list that has `total` entries."""

    shown: tuple[T, ...] = ()
    page: int = 1
    pages: int = 1
    total: int = 0


def leaf(found: Sequence[T], page: int, size: int) -> Leaf[T]:
    """The page that was asked for; the nearest that there is, where the list is shorter by now."""
    pages = max(1, -(-len(found) // size))
    page = min(max(page, 1), pages)
    return Leaf(tuple(found[(page - 1) * size : page * size]), page, pages, len(found))


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody holds in one project: each item with their letters, the weightiest first."""

    project: Project
    rows: tuple[tuple[Item, tuple[Letter, ...]], ...]


def holding(project: Project, held: Sequence[tuple[int, Letter]]) -> Holding:
    """Items (by id) and letters, put together; an item that is gone is left out."""
    order = list(Letter)
    letters: dict[int, set[Letter]] = {}
    for item, letter in held:
        letters.setdefault(item, set()).add(letter)
    rows = [
        (item, tuple(sorted(letters[item.id], key=order.index)))
        for item in project.items
        if item.id in letters
    ]
    rows.sort(key=lambda row: order.index(row[1][0]))
    return Holding(project, tuple(rows))


@dataclass(frozen=True, slots=True)
class Running:
    """What those see besides who run the workspace.

    Who is not known at the services in use, a page of them; what of Charter's own is not as it
    should be; how many messages were given up; and since when nothing is sent by the clock.
    """

    map: PeopleMap
    unmapped: Leaf[Unmapped]
    findings: tuple[Finding, ...] = ()
    given_up: int = 0
    held_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a person sees first.

    `accountable` counts what they answer for. `load` is what they bear, where that is too much or
    nobody else could do it; `reports` is what the linter finds in projects of theirs, the worst
    first. `leans` are the projects that it tells of, and those in which they hold something,
    `standups` those of the shown ones that have a standup, `teams` the user groups' standups that
    they are in, `revision` is the record's that it was
    drawn at. `sample` is the project to try things with, if
    there is one. `running` is there for those who run the workspace. `away`: they are away today.
    """

    person: Person
    accountable: int
    waiting: Leaf[Waiting]
    letters: Leaf[Holding]
    gaps: Leaf[Gap]
    projects: Leaf[Project]
    people: dict[int, Person]
    load: Load | None = None
    reports: tuple[Report, ...] = ()
    leans: frozenset[int] = frozenset()
    standups: frozenset[int] = frozenset()
    teams: tuple[Project, ...] = ()
    revision: int = 0
    sample: Project | None = None
    running: Running | None = None
    away: AwayShown | None = None
    ways: tuple[tuple[Project, BurnUp], ...] = ()
    """How far the targets of their projects are, as far as runs tell."""

    @property
    def turned(self) -> Turned:
        """The pages that are shown."""
        return Turned(
            waiting=self.waiting.page,
            letters=self.letters.page,
            gaps=self.gaps.page,
            projects=self.projects.page,
            people=self.running.unmapped.page if self.running else 1,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A Home that somebody (`person`) has opened, and the projects that it leans on."""

    id: int
    person: int
    slack_id: str
    leans: frozenset[int]


RELISTING = frozenset(
    {
        *("ProjectCreated", "ProjectLoaded", "ArchiveChanged", "ChannelChanged"),
        *("PrivacyChanged", "GrantChanged", "GlassBroken"),
    }
)
"""Lines of the record after which a project may stand on the list of somebody for whom it did not,
or no more.
"""
WIDE = frozenset({"SettingChanged", "HoldChanged", "WorkspaceLoaded"})
"""Lines that may change what everybody sees."""


@dataclass(frozen=True, slots=True)
class Stirred:
    """What happened of late, as far as it says whose Home may be another now.

    `projects` moved; whether somebody may see those of `relisted` may have. `people` were named
    in what happened. `wide`: something of no project, which admins look after. `rooms`: somebody
    came into a private channel, or left it.
    """

    projects: frozenset[int] = frozenset()
    relisted: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    wide: bool = False
    rooms: bool = False
    everybody: bool = False

    @classmethod
    def by(cls, lines: Iterable[tuple[int | None, str, frozenset[int]]]) -> Self:
        """By lines of the record: the project of each, its kind, and whom it names."""
        told = list(lines)
        return cls(
            projects=frozenset(project for project, _, _ in told if project is not None),
            relisted=frozenset(
                project for project, kind, _ in told if project is not None and kind in RELISTING
            ),
            people=frozenset(person for _, _, named in told for person in named),
            wide=any(project is None for project, _, _ in told),
            everybody=any(kind in WIDE for _, kind, _ in told),
        )

    def touches(self, seen: Seen, sees: Collection[int], *, is_admin: bool, in_rooms: bool) -> bool:
        """Whether somebody's Home may be another now; rather once too often than once too little.

        `sees` are those of the `relisted` projects that they see, `in_rooms`: they are in a private
        channel, or their Home tells of a project that belongs to one.
        """
        return (
            self.everybody
            or seen.person in self.people
            or bool(self.projects & seen.leans)
            or bool(self.relisted.intersection(sees))
            or (self.wide and is_admin)
            or (self.rooms and in_rooms)
        )
