"""What an answer is made of."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.project import Item, Project
from bot.qa.loads import Row
from bot.qa.raci import Line
from bot.qa.resolve import Choice

Verdict = Literal["yes", "no"]


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
class Answer:
    """`people` are the ids named first; `stages` are (project key, item key) pairs.

    `subjects` say the same about items as values, `held` what somebody holds.
    `text` is complete without the rest: plain English, no markup, at most 1,200 characters.
    `understood` holds the titles of what was typed otherwise, `suggestions` near names that are
    held; `scopes` the keys of projects whose scope it tells; `freshness` is what `text` says of
    when somebody confirmed it. `parts`: several questions were asked, and each has its answer;
    the rest then says the same about all of them.
    """

    kind: AnswerKind
    text: str
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
