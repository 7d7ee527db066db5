"""What an answer is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from bot import moments
from bot.people import Person
from bot.project import Item, Project
from bot.qa.guide import Guide
from bot.qa.loads import Row
from bot.qa.raci import Line
from bot.qa.requests import Request
from bot.qa.resolve import Choice

Verdict = Literal["yes", "no"]
_ROOM = 900  # characters of what an answer lists


class AnswerKind(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    NO_OWNER = "no_owner"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go on: a button's label, the question it asks, and the keys that settle it."""

    label: str
    question: str
    project: str | None = None
    item: str | None = None
    person: str | None = None

    @property
    def choice(self) -> Choice:
        return Choice(self.project, self.item, self.person)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a view needs to draw the answer about one item, or about a project as such.

    `letters` has one line for each letter shown, the one asked for first. `people` are named first;
    where `nobody` holds the letter they are the nearest, and `fallback` says what they are.
    `stage`: the component takes the letters of this stage.
    """

    project: Project
    item: Item | None
    letters: tuple[Line, ...] = ()
    people: tuple[int, ...] = ()
    nobody: bool = False
    fallback: str = ""
    stage: Item | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A line of what an answer lists, about so many `things`; `url` is where it can be read."""

    text: str
    url: str = ""
    things: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says in its parts: the fact, what it lists, and the reason. `rest` counts what
    it has no room to list, `where` says where to read that. `seen` is when what it tells of was
    last looked at, where it is kept elsewhere.
    """

    fact: str = ""
    points: tuple[Point, ...] = ()
    more: str = ""
    seen: datetime | None = None
    rest: int = 0
    where: str = ""

    def listing(self, points: Iterable[Point], total: int, room: int = _ROOM) -> "Told":
        """The same with as many points as there is room for, of `total` things; at least one."""
        told: list[Point] = []
        for one in points:
            room -= len(one.text) + 2
            if room < 0 and told:
                break
            told.append(one)
        return replace(self, points=tuple(told), rest=total - sum(one.things for one in told))

    @property
    def text(self) -> str:
        """The same in a row: sentences behind one another, anything else behind a colon."""
        listed = [one.text for one in self.points]
        in_sentences = all(one.endswith(".") for one in listed)
        if self.rest:
            more = f"{self.rest} more{self.where}"
            listed.append(f"And {more}." if in_sentences else f"and {more}")
        if listed and not in_sentences:
            listed = [f"{self.fact}: {'; '.join(listed)}."]
        else:
            listed.insert(0, self.fact)
        seen = f"Last seen {self.seen.astimezone(UTC):%Y-%m-%d %H:%M} UTC." if self.seen else ""
        return " ".join(filter(None, (*listed, self.more, seen)))


@dataclass(frozen=True, slots=True)
class Answer:
    """`people` are the ids named first; `stages` are (project key, item key) pairs.

    `subjects` say the same about items as values, `held` what somebody holds.
    `said` is complete without the rest: plain English, no markup, at most 1,200 characters, with
    moments as such (`bot.moments`); `text` tells these by the days of `zone`, the asker's.
    `understood` holds the titles of what was typed otherwise, `suggestions` near names that are
    held; `told` is the text in its parts, where it has some; `scopes` the keys of projects whose
    scope it tells; `freshness` is what `said` says of when somebody confirmed it. `parts`: several
    questions were asked, and each has its answer; the rest then says the same about all of them.
    `requests` are commands that would do what was asked for. `whole`: the question, with what was
    left out taken from the one before. `contact`: the one person to turn to, who can be written to.
    `guide`: what is told of Charter itself, and not of the record.
    """

    kind: AnswerKind
    said: str
    people: tuple[int, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    verdict: Verdict | None = None
    subjects: tuple[Subject, ...] = ()
    held: tuple[Row, ...] = ()
    options: tuple[Option, ...] = ()
    understood: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    freshness: str = ""
    parts: tuple["Part", ...] = ()
    told: Told | None = None
    requests: tuple[Request, ...] = ()
    whole: str = ""
    zone: str = "UTC"
    contact: Person | None = None
    guide: Guide | None = None

    @property
    def text(self) -> str:
        return moments.told(self.said, self.zone)

    @property
    def tells(self) -> bool:
        """Whether it says something that is on record, or that it is not."""
        return self.kind in (AnswerKind.ANSWER, AnswerKind.NO_OWNER)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions, as it was asked, and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what settles what was asked back about it."""

    question: str
    choice: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True)
class ForAll:
    """An answer as its asker reads it, and as everybody who reads a channel may."""

    own: Answer
    open: Answer

    @property
    def says_less(self) -> bool:
        return self.own.text != self.open.text
