"""Gates: what must be so before an item is done.

A few stages have a usual gate, any item may have criteria of its own. Charter sees some by itself
in the record; the others somebody ticks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.people import Person
from bot.project import CLOSED, Call, Item, Letter, PersonHolder, Project, Vacancy


class Knows(StrEnum):
    """How Charter knows that a criterion is met."""

    TICK = "tick"
    TARGET = "target"
    MEASURED = "measured"
    VERDICT = "verdict"
    EARLIER = "earlier"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something that must be so. `is_usual`: the stage has it unless it is taken away."""

    key: str
    knows: Knows
    text: str
    is_usual: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody says that a criterion is met. `is_self`: of work that is their own."""

    key: str
    by: int | None
    at: datetime
    note: str = ""
    is_self: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """What is recorded of an item's gate."""

    own: tuple[Criterion, ...] = ()
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion as it stands now."""

    criterion: Criterion
    is_met: bool
    tick: Tick | None = None

    @property
    def is_ticked_by_hand(self) -> bool:
        return self.criterion.knows is Knows.TICK


@dataclass(frozen=True, slots=True)
class GateShown:
    """What the gate of an item asks for, and whether who looks at it may tick it."""

    project: Project
    item: Item
    checks: tuple[Check, ...]
    people: dict[int, Person]
    may_tick: bool


def _usual(key: str, knows: Knows, text: str) -> Criterion:
    return Criterion(key, knows, text, is_usual=True)


APPROVAL = "approved"
"""The key of what only whoever answers for an item can say of it."""
_APPROVED = _usual(APPROVAL, Knows.TICK, "approved by whoever is accountable")
USUAL: dict[str, tuple[Criterion, ...]] = {
    "framing": (
        _usual("target", Knows.TARGET, "a success metric has a target"),
        _usual("verdict", Knows.VERDICT, "the verdict, where there is one, is go"),
        _APPROVED,
    ),
    "rollout": (
        _usual("earlier", Knows.EARLIER, "every earlier stage is done or skipped"),
        _APPROVED,
    ),
    "metrics": (
        _usual("measured", Knows.MEASURED, "a success metric has a baseline and a target"),
    ),
}
"""The gates that stages of the usual ladder have by themselves, by their keys."""


def criteria(item: Item, gate: Gate) -> tuple[Criterion, ...]:
    """What its gate asks for: the usual, as far as it was not taken away, and its own."""
    off = {one.key for one in gate.own if one.knows is Knows.OFF}
    usual = (one for one in USUAL.get(item.key, ()) if one.key not in off)
    own = (one for one in gate.own if one.knows is not Knows.OFF)
    return (*usual, *own)


def checks(project: Project, item: Item, gate: Gate) -> tuple[Check, ...]:
    """Each criterion, and whether it is met."""
    ticks = {tick.key: tick for tick in gate.ticks}
    return tuple(_check(project, item, one, ticks.get(one.key)) for one in criteria(item, gate))


def _check(project: Project, item: Item, criterion: Criterion, tick: Tick | None) -> Check:
    match criterion.knows:
        case Knows.TICK | Knows.OFF:
            return Check(criterion, tick is not None, tick)
        case Knows.TARGET:
            return Check(criterion, any(one.target is not None for one in project.scope.metrics))
        case Knows.MEASURED:
            metrics = project.scope.metrics
            is_met = any(one.target is not None and one.baseline is not None for one in metrics)
            return Check(criterion, is_met)
        case Knows.VERDICT:
            verdict = project.scope.verdict
            return Check(criterion, verdict is None or verdict.call is Call.GO)
        case Knows.EARLIER:
            return Check(criterion, all(one.status in CLOSED for one in _earlier(project, item)))


def _earlier(project: Project, item: Item) -> Iterator[Item]:
    for stage in project.stages():
        if stage.id == item.id:
            return
        yield stage


def lacking(found: tuple[Check, ...]) -> tuple[Check, ...]:
    return tuple(one for one in found if not one.is_met)


def waits(project: Project, item: Item, gate: Gate) -> bool:
    """Whether an item that is worked on has all that its gate asks for, but for an approval that
    is still to come.
    """
    if not item.status.is_under_way:
        return False
    found = checks(project, item, gate)
    rest = [one for one in found if one.criterion.key != APPROVAL]
    is_approved = any(one.is_met for one in found if one.criterion.key == APPROVAL)
    return bool(found) and not is_approved and all(one.is_met for one in rest)


def is_own_work(project: Project, item: Item, person: int | None) -> bool:
    """Whether somebody who approves an item approves what nobody but they do: they alone are
    responsible for it, vacant seats being nobody.
    """
    responsible = {
        one.holder
        for one in project.raci(item)
        if one.letter is Letter.R and not isinstance(one.holder, Vacancy)
    }
    return person is not None and responsible == {PersonHolder(person)}


def approves_own_work(project: Project, item: Item) -> bool:
    """Whether an item's gate is passed on the word of the one who did the work alone."""
    return any(
        one.letter is Letter.A
        and isinstance(one.holder, PersonHolder)
        and is_own_work(project, item, one.holder.person)
        for one in project.raci(item)
    )
