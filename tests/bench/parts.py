"""What is measured beside talking and remembering: one module a part, each in its own process."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import (
    digesting,
    exporting,
    hearing,
    looking,
    questioning,
    routing,
    showing,
    stores,
    storming,
    ticking,
)
from tests.bench.processes import started
from tests.bench.sizes import Size
from tests.bench.stores import Built

Found = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Part:
    """`python -m MODULE ORDER` measures on a copy of the small workspace and prints its numbers;
    `lines` words them.
    """

    module: str
    lines: Callable[[Found], Iterator[str]]


PARTS = {
    "ticking": Part("tests.bench.ticking", ticking.lines),
    "digesting": Part("tests.bench.digesting", digesting.lines),
    "exporting": Part("tests.bench.exporting", exporting.lines),
    "hearing": Part("tests.bench.hearing", hearing.lines),
    "looking": Part("tests.bench.looking", looking.lines),
    "routing": Part("tests.bench.routing", routing.lines),
    "showing": Part("tests.bench.showing", showing.lines),
    "storming": Part("tests.bench.storming", storming.lines),
    "questioning": Part("tests.bench.questioning", questioning.lines),
}


def measured(
    folder: Path,
    size: Size,
    built: Built,
    say: Callable[[str], None],
    only: Collection[str] = tuple(PARTS),
) -> dict[str, dict[str, list[float]]]:
    """Every part's numbers, or those of some, part by part."""
    found = {}
    for name, part in PARTS.items():
        if name not in only:
            continue
        say(f"{name} …")
        order = {"url": stores.copied(built.path, name), "quick": size.small < 100}
        words = ["-m", part.module, json.dumps(order)]
        with started(words, {}, folder / f"{name}.log") as child:
            found[name] = json.loads(child.line(stores.LONGEST))
    return found
