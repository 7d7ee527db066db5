"""Orders that look at letters and standups over time, at who acts for whom and who is there, and at
what matters of all this.
"""

from dataclasses import dataclass
from datetime import date

from bot.orders import EndBrief, SetBrief


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
    """Open the form that lets somebody act for oneself, in a project or (None) in all; with days in
    it, where they are known.
    """

    project: str | None = None
    first: date | None = None
    last: date | None = None


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


@dataclass(frozen=True, slots=True)
class ShowBrief:
    """What a leader should know of some `projects`, of all (`whole`), or of the channel's, else of
    all.
    """

    projects: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ShowStandups:
    """What was said in standups, the latest first, a page at a time.

    By somebody, about an item, what blocked them alone, from the `first` to the `last` day; None:
    whatever it is.
    """

    person: str | None = None
    item: str | None = None
    project: str | None = None
    first: date | None = None
    last: date | None = None
    blockers: bool = False
    by_stage: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowAway:
    """When somebody (None: who asks) is away."""

    person: str | None = None


@dataclass(frozen=True, slots=True)
class ListAway:
    """Who of those one works with is away today."""


@dataclass(frozen=True, slots=True)
class ShowZone:
    """The time zone of whoever asks, and whose word that is."""


@dataclass(frozen=True, slots=True)
class ShowBriefPlan:
    """When the channel is briefed by itself, or (`own`, and where there is none) who asks."""

    own: bool = False


BriefOrder = ShowBrief | ShowBriefPlan | SetBrief | EndBrief
"""What can be said of briefs."""

_Over = ShowHeld | ShowHistory | ShowStandups
_There = ShowAway | ListAway | ShowZone
Looking = _Over | _There | OpenDelegate | ShowDelegates | ShowQuestions | BriefOrder
"""Those of them that have a word of their own."""
