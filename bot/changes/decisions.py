"""Decisions kept, and withdrawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecisionKept:
    """A decision of a project (or of one item of it); `author` said it, in the message that
    `channel` and `ts` name.
    """

    project: int
    item: int | None
    number: int
    text: str
    author: int | None = None
    permalink: str = ""
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class DecisionWithdrawn:
    """A decision that holds no more, or (`withdrawn` False) holds again."""

    project: int
    item: int | None
    number: int
    text: str
    because: str = ""
    withdrawn: bool = True


DecisionChange = DecisionKept | DecisionWithdrawn
