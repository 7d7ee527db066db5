"""Work that somebody did, as a standup can offer it to them: one shape, wherever it is known from.

A source of such work is one reader: a function from `Material` to `Work`. `READERS` in
`bot.drafts` lists them all; nothing else knows which there are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.changes import Change
from bot.digests import Linked
from bot.people import Person
from bot.project import Project

LONGEST = 200
"""Characters of a text that is offered: a longer one is cut where it is made."""

LATE = timedelta(days=1)
"""What a host tells so late of something still counts as new."""


class Kind(StrEnum):
    """What a piece of work is; begins its key."""

    MOVE = "move"
    HURDLE = "hurdle"
    GATE = "gate"
    DECISION = "decision"
    HAND_OVER = "handover"
    SCOPE = "scope"
    PLANNING = "planning"
    PULL = "pull"
    REVIEW = "review"
    REVIEWED = "reviewed"
    RUN = "run"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work of somebody's in a project.

    `key` stays the same while the work goes on ("pull/12"), `text` is how it stands now, as all
    readers of the report may read it; `aside` is what besides only the one who did it is shown.
    `item` is the id of what it is about, None the project at large; `at` tells the newest.
    """

    kind: Kind
    key: str
    text: str
    at: datetime
    item: int | None = None
    url: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a draft tells of, in which `since` does not count and `until` does."""

    since: datetime
    until: datetime
    zone: str

    def holds(self, moment: datetime) -> bool:
        return self.since < moment <= self.until


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the record. `by` None is the operator; `undoes` is the line that it takes back."""

    seq: int
    item: int | None
    change: Change
    by: int | None
    at: datetime
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Owned:
    """A pull request or run of the project, whose it is, and what it is linked to (an item's
    key).
    """

    linked: Linked
    author: int | None
    item: str | None


@dataclass(frozen=True, slots=True)
class Material:
    """What one project knows of the work of one person, from which readers make `Work`.

    `deeds` are lines of its record, oldest first, whoever brought them about. `logins` are their
    names at the code host, in lower case. `reads_titles`: all who may read what was said, in the
    report or later, may read what stands in private repositories of the project. `aim` is its
    primary run metric, `highers` in which direction a metric improves that no scope names.
    """

    project: Project
    person: int
    span: Span
    people: Mapping[int, Person]
    deeds: tuple[Deed, ...] = ()
    evidence: tuple[Owned, ...] = ()
    logins: frozenset[str] = frozenset()
    reads_titles: bool = False
    aim: str = ""
    highers: Mapping[str, bool] = field(default_factory=dict)

    def item_of(self, key: str | None) -> int | None:
        found = self.project.item(key) if key else None
        return found.id if found else None

    def title(self, item: int | None) -> str:
        """What something is called; the project where it is about all of it."""
        return self.project.title_of(item) or self.project.name


Reader = Callable[[Material], Iterable[Work]]
