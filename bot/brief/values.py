"""What a brief says, and by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum

from bot.acting import Acting
from bot.burnup import BurnUp
from bot.cadence import DigestPlan
from bot.consultations import Consultation
from bot.digests.values import Linked
from bot.gates import Gate
from bot.hindsight import Course, Mark
from bot.lateness import Late, Missed
from bot.outcome import Place
from bot.people import Delegation, Person
from bot.project import Item, Project


class Section(StrEnum):
    """The parts of a brief, in their order."""

    WORSE = "Turned worse"
    WANTED = "Decisions wanted"
    RISKS = "Top risks"
    UNOWNED = "Nobody accountable"
    BLOCKED = "Blocked longest"


class Rule(Enum):
    """By what something is in a brief: a code that a button carries, its section, and the rule in a
    sentence.
    """

    HEALTH = (
        "h",
        Section.WORSE,
        "The health of the project is red or amber, and was better a week ago. Red comes first.",
    )
    SLIP = (
        "s",
        Section.WORSE,
        "A due date or a milestone was moved to a later day within the week. "
        "The longest slip comes first.",
    )
    METRIC = (
        "m",
        Section.WORSE,
        "A success metric with a target is written down as worse than a week ago.",
    )
    RUNS = (
        "r",
        Section.WORSE,
        "The best run that came or changed within the week is worse than the best before it, by "
        "the project's run metric.",
    )
    GATE = (
        "g",
        Section.WANTED,
        "Nothing is missing for a gate but what its accountable ticks. "
        "What is due first comes first, in this whole section.",
    )
    APPROVAL = (
        "a",
        Section.WANTED,
        "The scope was never approved, or something material changed since it was.",
    )
    OFFER = ("o", Section.WANTED, "A hand-over waits for an answer.")
    INPUT = ("i", Section.WANTED, "The consulted were asked for input, and have not answered.")
    RISK = (
        "k",
        Section.RISKS,
        "An open risk or issue whose likelihood and impact are high, or high and medium; or whose "
        "day has gone by. The heaviest comes first.",
    )
    UNOWNED = (
        "u",
        Section.UNOWNED,
        "Something is under way, and nobody is accountable. What is so for longest comes first.",
    )
    BLOCKER = (
        "b",
        Section.BLOCKED,
        "Something is in the way. The oldest comes first, in working days.",
    )

    def __init__(self, code: str, section: Section, says: str) -> None:
        self.code = code
        self.section = section
        self.says = says


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a leader should know: `what` it is and `why` it is there, in a few words.

    `who` are people by id: who must decide, or whose it is. `by` is the day until when. `rank` puts
    it among those of its section, the smallest first.
    """

    rule: Rule
    project: Project
    item: Item | None
    what: str
    why: str
    who: tuple[int, ...] = ()
    by: date | None = None
    rank: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[object, ...]:
        """One order for all lines of a section: no two differ in nothing of it."""
        return (
            self.rank,
            self.project.name.casefold(),
            self.project.id,
            self.item.id if self.item else 0,
            self.rule.code,
            self.what,
        )


@dataclass(frozen=True, slots=True)
class Material:
    """The open projects that the reader may see, and what is known of them.

    `courses` are what held of each since a week ago, of statuses since twelve weeks. `gates` and
    `asked` are by item and of these projects; `aims` and `highers` as a digest has them.
    """

    projects: tuple[Project, ...]
    people: Mapping[int, Person]
    courses: Mapping[int, Course] = field(default_factory=dict)
    evidence: tuple[Linked, ...] = ()
    aims: Mapping[int, str] = field(default_factory=dict)
    highers: Mapping[str, bool] = field(default_factory=dict)
    gates: Mapping[int, Gate] = field(default_factory=dict)
    asked: tuple[Consultation, ...] = ()
    delegations: tuple[Delegation, ...] = ()


@dataclass(frozen=True, slots=True)
class Age:
    """A blocker and its age in working days."""

    project: Project
    item: Item
    days: int


@dataclass(frozen=True, slots=True)
class BriefShown:
    """When a place is briefed by itself: the channel of `place`, or (None) the one who asks; with
    `plan` None it is not. `projects` are the names of those that it is told of.

    What set it so just now is line `seq` of the record and can be undone until `undo_until`.
    `missed` are those of the last weeks that did not come.
    """

    place: Place | None
    plan: DigestPlan | None
    set_by: Person | None
    next_at: datetime | None
    projects: tuple[str, ...]
    seq: int = 0
    undo_until: datetime | None = None
    undone: bool = False
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A project of which a brief is."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Brief:
    """At most twelve lines, section by section; `found` counts all that there was of each.

    `ages` are the first blockers whose age is known, the oldest first, `marks` how much was done by
    the week. Days are those of `zone`. `late`: it should have come before. `ways` are those of the
    metrics of the one project, where it is one.
    """

    lines: tuple[Line, ...]
    found: Mapping[Section, int]
    projects: tuple[Named, ...]
    people: Mapping[int, Person]
    acting: Mapping[int, Mapping[int, Acting]]
    ages: tuple[Age, ...]
    marks: tuple[Mark, ...]
    since: datetime
    now: datetime
    zone: str
    late: Late | None = None
    ways: tuple[BurnUp, ...] = ()
