"""What a look at the team gives back to those who word it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.changes import CatalogueChange
from bot.deciding.transfer import Plan
from bot.gaps import Missing
from bot.lint import Report
from bot.load import Load
from bot.outcome import HeldLetter
from bot.people import Person
from bot.project import Item, Letter, Project
from bot.roles import Catalogue, Role
from bot.startup import Solo
from bot.telling import Line


@dataclass(frozen=True, slots=True)
class GapsShown:
    """What is missing from one `project`, or (None) from all that somebody sees."""

    project: Project | None
    missing: Missing
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class IdleShown:
    """Who holds no letter in any of so many open `projects`."""

    idle: tuple[Person, ...]
    projects: int
    people: Mapping[int, Person]
    roles: Catalogue


@dataclass(frozen=True, slots=True)
class LoadShown:
    """Who bears too much or alone; or (`person`) what one person bears."""

    loads: tuple[Load, ...]
    limit: int
    people: Mapping[int, Person]
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """What somebody holds in the projects that the reader sees."""

    person: Person
    letters: tuple[HeldLetter, ...]


@dataclass(frozen=True, slots=True)
class VacantSeat:
    """A seat that waits for somebody of a role."""

    project: Project
    item: Item
    letter: Letter


@dataclass(frozen=True, slots=True)
class RolesShown:
    """The catalogue, with the titles of stages, and who has which role."""

    roles: Catalogue
    titles: Mapping[str, str]
    holders: Mapping[str, tuple[Person, ...]]
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class RoleShown:
    """One role: what it is, who has it, what they hold, and which seats wait for it."""

    role: Role
    roles: Catalogue
    titles: Mapping[str, str]
    holders: tuple[Holding, ...]
    vacant: tuple[VacantSeat, ...]
    may_edit: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueDone:
    """A change of the catalogue, or of somebody's role, that stands."""

    change: CatalogueChange
    lines: tuple[Line, ...]
    seq: int
    at: datetime
    undo_until: datetime | None
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a plan would do. `what` tells it apart: "transfer" or "clone"."""

    plan: Plan
    source: str
    target: str
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done together: rows that changed, and those left as they are."""

    plan: Plan
    source: str
    target: str
    seqs: tuple[int, ...]
    at: datetime
    undo_until: datetime | None
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class StartUpDone:
    """A project whose start-up mode begins (`person` holds every role) or ends (None).

    `alone`: what is told as one line now.
    """

    project: Project
    person: Person | None
    alone: Solo | None
    seqs: tuple[int, ...]
    at: datetime
    undo_until: datetime | None
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class LintShown:
    """What the linter finds, a report a project; `whole`: it was asked about all of them."""

    reports: tuple[Report, ...]
    people: Mapping[int, Person]
    whole: bool
