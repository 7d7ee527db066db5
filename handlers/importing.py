"""Workbooks and tables that come in, at the command line.

Exit codes: 0 all of it is taken or there was nothing to do, 2 something is wrong with it, or
changed meanwhile.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import BadInput, Why
from bot.imports import Order
from bot.imports.settling import Settled, Side
from bot.people import Actor
from bot.settings import Settings
from handlers.bar import Bar
from handlers.service import services
from handlers.service.importing import Asked, Imported
from handlers.views import imports as views

Clock = Callable[[], datetime]
Acting = Callable[[int], Actor]
DONE, INVALID = 0, 2


def take(
    options: argparse.Namespace, settings: Settings, database: Any, clock: Clock, acting: Acting
) -> int:
    """Take what a file says of letters into the record, or (`--dry-run`) say what that would do."""
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        return _refused(f"{options.file} cannot be read: {error.strerror or error}.", options)
    charter = services(database, clock, settings.admins())
    actor = acting(charter.workspaces.only(options.workspace))
    order = Order(options.dates) if options.dates else None
    settled = Settled(rest=Side(options.take) if options.take else None)
    asked = Asked(
        options.project, dict(options.map), order, options.partial, dict(options.who), settled
    )
    name = Path(options.file).stem
    bar = Bar()
    try:
        importing = charter.importing
        done = (importing.preview if options.dry_run else importing.take)(
            actor, content, name, asked, tell=bar
        )
    except BadInput as error:
        if error.why is not Why.BAD_FILE:
            raise
        bar.clear()
        return _refused(f"{options.file} cannot be read: {error.facts['problem']}.", options)
    finally:
        bar.clear()
    if options.json:
        print(json.dumps(_as_json(done), ensure_ascii=False, indent=2))
    else:
        for line in views.told(done.plan, written=done.written, only_look=options.dry_run):
            print(line)
    return DONE if done.plan.stands else INVALID


def _as_json(done: Imported) -> dict[str, Any]:
    plan = done.plan
    return {
        "created": plan.created,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "errors": [
            {"sheet": one.sheet, "cell": one.cell, "message": views.fault_words(one, shell=True)}
            for one in plan.faults
        ],
        "conflicts": [
            {
                "sheet": one.sheet,
                "cell": one.cell,
                "base": one.base,
                "theirs": one.theirs,
                "ours": one.ours,
            }
            for one in plan.conflicts
        ],
        "removed": plan.removed,
        "written": done.written,
        "mapping": [views.layout_words(layout) for layout in plan.layouts],
        "notes": list(plan.notes),
    }


def _refused(sentence: str, options: argparse.Namespace) -> int:
    """A file that cannot be read at all."""
    if options.json:
        error = {"sheet": "", "cell": "", "message": sentence}
        nothing = {"created": 0, "changed": 0, "unchanged": 0}
        print(json.dumps({**nothing, "errors": [error], "conflicts": [], "written": False}))
    else:
        print(sentence, file=sys.stderr)
    return INVALID


DEEDS: Mapping[str, Callable[[argparse.Namespace, Settings, Any, Clock, Acting], int]] = {
    "import": take
}
"""By the words of the command."""
