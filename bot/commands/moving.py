"""`transfer`, `clone`, `startup`, `split` and `waive`: many letters, and rules set aside."""

from collections.abc import Sequence
from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import read_date, reference, without_project
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import CloneRaci, EndStartUp, EndWaiver, Split, StartUp, Transfer, Waive

_TO = {"to", "->", "→", "=>"}
_EVERYWHERE = {"everywhere", "all", "project=*", "*"}
_OFF = {"off", "end", "stop"}
_WHY = {"because", "because:"}
_BECAUSE = {*_WHY, "-", ":"}


def read_transfer(rest: str, today: date) -> Order:
    """The two who are meant stand around `to` or an arrow; why stands after `because`."""
    some = list(words(rest))
    reason = ""
    because = next((n for n, word in enumerate(some) if word.key in _WHY), None)
    if because is not None:
        reason = unwrapped(rest[some[because].end :])
        some = some[:because]
    everywhere = bool(some) and some[-1].key in _EVERYWHERE
    if everywhere:
        some = some[:-1]
    at = next((n for n, word in enumerate(some) if n and word.key in _TO), None)
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "to"}, field="to")
    to, project = (tuple(some[at + 1 :]), None) if everywhere else without_project(some[at + 1 :])
    source = reference(some[:at], "holder").lstrip("@")
    return Transfer(source, reference(to, "holder").lstrip("@"), project, everywhere, reason)


def read_clone(rest: str, today: date) -> Order:
    some = list(words(rest))
    if some and some[0].key == "raci":
        some = some[1:]
    some, with_people = _without_people(some)
    before, project = without_project(some)
    some, also = _without_people(list(before))
    if some and some[0].key == "from":
        some = some[1:]
    source = reference(some, "project")
    return CloneRaci(source.removeprefix("from="), project, with_people or also)


def _without_people(some: list[Word]) -> tuple[list[Word], bool]:
    if [word.key for word in some[-2:]] == ["with", "people"]:
        return some[:-2], True
    return some, False


def read_startup(rest: str, today: date) -> Order:
    some, project = without_project(words(rest))
    if len(some) == 1 and some[0].key in _OFF:
        return EndStartUp(project)
    return StartUp(reference(some, "holder").lstrip("@"), project)


def read_split(rest: str, today: date) -> Order:
    some, project = without_project(words(rest))
    since: date | None = None
    at = _last(some, {"since", "from"})
    if at is not None:
        since = _since(some[at + 1 :], today)
        some = some[:at]
    if project is None:
        some, project = without_project(some)
    at = _last(some, _TO)
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "to"}, field="to")
    to = reference(some[at + 1 :], "holder").lstrip("@")
    return Split(reference(some[:at], "job"), to, since, project)


def _since(some: Sequence[Word], today: date) -> date:
    since = read_date(joined(some), today, ahead=False)
    if since > today:
        raise BadInput(Why.FUTURE_DATE, {"date": since.isoformat()}, field="since")
    return since


def read_waive(rest: str, today: date) -> Order:
    """`RULE [ITEM] [in PROJECT] until DATE because REASON`, or `off RULE [ITEM] [in PROJECT]`."""
    some = words(rest)
    if some and some[0].key in _OFF:
        rule, item, project = _about(some[1:])
        return EndWaiver(rule, item, project)
    because = next((n for n, word in enumerate(some) if word.key in _BECAUSE), None)
    head = some if because is None else some[:because]
    at = _last(head, {"until", "till"})
    if at is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "until"}, field="until")
    rule, item, project = _about(head[:at])
    day, after = without_project(head[at + 1 :])
    until = read_date(joined(day), today, ahead=True)
    if because is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "why"}, field="why")
    reason = unwrapped(rest[some[because].end :])
    if not reason:
        raise BadInput(Why.EMPTY_TEXT, {"field": "why"}, field="why")
    return Waive(rule, until, reason, item, project or after)


def _about(some: Sequence[Word]) -> tuple[str, str | None, str | None]:
    """The rule, which is one word, and the item and project it is waived for."""
    rest, project = without_project(some)
    rule = reference(rest[:1], "rule")
    return rule, (reference(rest[1:], "item") if rest[1:] else None), project


def _last(some: Sequence[Word], keys: set[str]) -> int | None:
    return next((n for n in range(len(some) - 1, 0, -1) if some[n].key in keys), None)
