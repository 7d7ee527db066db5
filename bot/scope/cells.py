"""The cells of a scope, and what two states of it differ in.

A field is a cell, and so is each part of a metric and each link. What is material makes a sign-off
stale when it changes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.project import Metric, Scope
from bot.scope.fields import FIELD, NAMES, number, value

METRIC_PARTS = ("direction", "unit", "baseline", "target", "measured")
"""What is material of a metric; where it stands now is measured, not agreed upon."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that changed; empty text stands for nothing."""

    cell: str
    before: str
    after: str


def cells(scope: Scope) -> dict[str, str]:
    """All that a scope says, by cell."""
    said = {name: value(scope, name) for name in NAMES}
    for metric in scope.metrics:
        said |= metric_cells(metric)
    said |= {link_cell(link.url): link.title for link in scope.links}
    return {cell: text for cell, text in said.items() if text}


def metric_cells(metric: Metric | None) -> dict[str, str]:
    """The parts of a metric that are agreed upon, by cell; none of no metric."""
    if metric is None:
        return {}
    parts = {
        "direction": "higher" if metric.higher else "lower",
        "unit": metric.unit.strip(),
        "baseline": number(metric.baseline),
        "target": number(metric.target),
        "measured": metric.measured.strip(),
    }
    return {f"metric/{metric.name}/{part}": text for part, text in parts.items() if text}


def link_cell(url: str) -> str:
    return f"link/{url}"


def edits(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Edit, ...]:
    """What differs between two states, in the order of the table."""
    changed = [
        Edit(cell, before.get(cell, ""), after.get(cell, ""))
        for cell in dict.fromkeys((*before, *after))
        if before.get(cell, "") != after.get(cell, "")
    ]
    return tuple(sorted(changed, key=lambda edit: _rank(edit.cell)))


def joined(steps: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that follow each other, as one step: from the first before to the last after."""
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for edit in steps:
        first.setdefault(edit.cell, edit.before)
        last[edit.cell] = edit.after
    return edits(first, last)


def _rank(cell: str) -> tuple[int, str]:
    return (NAMES.index(cell), "") if cell in FIELD else (len(NAMES), cell)


def cell_words(cell: str) -> str:
    """What a cell is called: "expected saving", "AUC: target", "link"."""
    if cell in FIELD:
        return FIELD[cell].words
    if cell.startswith("metric/"):
        name, part = cell.removeprefix("metric/").rsplit("/", 1)
        return f"{name}: {part}"
    return "link"


def is_material(cell: str) -> bool:
    if cell in FIELD:
        return FIELD[cell].material
    return cell.startswith("metric/")


def fingerprint(scope: Scope) -> str:
    """Tells whether what is material is still the same."""
    material = {cell: text for cell, text in cells(scope).items() if is_material(cell)}
    spelled = json.dumps(material, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def is_stale(scope: Scope) -> bool:
    """Whether something material changed since the scope was signed off."""
    return scope.approval is not None and scope.approval.fingerprint != fingerprint(scope)
