"""`delegate`: let somebody act for somebody, look at that, call it off."""

from collections.abc import Sequence
from datetime import date

from bot.commands.looking import OpenDelegate, ShowDelegates
from bot.commands.orders import (
    Order,
)
from bot.commands.reading import read_date, reference, without_project
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import Delegate, EndDelegation


def read_delegate(rest: str, today: date) -> Order:
    some, reason = _without_reason(words(rest))
    some, project = without_project(some)
    verb = some[0].key if some else ""
    if not some and not reason:
        return OpenDelegate(project)
    if verb == "show":
        return ShowDelegates(_name(some[1:]))
    if verb in {"off", "end"}:
        person, holder = _pair(some[1:])
        return EndDelegation(holder, person, project)
    who, first, last = _days(some, today)
    person, holder = _pair(who)
    if holder is None and person is None and not reason:
        return OpenDelegate(project, first, last)
    if holder is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "delegate"}, field="delegate")
    return Delegate(holder, first, last, person, project, reason)


def _without_reason(some: Sequence[Word]) -> tuple[Sequence[Word], str]:
    """Cut `because …` off: all that follows it is the reason."""
    at = next((n for n, word in enumerate(some) if word.key == "because"), None)
    return (some, "") if at is None else (some[:at], joined(some[at + 1 :]))


def _days(some: Sequence[Word], today: date) -> tuple[Sequence[Word], date, date]:
    """The words before the days, and the days: `from … to …`, `until …` (from today on)."""
    keys = [word.key for word in some]
    if "from" in keys:
        at = keys.index("from")
        ends = [n for n in range(at + 1, len(keys)) if keys[n] in {"to", "until", "till", "-"}]
        if ends:
            first = read_date(joined(some[at + 1 : ends[0]]), today, ahead=True)
            return some[:at], first, read_date(joined(some[ends[0] + 1 :]), first, ahead=True)
    elif "until" in keys:
        at = keys.index("until")
        return some[:at], today, read_date(joined(some[at + 1 :]), today, ahead=True)
    raise BadInput(Why.EMPTY_TEXT, {"field": "last day"}, field="until")


def _pair(some: Sequence[Word]) -> tuple[str | None, str | None]:
    """Who is away (None: who says it) and who acts: `@bea to @dan`, or `@dan` alone."""
    at = next((n for n, word in enumerate(some) if word.key == "to"), None)
    if at is None:
        return None, _name(some)
    return _name(some[:at]), _name(some[at + 1 :])


def _name(some: Sequence[Word]) -> str | None:
    return reference(some, "holder").lstrip("@") if some else None
