"""Input that the Consulted are asked for, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from bot.consultations import Occasion


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who is asked, and the last day for their answer."""

    person: int
    due: date


@dataclass(frozen=True, slots=True)
class ConsultationAsked:
    """People are asked for input on an item, all the same and at once."""

    project: int
    item: int
    occasion: Occasion
    question: str
    asked: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """What somebody says to it; `before` is what they said earlier."""

    project: int
    item: int
    consultation: int
    person: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ConsultationSilent:
    """The last day of these people went by without a word; `consultations` are their questions."""

    project: int
    item: int
    consultations: tuple[int, ...]
    silent: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ConsultationWithdrawn:
    """Somebody was to be asked, and never was: what it was for was over before they could be."""

    project: int
    item: int
    consultation: int
    unasked: Asking


ConsultationChange = (
    ConsultationAsked | ConsultationAnswered | ConsultationSilent | ConsultationWithdrawn
)
"""They are about an item, and change nothing of it: what people look at is not stale by them."""
