"""The moment at which a gate waits for nothing but approval: the Accountable and the Consulted hear
of it then, without that anybody has to ask.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.changes import (
    Change,
    CriterionChanged,
    MetricChanged,
    ScopeChanged,
    ScopeRevised,
    StageMoved,
    TickChanged,
    VerdictGiven,
)
from bot.gates import Criterion, Gate, Knows, Tick, waits
from bot.project import CLOSED, Project
from bot.routing.happenings import Happening
from bot.routing.table import Event

Gates = Callable[[int], Gate]
"""What is recorded of an item's gate, by the item's id."""

_OPENING = (
    StageMoved,
    TickChanged,
    CriterionChanged,
    MetricChanged,
    ScopeChanged,
    ScopeRevised,
    VerdictGiven,
)
_ONCE = datetime.min.replace(tzinfo=UTC)
"""When a tick was made that was taken away: it does not matter here."""


def may_open(change: Change) -> bool:
    """Whether a gate can be at that point by this change."""
    return isinstance(change, _OPENING)


def opened(
    changes: Sequence[Change], before: Project, after: Project, gates: Gates
) -> Iterator[Happening]:
    """The gates that wait for approval by these changes and did not before; `gates` as they are
    after. What was done and is open again waits until something of its gate is said anew.
    """
    was = {item.id: item for item in before.items}
    for item in after.items:
        mine = [one for one in changes if getattr(one, "item", None) == item.id]
        known = was.get(item.id)
        if known is None or known.status in CLOSED or not waits(after, item, gates(item.id)):
            continue
        if not waits(before, known, _before(gates(item.id), mine)):
            yield Happening(Event.GATE_OPENED, after.id, item.id)


def _before(gate: Gate, changes: Sequence[Change]) -> Gate:
    for change in reversed(changes):
        match change:
            case TickChanged(key=key, ticked=ticked):
                others = tuple(one for one in gate.ticks if one.key != key)
                gate = replace(gate, ticks=others if ticked else (*others, Tick(key, None, _ONCE)))
            case CriterionChanged():
                gate = replace(gate, own=_asked_before(gate, change))
            case _:
                pass
    return gate


def _asked_before(gate: Gate, change: CriterionChanged) -> tuple[Criterion, ...]:
    """What it asked for of its own; one of the usual that was taken away stands there as such."""
    others = tuple(one for one in gate.own if one.key != change.key)
    if change.added is change.is_usual:
        knows = Knows.OFF if change.is_usual else Knows.TICK
        return (*others, Criterion(change.key, knows, change.text))
    return others
