"""What became of a row: every change of it, and who held its letters on some day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.project import Assignment


@dataclass(frozen=True, slots=True)
class Happened:
    """One change of a row. `by` is a person's id, None the operator or the clock; `through` says
    from where. `what` is empty where the words were erased, or a document said it.

    `since` is when it holds from, where that is a day or more before it was recorded.
    """

    at: datetime
    by: int | None
    through: str
    what: str
    reason: str = ""
    since: datetime | None = None
    is_undo: bool = False


def reason_in(change: str) -> str:
    """Why a change was made, where its record says so."""
    return str(_read(change).get("reason") or "")


def back_dated(change: str, at: datetime) -> datetime | None:
    """Since when a change holds that was recorded a day or more later."""
    read = _read(change)
    since = read.get("since")
    if not isinstance(since, str) or not read.get("begun"):
        return None
    begun = datetime.fromisoformat(since)
    return begun if at - begun >= timedelta(days=1) else None


def _read(change: str) -> dict[str, object]:
    read = json.loads(change) if change else {}
    return read if isinstance(read, dict) else {}


def held_between(
    letters: Iterable[Assignment], begin: datetime, end: datetime
) -> tuple[Assignment, ...]:
    """Who held a letter at any time from `begin` to `end` (exclusive), in the order of time."""
    found = [
        one
        for one in letters
        if not one.is_void
        and (one.since is None or one.since < end)
        and (one.until is None or one.until > begin)
    ]
    return tuple(sorted(found, key=lambda one: (one.since is not None, one.since, one.id)))
