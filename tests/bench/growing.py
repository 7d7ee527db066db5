"""How a workbook grows with the workspace: `python -m tests.bench.growing ORDER`.

ORDER is JSON; of it only `quick` counts: workspaces of two sizes are built anew. All projects of
each are exported as the process that writes workbooks does it, each in a process of its own (ORDER
then has the `url` alone), but for a quick round. Prints by projects the rows of all sheets, the
most memory beyond that of the modules and the bytes of what is kept (MB), and seconds of CPU.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from sqlmodel import select

from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import unheard, writing
from handlers import observe
from handlers.service.exports import Subject, Wanted
from storage.database import Database
from storage.tables import ExportBaseRow, columns
from tests.bench import stores
from tests.bench.bare import computed
from tests.bench.goals import Goal
from tests.bench.importing import most_memory
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import Team

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ANYBODY = Actor(1, None, Surface.CLI)
SIZES = (1_000, 10_000)
STEEPEST = 1.2
"""What a row may take in the larger workspace, × the smaller one."""


def grown(order: Mapping[str, Any]) -> list[float]:
    """Make one workbook, and say what that took."""
    assert writing.__name__  # with all that it needs of openpyxl, which is not counted
    gc.disable()  # as in the process that writes workbooks
    wanted = Wanted(ANYBODY, Subject("Portfolio"), Place(), NOW)
    made: list[bytes] = []
    with closing(Database(order["url"])) as database:
        before = most_memory()
        deed = partial(wanted.made, database, unheard)
        seconds = computed(lambda: made.append(deed().content))
        growth = most_memory() - before
        with database.read() as session:
            [kept] = session.exec(select(columns(ExportBaseRow).size)).all()
    gc.enable()
    return [_rows(made[0]), growth, kept / 1e6, seconds]


def _rows(content: bytes) -> int:
    """Of all sheets. Charter itself does not read so large a workbook back."""
    with ZipFile(BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(parts.read(name).count(b"<row ") for name in sheets)


def main(order: Mapping[str, Any]) -> None:
    if "quick" not in order:
        print(json.dumps(grown(order)), flush=True)
        return
    is_quick = order["quick"]
    sizes, people = ((QUICK.small, QUICK.large), QUICK.people) if is_quick else (SIZES, FULL.people)
    found = {}
    with TemporaryDirectory() as folder:
        for size in sizes:
            url = stores.copied(stores.charter(Path(folder), Team(size, people)).path, "grown")
            found[str(size)] = (grown if is_quick else apart)({"url": url})
    print(json.dumps(found), flush=True)


def apart(order: Mapping[str, Any]) -> list[float]:
    words = [sys.executable, "-m", "tests.bench.growing", json.dumps(order)]
    said = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    found: list[float] = json.loads(said.stdout)
    return found


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    small, large = found.values()
    for name, place in (("memory", 1), ("seconds", 3)):
        few, many = small[place] / small[0], large[place] / large[0]
        what = f"{name} a row of a workbook, × the smaller workspace"
        yield Goal(what, many / max(few, 1e-9), STEEPEST)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words."""
    for size, (rows, growth, kept, seconds) in found.items():
        yield (
            f"a workbook of {int(size):,} projects, {rows:,.0f} rows: {growth:.0f} MB, "
            f"{growth / rows * 1e6:,.0f} bytes a row; {seconds:.1f} s of CPU, "
            f"{seconds / rows * 1e6:,.0f} µs a row; {kept:.2f} MB are kept of it"
        )


if __name__ == "__main__":
    observe.configure("ERROR")
    main(json.loads(sys.argv[1]))
