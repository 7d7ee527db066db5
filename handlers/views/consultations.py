"""What became of the input that was asked for, as whoever looks at an item reads it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.consultations import Consultation
from bot.people import Person
from handlers.views.kit import Piece, cut, name

LONGEST_ANSWER = 200
LONGEST = 8
"""Lines; there are seldom more who are consulted."""


def states(
    asked: Iterable[Consultation], people: Mapping[int, Person], now: datetime | None
) -> list[list[str | Piece]]:
    """A line for everybody who was asked."""
    latest = {one.person: one for one in asked}
    shown: list[list[str | Piece]] = []
    for one in [*latest.values()][:LONGEST]:
        shown.append([f"Input of {_who(one, people)}: {_state(one, now)}"])
    return shown


def _who(one: Consultation, people: Mapping[int, Person]) -> str:
    return name(people[one.person].name) if one.person in people else "somebody"


def _state(one: Consultation, now: datetime | None) -> str:
    if one.answered_at is not None:
        return f"“{cut(one.answer, LONGEST_ANSWER)}”"
    if one.silent_at is not None and now is not None:
        return f"C silent since {max(1, (now - one.silent_at).days)} d"
    return f"asked for by {one.due.isoformat()}"
