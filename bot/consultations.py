"""Who is consulted, on what occasion, until when: asked once, and their silence is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.project import CLOSED, Item, Status


class Occasion(StrEnum):
    """Why somebody is asked for input."""

    GATE = "gate"
    BLOCKED = "blocked"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Consultation:
    """One of the Consulted, asked once. `due` is the last day for an answer, in their own zone.

    `silent_at`: it went by without one, which can still come. `asked_by`: whose question it is,
    None where the clock brought it up.
    """

    id: int
    project: int
    item: int
    person: int
    occasion: Occasion
    question: str
    asked_at: datetime
    due: date
    answered_at: datetime | None = None
    answer: str = ""
    silent_at: datetime | None = None
    asked_by: int | None = None

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.silent_at is None

    @property
    def is_consulting(self) -> bool:
        """Whether it is the Consulted who were asked, by a rule; a question is between two."""
        return self.occasion is not Occasion.QUESTION

    @property
    def is_silent(self) -> bool:
        return self.answered_at is None and self.silent_at is not None


def question(occasion: Occasion, item: Item) -> str:
    """What the Consulted are asked."""
    if occasion is Occasion.BLOCKED:
        return f"{item.title} is blocked. What could unblock it?"
    return f"{item.title} is about to count as done. What speaks against it?"


def stands(consultation: Consultation, item: Item | None) -> bool:
    """Whether what it was asked for is still to come."""
    if item is None:
        return False
    if consultation.occasion is Occasion.QUESTION:
        return True
    if consultation.occasion is Occasion.BLOCKED:
        return item.status is Status.BLOCKED
    return item.status not in CLOSED


def to_ask(
    people: Iterable[int],
    earlier: Iterable[Consultation],
    occasion: Occasion,
    reopened_at: datetime | None,
) -> tuple[int, ...]:
    """Whom to ask now: nobody who still has a question about the item before them, and before a
    gate nobody twice, unless the item was done in between (`reopened_at`).
    """
    asked = {
        one.person
        for one in earlier
        if (one.is_waiting and one.occasion is not Occasion.QUESTION)
        or (
            occasion is one.occasion is Occasion.GATE
            and (reopened_at is None or one.asked_at >= reopened_at)
        )
    }
    return tuple(person for person in dict.fromkeys(people) if person not in asked)
