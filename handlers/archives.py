"""What the operator brings in from trackers that are gone: a line for each run."""

import sys
from collections import defaultdict
from pathlib import Path

from bot.people import Actor
from bot.sources.base import Run
from bot.sources.neptune import export
from handlers.service.links import Imports

DONE, FAILED = 0, 1
MOST_METRICS = 4


def neptune(
    folder: str,
    project: str | None,
    actor: Actor,
    imports: Imports,
) -> int:
    """Import all runs below a folder: those of one project of Charter's together, or none of them.

    What cannot be read, or belongs nowhere, is said on standard error, and the rest goes in.
    """
    exported = export.found(Path(folder))
    if not exported:
        return _failed(f"{folder} holds no runs: name the folder that neptune-exporter wrote.")
    runs, is_whole = [], True
    for one in exported:
        try:
            runs.append(export.read(one))
        except export.Broken as error:
            is_whole = _told(str(error))
        except export.NoReader as error:
            return _failed(str(error))
    places = imports.place(actor, runs, project)
    by_project: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        place = places[run.ref]
        if place is None:
            is_whole = _told(
                f"{run.ref.key}: no project of Charter's is called {run.experiment}; "
                "say which one: --project P"
            )
        else:
            by_project[place].append(run)
    for place, some in by_project.items():
        for run, fate in imports.take(actor, place, some):
            print(f"{run.ref.key}: {fate} ({_words(run)})")
    return DONE if is_whole else FAILED


def _words(run: Run) -> str:
    some = [f"{name} {value:.4g}" for name, value in run.metrics.items()][:MOST_METRICS]
    return ", ".join([run.name, run.state.value, *some])


def _told(sentence: str) -> bool:
    print(sentence, file=sys.stderr)
    return False


def _failed(sentence: str) -> int:
    _told(sentence)
    return FAILED
