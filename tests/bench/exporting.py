"""What a workbook costs, in a process of its own: `python -m tests.bench.exporting ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. The whole way
from the database to the file's bytes, and the writing alone, are taken in turn with two bare loops
that hand openpyxl the same cells with the same looks, cell by cell and in its write-only mode, and
save them; they leave out widths, filters, tables, charts, links and notes. Another thread meanwhile
wakes every few milliseconds, as one that acknowledges would, and notes how late that is. Prints
seconds, those of the work as CPU.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles
from typing import Any

from sqlalchemy import event

from bot import exports
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import Book, read, write
from handlers import observe
from handlers.service import Charter, services
from handlers.service.export_material import Subject, drawn
from storage.database import Database
from tests.bench.bare import computed
from tests.bench.goals import Goal
from tests.bench.plain_book import Plain

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ANYBODY = Actor(1, None, Surface.CLI)
WHOLE = Subject("Portfolio")
BEAT = 0.005

CELL_BY_CELL, WRITE_ONLY = 2.0, 3.0
"""What a workbook may take, × the bare loops."""


def made(charter: Charter) -> bytes:
    return charter.exports.made(ANYBODY, WHOLE, Place(), NOW).content


def book(charter: Charter) -> Book:
    """What is written, with all that stands around the cells."""
    made = charter.exports
    with made._desk(ANYBODY, Place(), NOW) as desk:
        return exports.book(drawn(desk, WHOLE).material)


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
    rounds = 1 if order["quick"] else 9
    with closing(Database(order["url"])) as database:
        charter = services(database, lambda: NOW)
        whole = made(charter)
        plain = Plain(whole)
        ours = book(charter)
        found: dict[str, list[float]] = {
            "projects": [len(read(whole)["Portfolio"]) - 1],
            "cells": [plain.cells],
            "statements": [statements(database, charter)],
            "bytes": [len(whole)],
        }
        deeds: dict[str, Callable[[], object]] = {
            "export": partial(made, charter),
            "write": partial(write, ours),
            "bare": plain.cell_by_cell,
            "write_only": plain.write_only,
        }
        for _ in range(rounds):
            for name, deed in deeds.items():
                found.setdefault(name, []).append(computed(deed))
        with waking() as late:
            for _ in range(rounds):
                made(charter)
        found["late"] = late
    print(json.dumps(found), flush=True)


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    ours = median(found["export"])
    for name, what, limit in (
        ("bare", "cell by cell", CELL_BY_CELL),
        ("write_only", "write-only", WRITE_ONLY),
    ):
        ratio = ours / median(found[name])
        yield Goal(f"a workbook, × a bare openpyxl loop, {what}", ratio, limit)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: medians, the ratios to the bare loops, and how late other threads are."""
    ours, written = median(found["export"]), median(found["write"])
    bare, streamed = median(found["bare"]), median(found["write_only"])
    projects, cells = int(found["projects"][0]), int(found["cells"][0])
    yield (
        f"a workbook of {projects} projects ({cells:,} cells, {found['bytes'][0] / 1e3:.0f} kB): "
        f"{int(found['statements'][0])} statements, {ours * 1e3:.0f} ms, "
        f"{ours / bare:.2f} × a bare openpyxl loop over the same cells and looks "
        f"({bare * 1e3:.0f} ms), {ours / streamed:.2f} × one that is write-only "
        f"({streamed * 1e3:.0f} ms)"
    )
    yield (
        f"of that the writing alone: {written * 1e3:.0f} ms, {written / bare:.2f} × and "
        f"{written / streamed:.2f} × these loops"
    )
    cuts = quantiles(found["late"], n=100)
    yield (
        f"meanwhile another thread wakes {cuts[49] * 1e3:.1f} ms late, "
        f"95 % of the times within {cuts[94] * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
