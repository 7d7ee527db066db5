"""Orders about what a project is for, as the commands that `read_scope` and its like read back."""

from bot.commands.orders import (
    OpenScope,
    Portfolio,
    ScopeDiff,
    ScopeHistory,
    ShowMetrics,
    ShowScope,
    ShowVerdict,
)
from bot.commands.speaking import name_word, own_text, within
from bot.commands.words import quoted
from bot.orders import ApproveScope, GiveVerdict, RemoveMetric, SetMetric, SetScope
from bot.scope import MetricWish

ScopeOrder = (
    ShowScope
    | SetScope
    | OpenScope
    | ApproveScope
    | ScopeHistory
    | ScopeDiff
    | ShowMetrics
    | SetMetric
    | RemoveMetric
    | ShowVerdict
    | GiveVerdict
    | Portfolio
)


def scope_spoken(order: ScopeOrder) -> str:
    match order:
        case Portfolio(page=page):
            return f"portfolio {page}"
        case ShowScope(name=name, project=project):
            return f"scope{f' {_words(name)}' if name else ''}{within(project)}"
        case SetScope(name=name, value="", project=project):
            return f"scope clear {_words(name)}{within(project)}"
        case SetScope(name=name, value=value, project=project):
            return f"scope {_words(name)}{within(project)}: {own_text(value)}"
        case SetMetric(name=name, wish=wish, project=project):
            return f"metric {name_word(name)}{_wish(wish)}{within(project)}"
        case RemoveMetric(name=name, project=project):
            return f"metric remove {name_word(name)}{within(project)}"
        case GiveVerdict(call=call, reason=reason, project=project):
            return f"verdict {call.value}{within(project)} because {own_text(reason)}"
        case _:
            return f"{_looked(order)}{within(order.project)}"


def _looked(
    order: OpenScope | ApproveScope | ScopeHistory | ScopeDiff | ShowMetrics | ShowVerdict,
) -> str:
    match order:
        case OpenScope():
            return "scope edit"
        case ApproveScope():
            return "scope approve"
        case ScopeHistory():
            return "history scope"
        case ScopeDiff(first=first, last=last):
            return f"scope diff v{first} v{last}"
        case ShowMetrics():
            return "metric"
        case ShowVerdict():
            return "verdict"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _wish(wish: MetricWish) -> str:
    numbers = (("baseline", wish.baseline), ("target", wish.target), ("now", wish.now))
    said = [f" {part} {value!r}" for part, value in numbers if value is not None]
    if wish.higher is not None:
        said.append(" higher" if wish.higher else " lower")
    if wish.unit:
        said.append(f" unit {quoted(wish.unit)}")
    if wish.measured:
        said.append(f" measured {quoted(wish.measured)}")
    return "".join(said)
