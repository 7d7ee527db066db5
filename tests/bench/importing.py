"""What a file that comes in costs: `python -m tests.bench.importing ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. A workbook
and a table of 100,000 lines are looked at as `app.py import --dry-run` would, and files that mean
harm are opened, each in a process of its own (ORDER then has the `file`), but for a quick round.
Prints by file the seconds of CPU, the most memory that its process ever took, and by how much that
is more than before the file (MB), and how many letters and errors it told; of the workbook also the
seconds of CPU that openpyxl takes to read it and nothing else.
"""

import csv
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, StringIO
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import load_workbook

from bot.errors import BadInput
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.sheets import Book, Column, Sheet, Value, read, write
from handlers import observe
from handlers.service import services
from handlers.service.exports import Subject
from handlers.service.importing import Asked
from storage.database import Database
from tests.bench.bare import computed
from tests.bench.goals import Goal

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
ROWS, FEW = 100_000, 2_000
MEGABYTE = 1_000_000
MOST_GROWTH = 300.0
"""Megabytes that any file may take."""
SLOWEST = 3.0
"""What a line of letters may take, looked up and compared, × openpyxl's reading of it."""
WORKBOOK = "workbook.xlsx"
MAIN = '<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
LINKS = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE s [<!ENTITY l0 "ha">{LAUGHS}]><worksheet>&l9;</worksheet>'


def zipped(sheet: bytes, texts: bytes = b"<sst/>") -> bytes:
    """The least that is a workbook."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", MAIN)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", texts)
    return out.getvalue()


def harmful(size: int) -> dict[str, bytes]:
    """Files of a few kilobytes that unfold to `size` megabytes, if somebody lets them."""
    many = size * MEGABYTE
    row, cell = b'<row r="1">', b'<c r="A1"><v>1</v></c>'
    return {
        "zip bomb": zipped(b"0" * many * 2),
        "XML bomb": zipped(BOMB.encode()),
        "endless attribute": zipped(b'<worksheet a="' + b"x" * many),
        "endless text": zipped(b"<worksheet/>", b"<sst><si><t>" + b"x" * many),
        "endless row": zipped(
            b"<worksheet><sheetData>" + row + cell * (many // len(cell)) + b"</row>"
        ),
        "deep nesting": zipped(b"<a>" * (many // 3)),
    }


def letters(url: str, size: int) -> list[list[Value]]:
    """So many lines of letters, all of them true, over all projects."""
    with closing(Database(url)) as database:
        charter = services(database, lambda: NOW)
        whole = Subject("Portfolio")
        made = charter.exports.made(OPERATOR, whole, Place(), NOW)
        head, *rows = read(made.content)["RACI"]
    plain = [
        [None if at in (5, 6) else one for at, one in enumerate(row)] for row in rows if row[0]
    ]
    return [head, *islice(cycle(plain), size)]


def files(url: str, *, quick: bool) -> Iterator[tuple[str, bytes]]:
    head, *rows = letters(url, FEW if quick else ROWS)
    columns = [Column(str(one), 12) for one in head]
    yield WORKBOOK, write(Book("Letters", [Sheet("RACI", columns, rows)], NOW))
    text = StringIO()
    csv.writer(text).writerows([head, *rows])
    yield "table.csv", text.getvalue().encode()
    yield from harmful(2 if quick else 95).items()


def most_memory() -> float:
    """In MB; unlike what `getrusage` says, without that of the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1_000


def looked_at(order: Mapping[str, Any]) -> list[float]:
    """Look at one file, and say what that took."""
    content = Path(order["file"]).read_bytes()
    told = faults = 0
    with closing(Database(order["url"])) as database:
        importing = services(database, lambda: NOW).importing
        before, began = most_memory(), time.process_time()
        try:
            plan = importing.preview(OPERATOR, content, "letters", Asked()).plan
            told, faults = plan.unchanged + plan.changed + plan.created, len(plan.faults)
        except BadInput:
            faults = 1
        seconds = time.process_time() - began
    most = most_memory()
    bare = [computed(partial(cells, content))] if order["file"].endswith(WORKBOOK) else []
    return [seconds, most, most - before, told, faults, *bare]


def cells(workbook: bytes) -> int:
    """How many cells are in it, as openpyxl's documentation would have a large one read."""
    opened = load_workbook(BytesIO(workbook), read_only=True, data_only=True)
    return sum(len(row) for sheet in opened for row in sheet.iter_rows(values_only=True))


def main(order: Mapping[str, Any]) -> None:
    if "file" in order:
        print(json.dumps(looked_at(order)), flush=True)
        return
    look = looked_at if order["quick"] else _apart
    found = {}
    with TemporaryDirectory() as folder:
        for name, content in files(order["url"], quick=order["quick"]):
            path = Path(folder) / name
            path.write_bytes(content)
            found[name] = look({"url": order["url"], "file": str(path)})
    print(json.dumps(found), flush=True)


def _apart(order: Mapping[str, Any]) -> list[float]:
    """The same in another process, whose memory nothing else has used."""
    words = [sys.executable, "-m", "tests.bench.importing", json.dumps(order)]
    said = subprocess.run(words, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(said.stdout)
    return found


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    growth = max(numbers[2] for numbers in found.values())
    yield Goal("memory that a file takes that comes in, MB", growth, MOST_GROWTH)
    seconds, *_, bare = found[WORKBOOK]
    yield Goal("a line of letters looked up, × openpyxl's reading", seconds / bare, SLOWEST)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words."""
    for name, (seconds, most, growth, told, faults, *_) in found.items():
        what = f"{told:,.0f} letters" if told else "refused"
        yield (
            f"import, {name}: {what} in {seconds:.1f} s of CPU, {most:.0f} MB, {growth:.0f} MB "
            f"more than before, {faults:.0f} errors"
        )
    yield f"  openpyxl reads the workbook in {found[WORKBOOK][-1]:.1f} s of CPU"


if __name__ == "__main__":
    observe.configure("ERROR")
    main(json.loads(sys.argv[1]))
