"""Earlier owners: what a document's history says of who was accountable before.

An entry of kind `owner_change` closes one holder's time and opens the next one's. The entries of an
item are followed back from the holder of today for as long as they join up; the rest stays a story
that the document tells, and makes no interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.document.entries import HistoryEntry
from bot.document.fields import midnight


@dataclass(frozen=True, slots=True)
class EarlierOwner:
    """Somebody (a person's key) who was accountable until a moment; `set_by` told so, if known."""

    person: str
    since: datetime | None
    until: datetime
    set_by: str | None


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who was accountable before, oldest first, and since when (told by whom) today's holder is."""

    earlier: tuple[EarlierOwner, ...]
    since: datetime | None
    set_by: str | None


def ownership(entries: Sequence[HistoryEntry], present: str | None) -> Ownership:
    """Follow an item's changes of owner back from `present` (a person's key, None for nobody)."""
    chain: list[HistoryEntry] = []
    expected = present
    for entry in sorted(entries, key=lambda entry: entry.date, reverse=True):
        if entry.before == entry.after:
            continue
        if entry.after != expected:
            break
        chain.insert(0, entry)
        expected = entry.before
    if not chain:
        return Ownership((), None, None)
    earlier: list[EarlierOwner] = []
    since, set_by = None, None
    for entry in chain:
        until = midnight(entry.date)
        if entry.before is not None and since != until:
            earlier.append(EarlierOwner(entry.before, since, until, set_by))
        since, set_by = until, entry.by
    return Ownership(tuple(earlier), since, set_by)
