"""Questions that were not answered, or not rightly, until somebody settles them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from bot import text
from bot.project import Item, Project
from bot.qa.normal import Normal
from bot.qa.replies import Answer

KEPT_FOR = timedelta(days=90)
"""How long a question is kept after it was asked last, settled or not."""
MOST_ASKERS = 25
"""Of one question; who asks first is forgotten first."""
MOST_OF_ONE = 50
"""Open questions of one person."""
LONGEST_EXPECTED = 500
WEEK = timedelta(days=7)
_NEAR = 60.0  # out of 100


class Settled(StrEnum):
    """How a question came off the list."""

    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose a question is to settle: a project's, or (None) the admins'; nobody's (`is_own`)
    where it may tell of something private.
    """

    project: int | None
    is_own: bool = False


def audience(asked: Normal, here: Sequence[int], is_private: Callable[[int], bool]) -> Audience:
    """The project that a question belongs to: the one it names, else the one that alone has what
    it names, else the place's (`here`). Only what its asker may see is among them.
    """
    owners = [one for one in asked.owners if one in here] or list(asked.owners)
    found = list(asked.projects) or owners or list(here)
    if len(found) == 1:
        return Audience(found[0])
    return Audience(None, is_own=any(map(is_private, found)))


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question as whoever may settle it sees it: who asked is not told.

    `texts` are wordings, the latest first; `expected` what askers said they had expected. `near` is
    the item whose name is nearest.
    """

    id: int
    said: str
    texts: tuple[str, ...]
    times: int
    people: int
    wrong: int
    expected: tuple[str, ...]
    asked_at: datetime
    near: Item | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The open questions of one project, or (None) of none; `rest` more are not shown."""

    project: Project | None
    questions: tuple[OpenQuestion, ...]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class OpenShown:
    """The lists that somebody may settle."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class AnsweredNow:
    """A question that is answered by now, for one who asked it."""

    question: str
    was_wrong: bool
    answer: Answer


def near_item(said: str, project: Project) -> Item | None:
    """The item of a project whose name is most like some words, if one is like them at all."""
    typed = text.fold(said)
    scored = [
        (max(fuzz.token_set_ratio(typed, text.fold(name)), fuzz.ratio(typed, text.fold(name))), one)
        for one in project.items
        for name in (one.title, *one.aliases)
    ]
    score, item = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return item if typed and score >= _NEAR else None


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mark(answer: Answer) -> str:
    """What an answer comes to, whatever day it is: another mark is another answer."""
    verdict = answer.verdict or ""
    people = ",".join(map(str, sorted(answer.people)))
    stages = ",".join("/".join(one) for one in sorted(answer.stages))
    return f"{answer.kind.value}|{verdict}|{people}|{stages}"
