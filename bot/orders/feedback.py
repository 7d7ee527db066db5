"""What is said of answers, and what settles a question that was not answered."""

from dataclasses import dataclass

from bot.orders.ladder import AddItem
from bot.orders.projects import SetAlias


@dataclass(frozen=True, slots=True)
class SayExpected:
    """What somebody expected of an answer that they said to be wrong (`question`: its number)."""

    question: int
    text: str


@dataclass(frozen=True, slots=True)
class SettleQuestion:
    """Let the words of an open question mean something."""

    question: int
    by: SetAlias | AddItem

    @property
    def project(self) -> str | None:
        return self.by.project
