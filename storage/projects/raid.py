"""Rows of risks, assumptions, issues and dependencies as values."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from bot.raid import Level, RaidEntry, RaidKind, Revision, Said


def entries(rows: Iterable[Any]) -> tuple[RaidEntry, ...]:
    """Entries from all that was said of them, which stands together in its order."""
    found: list[RaidEntry] = []
    for (kind, number), told in groupby(rows, key=lambda row: (row["kind"], row["number"])):
        lines = list(told)
        if lines[-1]["until"] is None:
            revisions = tuple(_revision(row) for row in lines)
            found.append(RaidEntry(RaidKind(kind), number, revisions))
    return tuple(found)


def _revision(row: Any) -> Revision:
    said = Said(
        text=row["text"],
        item=row["item_id"],
        owner=row["owner_id"],
        likelihood=Level(row["likelihood"]) if row["likelihood"] else None,
        impact=Level(row["impact"]) if row["impact"] else None,
        mitigation=row["mitigation"],
        due=row["due"],
        closed=row["closed"],
        because=row["because"],
    )
    return Revision(said, row["set_by"], row["since"])
