"""`gate`: what an item needs before it is done."""

from collections.abc import Sequence
from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import reference, with_project, without_project
from bot.commands.words import Word, joined, unwrapped, words
from bot.commands.work import ShowGate
from bot.errors import BadInput, Why
from bot.orders import AddCriterion, AskGate, RemoveCriterion, TickCriterion

_VERBS = {"add", "remove", "tick", "untick", "ask"}


def read_gate(rest: str, today: date) -> Order:
    some = words(rest)
    at = next((n for n, word in enumerate(some) if n and word.key in _VERBS), None)
    if at is None:
        item, project = without_project(some)
        return ShowGate(reference(item, "item"), project)
    item, project = without_project(some[:at])
    named, verb = reference(item, "item"), some[at].key
    if verb == "add":
        text, quoted = with_project(rest[some[at].end :])
        if not text.strip():
            raise BadInput(Why.EMPTY_TEXT, {"field": "criterion"}, field="criterion")
        return AddCriterion(named, unwrapped(text), project or quoted)
    text, note = _with_reason(rest, some[at + 1 :], some[at].end)
    about, after = without_project(words(text))
    criterion = joined(about)
    project = project or after
    match verb:
        case "ask":
            return AskGate(named, note or criterion, project)
        case "remove":
            return RemoveCriterion(named, reference(about, "criterion"), project)
        case _:
            return TickCriterion(named, criterion or None, verb == "tick", note, project)


def _with_reason(rest: str, some: Sequence[Word], start: int) -> tuple[str, str]:
    """What stands before `because`, and what after it."""
    because = next((word for word in some if word.key == "because"), None)
    if because is None:
        return rest[start:], ""
    return rest[start : because.start], unwrapped(rest[because.end :])
