"""`away` and `zone`: when somebody is not there, and where they are when they are."""

from collections.abc import Sequence
from datetime import date

from bot.commands.looking import ListAway, ShowAway, ShowZone
from bot.commands.orders import Order
from bot.commands.reading import reference
from bot.commands.spans import Span, begins_days, read_span
from bot.commands.times import read_zone
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import EndAway, SetAway, SetRegion, SetZone

_LIST = {"list", "who", "everybody", "team"}
_SHOW = {"show", "status", "?"}
_OFF = {"off", "back", "end", "over", "cancel", "clear"}
_SLACK = {"slack", "slack's", "off", "default", "auto", "automatic"}
_UNSAID = {"default", "off"}


def read_away(rest: str, today: date) -> Order:
    some = words(rest)
    if not some:
        return ShowAway()
    first = some[0].key
    if first in _LIST and len(some) == 1:
        return ListAway()
    if first == "region":
        return _region(some[1:])
    if first in _SHOW:
        return ShowAway(_whom(some[1:]))
    if first in _OFF:
        return _ended(some[1:], today)
    person, days = _parted(some)
    if person is not None and not days:
        return ShowAway(person)
    span = _span(_without_reason(days), today)
    return SetAway(span.first, span.last, span.days, span.half, person)


def _region(some: Sequence[Word]) -> Order:
    if not some:
        return ShowAway()
    said = reference(some, "region")
    return SetRegion("" if said.casefold() in _UNSAID else said)


def _ended(some: Sequence[Word], today: date) -> Order:
    person, days = _parted(some)
    if not days:
        return EndAway(None, person)
    return EndAway(_span(days, today).first, person)


def _span(days: Sequence[Word], today: date) -> Span:
    """The days, with a hint of how they are said here where they are none."""
    try:
        return read_span(days, today)
    except BadInput as no:
        if no.why is not Why.BAD_DATE:
            raise
        raise BadInput(Why.BAD_DATE, {"date": joined(days), "of": "away"}, no.field) from None


def _parted(some: Sequence[Word]) -> tuple[str | None, Sequence[Word]]:
    """Whom it is about, if somebody is named first, and the rest: a mention, or what stands before
    the first word of days.
    """
    if some and (some[0].quoted or some[0].text.startswith(("<@", "@", "key:"))):
        return _whom(some[:1]), some[1:]
    at = next((n for n, word in enumerate(some) if begins_days(word)), 0)
    return (_whom(some[:at]), some[at:]) if at else (None, some)


def _whom(some: Sequence[Word]) -> str | None:
    return reference(some, "person").lstrip("@") if some else None


def _without_reason(some: Sequence[Word]) -> Sequence[Word]:
    """What is no day is not kept: why somebody is away is their own."""
    at = next((n for n, word in enumerate(some) if word.key in {"because", "with"}), None)
    return some if at is None else some[:at]


def read_zone_of(rest: str, today: date) -> Order:
    some = words(rest)
    said = joined(some)
    if not said or said.casefold() in _SHOW:
        return ShowZone()
    if said.casefold() in _SLACK:
        return SetZone("")
    if some[0].key in {"is", "in", "to"}:
        said = joined(some[1:])
    if not said:
        raise BadInput(Why.EMPTY_TEXT, {"field": "zone"}, field="zone")
    return SetZone(read_zone(said))
