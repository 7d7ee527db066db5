"""`app.py migrate-to URL`: the whole database into another one, looked at before it counts."""

import argparse
import sys

from handlers.bar import Bar
from handlers.service import relocation
from handlers.service.records import Records, named, shown
from handlers.service.relocation import Moved, NotMoved

DONE, FAILED = 0, 1


def move(options: argparse.Namespace, records: Records, source: str) -> int:
    """Copy everything into the target, or leave nothing there and say why."""
    try:
        moved = _moved(records, options.target)
    except NotMoved as error:
        print(error, file=sys.stderr)
        return FAILED
    print(
        f"{shown(named(source))} → {shown(named(options.target))}: {len(moved.tables)} tables, "
        f"{moved.rows:,} rows, the same on both; {moved.record.lines:,} lines of the record, "
        f"{len(moved.record.faults)} faults"
    )
    print("Set DATABASE_URL to the new one before you start Charter again.")
    return DONE


def _moved(records: Records, target: str) -> Moved:
    bar = Bar()
    try:
        return relocation.move(records, target, bar)
    finally:
        bar.clear()
