"""The RACI letters of a document: does each name one holder, and has each item one Accountable?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.document.fields import read_start
from bot.errors import Problem

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Seat:
    path: str
    since: datetime
    until: datetime

    def meets(self, other: "_Seat") -> bool:
        return self.since < other.until and other.since < self.until


def seat_problems(found: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Problem]:
    """Faults of single assignments, and of assignments that cannot both hold."""
    held: dict[tuple[Any, ...], list[_Seat]] = defaultdict(list)
    accountable: dict[tuple[Any, ...], list[_Seat]] = defaultdict(list)
    for path, row in found:
        yield from _holder_problems(path, row)
        since, until = _time(row, "since", _BEGINNING), _time(row, "until", _END)
        if since is None or until is None:
            continue
        if until <= since:
            yield Problem(f"{path}.until", "must lie after since")
            continue
        seat = _Seat(path, since, until)
        item = (row.get("project"), row.get("item"))
        if not all(isinstance(key, str) for key in item):
            continue
        key = (*item, str(row.get("raci")), *_holder(row))
        if clash := _clash(held[key], seat):
            yield Problem(path, f"says the same as {clash.path}")
        elif row.get("raci") == "A" and (clash := _clash(accountable[item], seat)):
            yield Problem(
                path, f"is a second Accountable of {item[0]}/{item[1]}, beside {clash.path}"
            )
        held[key].append(seat)
        if row.get("raci") == "A":
            accountable[item].append(seat)


def _clash(others: list[_Seat], seat: _Seat) -> _Seat | None:
    return next((other for other in others if other.meets(seat)), None)


def _holder(row: dict[str, Any]) -> tuple[str, str]:
    """Who holds it, as one value to compare."""
    if isinstance(row.get("person"), str):
        return "person", row["person"]
    if isinstance(group := row.get("group"), dict):
        return "group", str(group.get("slack_id"))
    return "vacant", f"{row.get('vacant_role')}/{row.get('requisition')}"


def _holder_problems(path: str, row: dict[str, Any]) -> Iterator[Problem]:
    holders = [name for name in ("person", "vacant_role", "group") if row.get(name) is not None]
    if not holders:
        yield Problem(path, "names no holder: give person, vacant_role or group")
    elif len(holders) > 1:
        yield Problem(path, f"names several holders: {', '.join(holders)}")
    if row.get("requisition") is not None and row.get("vacant_role") is None:
        yield Problem(f"{path}.requisition", "belongs to a vacant_role")
    if row.get("raci") == "A" and row.get("group") is not None:
        yield Problem(f"{path}.group", "a user group cannot be accountable")


def _time(row: dict[str, Any], name: str, default: datetime) -> datetime | None:
    """A moment of a row, `default` if it says none, None if it cannot be read."""
    value = row.get(name)
    if value is None:
        return default
    try:
        return read_start(value) if isinstance(value, str) else None
    except ValueError:
        return None
