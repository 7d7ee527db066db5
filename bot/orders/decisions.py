"""Decisions to be kept, and withdrawn."""

from dataclasses import dataclass

from bot.decisions import Source


@dataclass(frozen=True, slots=True)
class KeepDecision:
    """Keep a decision of a project, perhaps of one item of it; `source` is the message that says
    it, where one does.
    """

    text: str
    item: str | None = None
    project: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class WithdrawDecision:
    """A decision holds no more, or (`withdrawn` False) holds again; it stays on record."""

    number: int
    because: str = ""
    project: str | None = None
    withdrawn: bool = True
