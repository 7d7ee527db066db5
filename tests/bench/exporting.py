"""What a workbook costs, in a process of its own: `python -m tests.bench.exporting ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. The whole way
from the database to the file's bytes is taken in turn with a bare loop that hands openpyxl the same
cells, without any look, width or filter, and saves them. Another thread meanwhile wakes every few
milliseconds, as one that acknowledges would, and notes how late that is. Prints seconds.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from statistics import median, quantiles
from typing import Any

from openpyxl import Workbook
from sqlalchemy import event

from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import Book, Column, Sheet, Value, read, write
from handlers import observe
from handlers.service import Charter, services
from handlers.service.exports import Subject
from storage.database import Database

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ANYBODY = Actor(1, None, Surface.CLI)
WHOLE = Subject("Portfolio")
BEAT = 0.005

Sheets = Mapping[str, Sequence[Mapping[int, Value]]]
"""Rows by sheet, each as openpyxl takes it: values by column, the empty ones left out."""


def timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def made(charter: Charter) -> bytes:
    return charter.exports.made(ANYBODY, WHOLE, Place(), NOW).content


def cells(found: Mapping[str, list[list[Value]]]) -> Sheets:
    return {
        name: [
            {at: value for at, value in enumerate(row, start=1) if value is not None}
            for row in rows
        ]
        for name, rows in found.items()
    }


def bare(sheets: Sheets) -> bytes:
    """The same cells as a reader of openpyxl's documentation would write them."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def as_book(found: Mapping[str, list[list[Value]]]) -> Book:
    """The same cells for our own writer alone, styled and filtered."""
    sheets = []
    for name, rows in found.items():
        columns = [Column(str(head or at), 12) for at, head in enumerate(rows[0])]
        plain = [
            [str(value) if isinstance(value, date) else value for value in row] for row in rows
        ]
        sheets.append(Sheet(name, columns, plain))
    return Book("Bench", sheets, NOW)


def _plain(value: Value) -> Value:
    """Days and moments come back from a file without a zone: as text."""
    return str(value) if isinstance(value, date) else value


def statements(database: Database, charter: Charter) -> int:
    """How many statements one workbook takes."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    made(charter)
    event.remove(database.engine, "before_cursor_execute", note)
    return len(sent)


@contextmanager
def waking() -> Iterator[list[float]]:
    """By how many seconds a thread is late that wakes again and again meanwhile."""
    late: list[float] = []
    over = threading.Event()

    def wake() -> None:
        while not over.is_set():
            due = time.perf_counter() + BEAT
            time.sleep(BEAT)
            late.append(time.perf_counter() - due)

    thread = threading.Thread(target=wake)
    thread.start()
    try:
        yield late
    finally:
        over.set()
        thread.join()


def main(order: Mapping[str, Any]) -> None:
    rounds = 2 if order["quick"] else 15
    with closing(Database(order["url"])) as database:
        charter = services(database, lambda: NOW)
        values = read(made(charter))
        sheets, book = cells(values), as_book(values)
        found: dict[str, list[float]] = {
            "projects": [len(sheets["Portfolio"]) - 1],
            "cells": [sum(len(row) for rows in sheets.values() for row in rows)],
            "statements": [statements(database, charter)],
            "bytes": [len(made(charter))],
        }
        bare(sheets)
        for _ in range(rounds):
            found.setdefault("export", []).append(timed(partial(made, charter)))
            found.setdefault("bare", []).append(timed(partial(bare, sheets)))
            found.setdefault("write", []).append(timed(partial(write, book)))
        with waking() as late:
            for _ in range(rounds):
                made(charter)
        found["late"] = late
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: medians, the ratio to the bare loop, and how late other threads are."""
    ours, theirs = median(found["export"]), median(found["bare"])
    projects, cells = int(found["projects"][0]), int(found["cells"][0])
    yield (
        f"a workbook of {projects} projects ({cells:,} cells, {found['bytes'][0] / 1e3:.0f} kB): "
        f"{int(found['statements'][0])} statements, {ours * 1e3:.0f} ms, "
        f"{ours / theirs:.2f} × a bare openpyxl loop over the same cells ({theirs * 1e3:.0f} ms)"
    )
    written = median(found["write"])
    yield f"of that the writing alone: {written * 1e3:.0f} ms, {written / theirs:.2f} × that loop"
    cuts = quantiles(found["late"], n=100)
    yield (
        f"meanwhile another thread wakes {cuts[49] * 1e3:.1f} ms late, "
        f"95 % of the times within {cuts[94] * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
