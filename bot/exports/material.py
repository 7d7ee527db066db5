"""What a workbook is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.acting import Acting
from bot.brief import Line, Section
from bot.burnup import Trends
from bot.decisions import Decision
from bot.digests import Linked
from bot.gates import Gate
from bot.hindsight import Course
from bot.moments import day_in, own_day
from bot.people import Person
from bot.project import Project
from bot.roles import CATALOGUE, Catalogue
from bot.standups import State

MOST_CHANGES = 2_000
"""Changes that a workbook lists, the newest first."""

PORTFOLIO = "Portfolio"


@dataclass(frozen=True, slots=True)
class Told:
    """One change: `at` is only a day where it was before the record. `by` None: the operator."""

    at: datetime | date
    project: int
    item: int | None
    what: str
    by: int | None
    source: str


STANDUP_WEEKS = 8
"""Weeks of standups that are counted."""
FEW = 300
"""Projects of which it is told how they did over time, and how their metrics go; of more, nobody
could read it.
"""


@dataclass(frozen=True, slots=True)
class Attended:
    """How many of a project's standups of one day came to one end, whoever's they were."""

    project: int
    day: date
    state: State
    count: int


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier export: its id, when it was made, and what stood in its tidy tables.

    `before`: by table, by the row's ID and the column's head. Days and moments are ISO texts in it.
    """

    code: str
    at: datetime
    before: Mapping[str, Mapping[str, Mapping[str, str | int | float | None]]] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class Material:
    """The projects that the reader asked for and may see, by name, and what else tells of them.

    `people` are all that these name, each by a name that means nobody else. `changes` are the
    newest, newest first; `more_changes` where there are older ones. `decisions` are those of the
    projects, by their ids; `gates` are what is recorded of the items' gates, by theirs, `acting`
    tells by project who acts for whom now, `trends` what its runs say of its metrics. `reader` is
    empty for a book that is for everybody. `courses` are how projects stood over the last weeks, by
    id, `linked` their pull requests and runs, `lines` what a brief would say, `attended` how many
    answered standups. Who answers for more rows than `load_limit` bears much. `code` is the
    export's id, "E-" and twelve hexadecimal digits, where it has one; `since` the last one with
    another id, and `same` when the last one was made first, where it had this very id.
    `left` is what was left out, as far as the readers may know of that.
    """

    title: str
    projects: tuple[Project, ...]
    people: Mapping[int, Person]
    changes: tuple[Told, ...]
    more_changes: bool
    now: datetime
    zone: str
    reader: str = ""
    decisions: Mapping[int, Sequence[Decision]] = field(default_factory=dict)
    gates: Mapping[int, Gate] = field(default_factory=dict)
    acting: Mapping[int, Mapping[int, Acting]] = field(default_factory=dict)
    roles: Catalogue = field(default_factory=lambda: CATALOGUE)
    trends: Trends = field(default_factory=dict)
    courses: Mapping[int, Course] = field(default_factory=dict)
    linked: Sequence[Linked] = ()
    lines: Mapping[Section, Sequence[Line]] = field(default_factory=dict)
    attended: Sequence[Attended] = ()
    load_limit: int = 5
    code: str = ""
    since: Since | None = None
    same: datetime | None = None
    left: Sequence[str] = ()

    @property
    def today(self) -> date:
        return own_day(self.now, self.zone)

    def day(self, moment: datetime | None) -> date | None:
        """The day of a moment where the reader is."""
        return day_in(moment, self.zone) if moment else None
