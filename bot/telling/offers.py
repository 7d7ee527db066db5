"""Hand-overs that are offered and answered."""

from collections.abc import Mapping

from bot.changes import HandOverOffered, HandOverSettled, OfferChange
from bot.people import Person
from bot.telling.line import Line

LABEL = "hand-over"


def lines(change: OfferChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    way = f"{_name(change.giver, people)} to {_name(change.receiver, people)}"
    match change:
        case HandOverOffered(is_request=is_request):
            return (Line(LABEL, "", f"{way}, {'asked for' if is_request else 'offered'}"),)
        case HandOverSettled(state=state):
            return (Line(LABEL, way, state.words),)


def _name(person: int, people: Mapping[int, Person]) -> str:
    return people[person].name if person in people else "somebody unknown"
