"""What an edited workbook costs that comes back: `python -m tests.bench.returning ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. All projects
are exported; then in the file one letter in fifty goes to somebody else, and in Charter some stages
move on. The three-way merge, from the file's bytes to the preview, is held against openpyxl reading
the same file and nothing else. Prints seconds of CPU, the megabytes that it took, and how many
letters and faults it told.
"""

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from statistics import median
from typing import Any

from bot.orders import Due
from bot.outcome import Place
from bot.people import Actor, Surface
from bot.stages import LADDER
from handlers import observe
from handlers.service import services
from handlers.service.exports import Subject
from handlers.service.importing import Asked, Imported
from storage.database import Database
from tests.bench.bare import computed
from tests.bench.goals import Goal
from tests.bench.importing import cells, most_memory
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import Team

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
ONE_IN, MOVED = 50, 20
SLOWEST = 3.0
"""What the merge may take, × openpyxl's reading of the file."""
_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_TEXT = re.compile(r'(<t xml:space="preserve">)([^<]*)(</t>)')
LETTER, PERSON = 2, 3
"""Texts of a row of letters, where nothing stands under Component."""


def edited(workbook: bytes, people: Sequence[str]) -> tuple[bytes, int]:
    """The same with other people under some letters, as somebody with a spreadsheet would; and how
    many those are.
    """
    out, count = BytesIO(), 0
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        [table] = [one for one in old.namelist() if b'displayName="RACI"' in old.read(one)]
        letters = f"xl/worksheets/sheet{_sheet_of(old, table)}.xml"
        for name in old.namelist():
            content = old.read(name)
            if name == letters:
                text, count = _others(content.decode(), people)
                content = text.encode()
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue(), count


def _sheet_of(archive: zipfile.ZipFile, table: str) -> int:
    """The number of the sheet that a table is in."""
    for name in archive.namelist():
        found = re.fullmatch(r"xl/worksheets/_rels/sheet(\d+)\.xml\.rels", name)
        if found and table.rpartition("/")[2].encode() in archive.read(name):
            return int(found[1])
    raise AssertionError(f"no sheet has the table {table}")


def _others(sheet: str, people: Sequence[str]) -> tuple[str, int]:
    count = 0

    def changed(row: re.Match[str]) -> str:
        nonlocal count
        texts = _TEXT.findall(row[0])
        if len(texts) <= PERSON or texts[LETTER][1] != "C":
            return row[0]
        count += 1
        if count % ONE_IN:
            return row[0]
        was = texts[PERSON][1]
        other = people[(people.index(was) + 1) % len(people)]
        return row[0].replace(f">{was}<", f">{other}<", 1)

    return _ROW.sub(changed, sheet), count // ONE_IN


def main(order: Mapping[str, Any]) -> None:
    size, rounds = (QUICK, 1) if order["quick"] else (FULL, 5)
    team = Team(size.small, size.people)
    now = [NOW]
    with closing(Database(order["url"])) as database:
        charter = services(database, lambda: now[0])
        whole = charter.exports.made(OPERATOR, Subject("Portfolio"), Place()).content
        content, count = edited(whole, team.members)
        now[0] += timedelta(hours=1)
        for name in team.names[:MOVED]:
            due = Due(LADDER[0].title, NOW.date(), project=name)
            charter.stages.due(OPERATOR, due, Place())
        told: list[Imported] = []

        def merge() -> None:
            told.append(charter.importing.preview(OPERATOR, content, "back.xlsx", Asked()))

        merge()  # what is read once a process
        before = most_memory()
        merged = [computed(merge) for _ in range(rounds)]
        growth = most_memory() - before
        bare = [computed(partial(cells, content)) for _ in range(rounds)]
    plan = told[-1].plan
    found = {
        "projects": [size.small],
        "edited": [count],
        "changed": [plan.created + plan.changed],
        "faults": [len(plan.faults), len(plan.conflicts)],
        "merged": merged,
        "bare": bare,
        "memory": [before, growth],
    }
    print(json.dumps(found), flush=True)


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    ratio = median(found["merged"]) / median(found["bare"])
    yield Goal("an edited workbook merged, × openpyxl's reading of it", ratio, SLOWEST)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words."""
    faults, conflicts = found["faults"]
    yield (
        f"a workbook of {found['projects'][0]:.0f} projects that comes back with "
        f"{found['edited'][0]:.0f} letters edited: {found['changed'][0]:.0f} changes, "
        f"{faults:.0f} errors, {conflicts:.0f} conflicts in {median(found['merged']):.2f} s of "
        f"CPU, {found['memory'][1]:.0f} MB; openpyxl reads it in {median(found['bare']):.2f} s"
    )


if __name__ == "__main__":
    observe.configure("ERROR")
    main(json.loads(sys.argv[1]))
