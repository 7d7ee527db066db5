"""What a project is for, said otherwise, signed off, and judged."""

from collections.abc import Iterator, Mapping

from bot import scope
from bot.changes import (
    MetricChanged,
    ScopeApproved,
    ScopeChange,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    VerdictGiven,
)
from bot.people import Person
from bot.project import Call, Metric
from bot.telling.line import Line


def lines(change: ScopeChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    match change:
        case ScopeChanged() | MetricChanged():
            return tuple(_part(change, people))
        case ScopeRevised(parts=parts):
            return tuple(line for part in parts for line in _part(part, people))
        case ScopeApproved(version=version, before=before, given=given):
            was, now = f"v{before}" if before else "", f"v{version}"
            return (Line("scope approved", *((was, now) if given else (now, was))),)
        case VerdictGiven():
            was = _verdict(change.before, change.before_reason)
            return (Line("verdict", was, _verdict(change.after, change.reason)),)


def _part(part: ScopePart, people: Mapping[int, Person]) -> Iterator[Line]:
    if isinstance(part, ScopeChanged):
        before, after = (
            scope.worded(part.name, text, people) for text in (part.before, part.after)
        )
        yield Line(scope.words(part.name), before, after)
        return
    was, now = _metric_parts(part.before), _metric_parts(part.after)
    if part.before is None or part.after is None:
        named = part.after or part.before
        yield Line(f"metric {named.name if named else ''}", _in_line(was), _in_line(now))
        return
    for what in dict.fromkeys((*was, *now)):
        if was.get(what, "") != now.get(what, ""):
            yield Line(f"{part.before.name} {what}", was.get(what, ""), now.get(what, ""))


def _metric_parts(metric: Metric | None) -> dict[str, str]:
    """A metric part by part, as it is agreed upon and as it stands."""
    if metric is None:
        return {}
    agreed = scope.metric_cells(metric)
    parts = {cell.rsplit("/", 1)[1]: text for cell, text in agreed.items()}
    parts["now"] = scope.number(metric.current)
    return {"name": metric.name, **{what: text for what, text in parts.items() if text}}


def _in_line(parts: Mapping[str, str]) -> str:
    """A whole metric: "higher is better, baseline 0.71, target 0.8"."""
    told = (
        f"{text} is better" if what == "direction" else f"{what} {text}"
        for what, text in parts.items()
        if what != "name"
    )
    return ", ".join(told)


def _verdict(call: Call | None, reason: str) -> str:
    return f"{call.value} ({reason})" if call else ""
