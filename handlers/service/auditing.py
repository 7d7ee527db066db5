"""The whole record of changes as a table: who did what, from where, before, after, and why."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot import sheets
from bot.errors import Refused
from bot.people import Actor
from bot.sheets import Book, Column, Look, Sheet
from bot.telling import lines
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.undoing import stored_change
from handlers.views.names import told_apart
from storage import audit
from storage.audit import Entry, Told
from storage.database import Database

HEADS = (
    *("number", "at", "who", "surface", "action", "project", "item"),
    *("before", "after", "reason", "hash"),
)
ERASED = "(the words of this line were erased)"
LONGEST = 30_000
"""A cell of a workbook takes no more than 32,767 characters."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
OF_A_ROW = {"id", "before", "after"}
"""What the record holds of a row that was written as it is."""
_WIDTHS = (8, 20, 22, 11, 20, 22, 22, 50, 50, 30, 18)


@dataclass(frozen=True, slots=True)
class Auditing:
    """Writes the record of a workspace out, for the operator and for nobody else."""

    database: Database
    clock: Callable[[], datetime]
    cache: FactsCache

    def csv(self, actor: Actor) -> bytes:
        made = io.StringIO()
        table = csv.writer(made, lineterminator="\n")
        table.writerow(HEADS)
        with self.database.read() as session:
            facts = self.cache.current(session, actor.workspace)
            for row in _rows(facts, audit.told(session, actor.workspace)):
                table.writerow([_plain(cell) for cell in row])
        return made.getvalue().encode()

    def xlsx(self, actor: Actor) -> bytes:
        """As a workbook. Raises `ValueError` for more lines than the format has rows."""
        with self.database.read() as session:
            facts = self.cache.current(session, actor.workspace)
            rows = [
                [row[0], *row[1:]] for row in _rows(facts, audit.told(session, actor.workspace))
            ]
        looks = {"number": Look.WHOLE, "at": Look.TEXT}
        columns = [
            Column(head, width, looks.get(head, Look.TEXT))
            for head, width in zip(HEADS, _WIDTHS, strict=True)
        ]
        sheet = Sheet("Record", columns, rows, keys=2, as_table="Record")
        return sheets.write(Book("The record of changes", [sheet], self.clock()))


Cells = list[str | int]


def _rows(facts: WorkspaceFacts, record: Iterator[Told]) -> Iterator[Cells]:
    people = told_apart(facts.people)
    for told in record:
        entry = told.entry
        change: dict[str, Any] = json.loads(entry.change) if entry.change else {}
        before, after = _before_and_after(entry, change, facts)
        by = people.get(entry.actor_id) if entry.actor_id is not None else None
        yield [
            entry.seq,
            entry.at.astimezone(UTC).isoformat(),
            by.name if by else "Charter" if told.surface in {"clock", "event"} else "the operator",
            told.surface,
            entry.action,
            told.project,
            told.item,
            before[:LONGEST],
            after[:LONGEST],
            _reason(entry, change),
            told.hash,
        ]


def _before_and_after(
    entry: Entry, change: dict[str, Any], facts: WorkspaceFacts
) -> tuple[str, str]:
    if not change:
        return "", ERASED
    if change.keys() == OF_A_ROW:  # its name may be that of a change of a person's making
        return _as_written(entry, change)
    try:
        said = lines(stored_change(entry), facts.people)
    except Refused:
        return _as_written(entry, change)
    return tuple(  # type: ignore[return-value]  # it has two
        "; ".join(f"{line.label}: {text}" for line in said if (text := getattr(line, side)))
        for side in ("before", "after")
    )


def _as_written(entry: Entry, change: dict[str, Any]) -> tuple[str, str]:
    """Of what is no change of a person's making: rows as they were written."""
    before, after = change.get("before"), change.get("after", change)
    return (_json(before) if before else ""), entry.summary or _json(after)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _reason(entry: Entry, change: dict[str, Any]) -> str:
    """Why, where somebody said so."""
    said = change.get("reason") or (change.get("note") if entry.action == "StageMoved" else "")
    return str(said or "")


def _plain(cell: str | int) -> str | int:
    """What no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
