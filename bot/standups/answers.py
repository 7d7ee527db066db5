"""What somebody says in a standup, and what of it a document can tell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.standups.plan import QUESTIONS
from bot.standups.verdicts import Carried

LONGEST_ANSWER = 2900
LONGEST_BLOCKER = 1000
"""A blocker may become the note of an item, which is no longer than this."""

EDITABLE_FOR = timedelta(days=7)
"""How long after its day a standup can be answered or changed."""

DRAFT_KEPT = timedelta(hours=24)
"""How long answers stay that somebody has begun to type and not finished."""

_LONGEST_NOTE = 10_000
"""As much as a text of a document holds; the answers themselves stand beside it, whole."""
_BLOCKER = re.compile(r"\bblock", re.IGNORECASE)
NOTHING = {
    *("", "-", "–", "—", "/", "x", "0", "ok", "none", "nothing", "no", "nope", "nobody", "n/a"),
    *("na", "nil", "no blocker", "no blockers", "not blocked", "nothing blocking", "all good"),
    *("none so far", "nothing so far", "none at the moment", "nothing at the moment"),
}


class State(StrEnum):
    """What became of one person's standup of one day; the last two only documents tell."""

    ASKED = "asked"
    POSTED = "posted"
    SKIPPED = "skipped"
    NOTHING_NEW = "nothing_new"
    MISSING = "missing"
    AWAY = "out_of_office"


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of an answer to a question (counted from 0), and what it is about.

    `item` None: the project at large. `evidence` is the key of the work that was ticked
    ("pull/12"), and `url` where that is; both are empty where the line was written.
    """

    question: int
    text: str
    item: int | None = None
    evidence: str = ""
    url: str = ""

    def is_of(self, question: int) -> bool:
        """Whether it was ticked to a question."""
        return self.question == question and bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A line that was written here and is told nowhere: it is about a project (by its id) of which
    not everybody may know who reads this one. Only whoever wrote it sees it.
    """

    question: int
    text: str
    project: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A direct message (by its `ts`) that was taken as an answer: to one question (counted from 0),
    or (None) to as many as its words name.
    """

    ts: str
    question: int | None = None

    def beside(self, known: Sequence["Typed"]) -> tuple["Typed", ...]:
        """With those of the known ones in whose place it does not come."""
        whole = self.question is None
        kept = [one for one in known if not whole and one.question not in (None, self.question)]
        return (*(one for one in kept if one.ts != self.ts), self)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's standup of one day (their own). `answers` are pairs of question and answer, and
    `said` are their lines and what was ticked, `carried` the blockers from before. `due_at` is when
    they were to be asked, `asked_at` when they were. `draft` are the first answers of one that
    somebody has begun to answer in their direct message; `typed` are the messages that they did it
    in.
    """

    id: int
    project: int
    person: int
    day: date
    state: State
    answers: tuple[tuple[str, str], ...] = ()
    asked_at: datetime | None = None
    posted_at: datetime | None = None
    blocked_item: int | None = None
    said: tuple[SaidLine, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    due_at: datetime | None = None
    carried: tuple[Carried, ...] = ()
    draft: tuple[str, ...] = ()
    drafted_at: datetime | None = None
    typed: tuple[Typed, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(question for question, _answer in self.answers)

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Questions and answers, with what was ticked to each of them below what was written."""
        return tuple(
            (question, "\n".join(_all(answer, [one.text for one in self.said if one.is_of(at)])))
            for at, (question, answer) in enumerate(self.answers)
        )


def _all(answer: str, ticked: Sequence[str]) -> Iterator[str]:
    """What was written and what was ticked; "none" says nothing where something was ticked."""
    if not (ticked and says_nothing(answer)):
        yield answer.strip()
    yield from ticked


def blocker_at(questions: Sequence[str]) -> int | None:
    """Which question asks what blocks somebody: the first that says "block …"."""
    return next((at for at, one in enumerate(questions) if _BLOCKER.search(one)), None)


def says_nothing(answer: str) -> bool:
    """Whether an answer says that there is nothing to say: "none", "nope", "–"."""
    return " ".join(answer.split()).strip(" .!").casefold() in NOTHING


def blocker(answers: Sequence[tuple[str, str]]) -> str:
    """What blocks somebody, or nothing."""
    at = blocker_at([question for question, _ in answers])
    said = answers[at][1].strip() if at is not None else ""
    return "" if says_nothing(said) else said


def in_document(answers: Sequence[tuple[str, str]]) -> dict[str, str | None]:
    """Answers in the fields of the workspace document: what it has no field for is the note."""
    own: dict[str, str | None] = {"yesterday": None, "today": None, "blocker": None, "note": None}
    fields = dict(zip(QUESTIONS, ("yesterday", "today", "blocker"), strict=True))
    block = blocker_at([question for question, _ in answers])
    more: list[str] = []
    for at, (question, answer) in enumerate(answers):
        field = "blocker" if at == block else fields.get(question)
        if field:
            own[field] = answer.strip() or None
        elif answer.strip():
            more.append(f"{question} {answer.strip()}")
    return {**own, "note": "\n".join(more)[:_LONGEST_NOTE] or None}
