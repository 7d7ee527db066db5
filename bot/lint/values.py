"""What the linter looks at, and what it says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.gates import USUAL, Knows
from bot.people import Delegation, Person
from bot.project import Assignment, Item, Letter, PersonHolder, Project
from bot.waivers import Waiver

GATED = frozenset(
    key for key, wanted in USUAL.items() if any(one.knows is Knows.TICK for one in wanted)
)
"""Stages whose gate waits for somebody's word wherever nothing else was set."""


class Severity(StrEnum):
    """How bad it is, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Ground:
    """One project and what the rules need to know besides.

    `sees` tells of a person whether they may see the project. `load` counts, for each person, the
    open rows that they are accountable for in all projects the reader may see. `asked` are the
    (item, person) pairs of consultations that were asked for. `shipping`: items to which a run is
    linked. `gated` are items whose passing takes somebody's word.
    """

    project: Project
    people: Mapping[int, Person]
    today: date
    sees: Callable[[int], bool]
    delegations: tuple[Delegation, ...] = ()
    load: Mapping[int, int] = field(default_factory=dict)
    load_limit: int = 5
    asked: frozenset[tuple[int, int]] = frozenset()
    shipping: frozenset[int] = frozenset()
    gated: frozenset[str] = GATED

    def holding(self, item: Item, letter: Letter) -> list[Person]:
        """The people who hold a letter of an item; neither vacant seats nor groups."""
        return [
            self.people[one.holder.person]
            for one in self.letters(item, letter)
            if isinstance(one.holder, PersonHolder) and one.holder.person in self.people
        ]

    def letters(self, item: Item, letter: Letter) -> list[Assignment]:
        return [one for one in self.project.raci(item) if one.letter is letter]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule finds: where, and what is so in one sentence. `item` None: of the project.

    `mark` tells findings of one rule at one item apart, such as a person's key.
    """

    item: Item | None
    said: str
    mark: str = ""
    letter: Letter | None = None


Check = Callable[[Ground], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `why` explains it in the docs and where somebody asks; `mend` says what helps."""

    id: str
    severity: Severity
    says: str
    why: str
    mend: str
    check: Check


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found by which rule, and the waiver that covers it, if there is one."""

    rule: Rule
    found: Found
    waiver: Waiver | None = None
