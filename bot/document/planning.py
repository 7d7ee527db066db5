"""Do milestones, decisions, risks and the like of a raw document fit together?"""

from collections.abc import Collection, Iterator
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from bot.errors import Problem
from bot.spelling import folded

Raw = dict[str, Any]
_PEOPLE = {"decisions": ("by", "said_by", "withdrawn_by"), "raid": ("by", "owner")}


def plan_problems(
    path: str, project: Raw, items: Collection[str], people: Collection[str]
) -> Iterator[Problem]:
    """Whom and what they name, what stands twice, and days that were told out of order."""
    plans, where = project.get("plans"), f"{path}.plans"
    if not isinstance(plans, dict):
        return
    for at, row in _rows(plans, "milestones", where):
        yield from _named(at, row, ("item",), "stage or component", items)
        told = _rows(row, "forecasts", at)
        for spot, one in told:
            yield from _named(spot, one, ("by",), "person", people)
        yield from _order(told)
        if row.get("forecasts") == []:
            yield Problem(f"{at}.forecasts", "must not be empty: the first one is its baseline")
    for part, names in _PEOPLE.items():
        for at, row in _rows(plans, part, where):
            yield from _named(at, row, ("item",), "stage or component", items)
            yield from _named(at, row, names, "person", people)
    yield from _twice(_rows(plans, "milestones", where), "title")
    yield from _twice(_rows(plans, "decisions", where), "number")
    yield from _raid(_rows(plans, "raid", where))


def _raid(found: list[tuple[str, Raw]]) -> Iterator[Problem]:
    lines: dict[tuple[Any, Any], list[tuple[str, Raw]]] = {}
    for at, row in found:
        key = (str(row.get("kind")), str(row.get("number")))
        lines.setdefault(key, []).append((at, row))
        rated = [name for name in ("likelihood", "impact") if row.get(name) is not None]
        if rated and row.get("kind") != "risk":
            yield Problem(f"{at}.{rated[0]}", "is of risks alone")
    for told in lines.values():
        yield from _order(told)


def _order(told: list[tuple[str, Raw]]) -> Iterator[Problem]:
    """Each was said after the one before it."""
    for (_, before), (at, after) in pairwise(told):
        first, then = _moment(before.get("at")), _moment(after.get("at"))
        if first is not None and then is not None and then <= first:
            words = f"{after['at']} is not after {before['at']}, which stands before it"
            yield Problem(f"{at}.at", words)


def _moment(text: Any) -> datetime | None:
    """None for what the models name as no moment."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _rows(raw: Raw, name: str, path: str) -> list[tuple[str, Raw]]:
    entries = raw.get(name)
    if not isinstance(entries, list):
        return []
    return [(f"{path}.{name}[{n}]", row) for n, row in enumerate(entries) if isinstance(row, dict)]


def _named(
    path: str, row: Raw, names: tuple[str, ...], kind: str, known: Collection[str]
) -> Iterator[Problem]:
    for name in names:
        key = row.get(name)
        if isinstance(key, str) and key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            yield Problem(f"{path}.{name}", f"'{key}' is no {kind} of this document{hint}")


def _twice(found: list[tuple[str, Raw]], name: str) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for at, row in found:
        if isinstance(value := row.get(name), str | int):
            named = first.setdefault(folded(str(value)), at)
            if named != at:
                yield Problem(f"{at}.{name}", f"has the {name} of {named}")
