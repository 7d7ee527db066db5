"""Orders that look at letters over time, and at who acts for whom."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nothing but the command's own name: how things stand, and what to begin with."""


@dataclass(frozen=True, slots=True)
class ShowHeld:
    """Who held the letters of an item on a day."""

    item: str
    day: date
    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """Every change of an item, the latest first, a page at a time."""

    item: str
    project: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class OpenDelegate:
    """Open the form that lets somebody act for oneself, in a project or (None) in all."""

    project: str | None = None


@dataclass(frozen=True, slots=True)
class ShowDelegates:
    """Who acts for somebody (None: for oneself), and for whom they act."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class ShowQuestions:
    """The questions that found no answer, in a project or (None) in all that somebody answers
    for.
    """

    project: str | None = None


Looking = ShowHeld | ShowHistory | OpenDelegate | ShowDelegates | ShowQuestions
"""Those of them that are about letters over time, and about what is asked of them."""
