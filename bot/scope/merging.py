"""Two who edit one scope at the same time: field by field, with a clash where both changed one.

A form shows the fields of a scope and one of its metrics. What it showed at first can be told from
the cells that are, with the edits since undone; so that a form need not carry it along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.scope.cells import METRIC_PARTS, Edit
from bot.scope.fields import NAMES, plain

METRIC_FIELDS = ("metric", *METRIC_PARTS)
"""What a form says of its one metric: its name, and its parts."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two have changed, each to something else."""

    field: str
    mine: str
    theirs: str


def form_values(cells: Mapping[str, str], metric: str) -> dict[str, str]:
    """What a form shows of these cells; `metric` names the one that it is about, if any."""
    parts = {part: cells.get(f"metric/{metric}/{part}", "") for part in METRIC_PARTS}
    named = metric if any(parts.values()) else ""
    return {**{name: cells.get(name, "") for name in NAMES}, "metric": named, **parts}


def undone(cells: Mapping[str, str], steps: Sequence[Edit]) -> dict[str, str]:
    """The cells as they were before these edits, which are given oldest first."""
    was = dict(cells)
    for step in reversed(steps):
        was[step.cell] = step.before
    return was


def merged(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Clash, ...]]:
    """What of mine is to be written over theirs, and where that would undo what they changed."""
    wanted: dict[str, str] = {}
    clashes: list[Clash] = []
    for name, text in mine.items():
        was, now = (plain(name, texts.get(name, "")) for texts in (base, theirs))
        if plain(name, text) in (was, now):
            continue
        if now == was:
            wanted[name] = text
        else:
            clashes.append(Clash(name, text, theirs.get(name, "")))
    return wanted, tuple(clashes)
