"""`scope`, `metric`, `verdict`, `history` and `portfolio`: what a project is for, a line each."""

import re
from collections.abc import Sequence
from datetime import date

from bot import scope
from bot.commands.looking import ShowHistory
from bot.commands.orders import (
    OpenScope,
    Order,
    Portfolio,
    ScopeDiff,
    ScopeHistory,
    ShowMetrics,
    ShowScope,
    ShowVerdict,
)
from bot.commands.reading import (
    page_of,
    read_date,
    reference,
    with_note,
    with_project,
    without_project,
)
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import ApproveScope, GiveVerdict, RemoveMetric, SetMetric, SetScope
from bot.project import Call
from bot.scope import Kind, MetricWish

_NAMES = {
    **{name.replace("_", " "): name for name in scope.NAMES},
    "why": "why_ml",
    "saving": "expected_saving",
    "savings": "expected_saving",
    "costs": "cost",
    "data": "data_sources",
}
_SPELLED = sorted((name.replace(" ", r"[\s_-]+") for name in _NAMES), key=len, reverse=True)
_FIELD = re.compile(
    rf"({'|'.join(_SPELLED)})"
    r"(?:\s*([:=：])|(?=\s)|$)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v?(\d{1,6})", re.ASCII | re.IGNORECASE)
_SIGN_OFF = ({"approve"}, {"approved"}, {"sign"})
_BETWEEN = {"and", "to", "with", "..", "-"}

METRIC_EXAMPLE = "metric AUC baseline 0.71 target 0.80"


def read_scope(rest: str, today: date) -> Order:
    """The scope, one field of it, or what is to become of it."""
    if order := _done_to_it(words(rest)):
        return order
    found = _FIELD.match(rest)
    if found is None:
        some, project = without_project(words(rest))
        if some:
            raise _bad_field(joined(some))
        return ShowScope(None, project)
    name = _name(found[1])
    value = rest[found.end() :]
    some = words(value)
    if found[2] is None:
        if not some:
            return ShowScope(name)
        if some[0].key == "in":
            return _of_project(name, value, some, today)
        return _set(name, *_with_any_project(value, some), today)
    if not some:
        raise BadInput(Why.EMPTY_TEXT, {"field": name}, field="value")
    return _set(name, *with_project(value), today)


def _name(spelled: str) -> str:
    return _NAMES[" ".join(re.split(r"[\s_-]+", spelled.casefold()))]


def _bad_field(typed: str) -> BadInput:
    field = re.split("[:：]", typed, maxsplit=1)[0].strip()
    known = ", ".join(scope.words(name) for name in scope.NAMES)
    return BadInput(Why.BAD_FIELD, {"field": field, "known": known}, field="name")


def _done_to_it(some: Sequence[Word]) -> Order | None:
    """`edit`, `approve`, `history`, `diff v1 v3` and `clear FIELD`; None for whatever else."""
    if not some:
        return None
    before, project = without_project(some[1:])
    match some[0].key:
        case "edit" | "history" | "approve" if before:
            raise _left_over(before, f"scope {some[0].key}")
        case "edit":
            return OpenScope(project)
        case "history":
            return ScopeHistory(project)
        case "approve":
            return ApproveScope(project)
        case "diff":
            return _diff(before, project)
        case "clear":
            found = _FIELD.fullmatch(joined(before))
            if found is None:
                raise _bad_field(joined(before))
            return SetScope(_name(found[1]), "", project)
        case _:
            return None


def _diff(some: Sequence[Word], project: str | None) -> ScopeDiff:
    named = [_VERSION.fullmatch(word.text) for word in some if word.key not in _BETWEEN]
    numbers = [int(one[1]) for one in named if one]
    if len(named) != 2 or len(numbers) != 2:
        raise BadInput(Why.BAD_SCOPE_VERSION, {"version": joined(some)}, field="version")
    return ScopeDiff(numbers[0], numbers[1], project)


def _of_project(name: str, value: str, some: Sequence[Word], today: date) -> Order:
    """`goal in Churn` reads, `goal in Churn: …` writes there."""
    for word in some[1:]:
        sign = None if word.quoted else re.search("[:：]", value[word.start : word.end])
        if sign:
            at = word.start + sign.start()
            project = reference(words(value[some[0].end : at]), "project")
            return _set(name, value[at + 1 :], project, today)
    return ShowScope(name, reference(some[1:], "project"))


def _with_any_project(value: str, some: Sequence[Word]) -> tuple[str, str | None]:
    before, project = without_project(some)
    return (value[: before[-1].end], project) if before and project else (value, None)


def _set(name: str, value: str, project: str | None, today: date) -> SetScope:
    text = unwrapped(value)
    if not text:
        raise BadInput(Why.EMPTY_TEXT, {"field": name}, field="value")
    if scope.FIELD[name].kind is Kind.DAY:
        text = read_date(text, today, ahead=True).isoformat()
    return SetScope(name, text, project)


def read_history(rest: str, today: date) -> Order:
    """How a scope came about, or what became of an item: `ITEM page 2`."""
    before, project = without_project(words(rest))
    if [word.key for word in before] == ["scope"]:
        return ScopeHistory(project)
    page = 1
    if len(before) > 2 and before[-2].key == "page":
        before, page = before[:-2], page_of(before[-1].text)
    return ShowHistory(reference(before, "item"), project, page)


# --- metrics --------------------------------------------------------------------------------------

_PARTS = {"baseline", "target", "now", "current", "unit", "measured", "higher", "lower"}
_NUMBERS = {"baseline": "baseline", "target": "target", "now": "now", "current": "now"}
_FILLERS = {"=", "is", "of", "at", "to", "from", ":", "by", "in"}


def read_metric(rest: str, today: date) -> Order:
    """The metrics, or what one of them is to be."""
    some, project = without_project(words(rest))
    if not some:
        return ShowMetrics(project)
    if some[0].key in {"remove", "delete"}:
        return RemoveMetric(reference(some[1:], "metric"), project)
    start = next((n for n, word in enumerate(some) if n and word.key in _PARTS), None)
    if start is None:
        raise _left_over(some, METRIC_EXAMPLE)
    return SetMetric(reference(some[:start], "metric"), _wish(some[start:]), project)


def _wish(some: Sequence[Word]) -> MetricWish:
    values: dict[str, str] = {}
    higher: bool | None = None
    at = 0
    while at < len(some):
        key = some[at].key
        end = next((n for n in range(at + 1, len(some)) if some[n].key in _PARTS), len(some))
        said = [word for word in some[at + 1 : end] if word.key not in _FILLERS]
        if key in {"higher", "lower"}:
            if said and [word.key for word in said] != ["better"]:
                raise _left_over(said, METRIC_EXAMPLE)
            higher = key == "higher"
        else:
            values[_NUMBERS.get(key, key)] = reference(said, key)
        at = end
    numbers = {
        part: scope.read_number(values[part], part) if part in values else None
        for part in ("baseline", "target", "now")
    }
    return MetricWish(
        higher=higher,
        unit=values.get("unit"),
        baseline=numbers["baseline"],
        target=numbers["target"],
        measured=values.get("measured"),
        now=numbers["now"],
    )


def _left_over(some: Sequence[Word], wanted: str) -> BadInput:
    facts = {"words": joined(some), "wanted": wanted}
    return BadInput(Why.WORDS_LEFT_OVER, facts, field="value")


# --- feasibility ----------------------------------------------------------------------------------

_CALLS = {
    **dict.fromkeys(("go", "yes"), Call.GO),
    **dict.fromkeys(("no-go", "no go", "nogo", "no"), Call.NO_GO),
}


def read_verdict(rest: str, today: date) -> Order:
    head, reason = with_note(rest)
    before, project = without_project(words(head))
    if not before and reason is None:
        return ShowVerdict(project)
    call = _CALLS.get(joined(before).casefold())
    if call is None:
        raise BadInput(Why.BAD_VERDICT, {"verdict": joined(before)}, field="verdict")
    if reason is None:
        raise BadInput(Why.VERDICT_REASON, {"verdict": call.value}, field="reason")
    text, quoted_project = with_project(reason)
    return GiveVerdict(call, unwrapped(text), project or quoted_project)


def read_portfolio(rest: str, today: date) -> Order:
    return Portfolio(page_of(rest))
