"""Input that the Consulted are asked for, and what comes of it."""

from dataclasses import dataclass
from datetime import date

from bot.consultations import Occasion


@dataclass(frozen=True, slots=True)
class ConsultationAsked:
    """Somebody is asked for input on an item, by a last day."""

    project: int
    item: int
    person: int
    occasion: Occasion
    question: str
    due: date


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
    """The last day went by without a word."""

    project: int
    item: int
    consultation: int
    person: int
    due: date


ConsultationChange = ConsultationAsked | ConsultationAnswered | ConsultationSilent
"""They are about an item, and change nothing of it: what people look at is not stale by them."""
