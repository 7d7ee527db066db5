"""Workbooks, and the same as text, at the command line.

Exit codes: 0 the file is there, 2 it could not be written, or will not do.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.exports import Form
from bot.people import Actor
from bot.settings import Settings
from handlers import files
from handlers.bar import Bar
from handlers.files import NotWritten
from handlers.service.exporting import Exporter

Clock = Callable[[], datetime]
Acting = Callable[[int], Actor]
DONE, INVALID = 0, 2


def export(
    options: argparse.Namespace, _settings: Settings, database: Any, clock: Clock, _acting: Acting
) -> int:
    """Write a workbook, or the same as text: all of it, or on any fault nothing."""
    out = Path(options.out)
    try:
        place = files.place(options.out, "--out portfolio.xlsx")
    except NotWritten as error:
        return _refused(str(error))
    ending = out.suffix.removeprefix(".").casefold()
    if ending not in set(Form):
        return _refused(f"{out} will not do: name a file that ends in .xlsx, .csv, .json or .md.")
    bar = Bar()
    try:
        made = Exporter(database, clock, options.workspace, options.now).export(
            options.what, options.person, Form(ending), options.sheet, bar
        )
    finally:
        bar.clear()
    try:
        with files.written(place) as file:
            file.write(made.content)
    except NotWritten as error:
        return _refused(str(error))
    if not made.is_kept:
        is_ahead = options.now is not None and options.now > clock()
        why = "It is of a time to come" if is_ahead else "The database is busy"
        print(f"{why}: this export is not kept, to be merged when it comes back.", file=sys.stderr)
    counted = f"{made.projects} project{'s' if made.projects != 1 else ''}"
    print(f"{out}: {made.title}, {counted}, {len(made.content):,} bytes")
    if made.left_out:
        some = f"{len(made.left_out)} private project{'s' if len(made.left_out) != 1 else ''}"
        print(f"Left out: {some}; --as PERSON holds what that person may see.")
    return DONE


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return INVALID


DEEDS: Mapping[str, Callable[[argparse.Namespace, Settings, Any, Clock, Acting], int]] = {
    "export": export
}
"""By the words of the command."""
