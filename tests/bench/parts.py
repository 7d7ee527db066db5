"""What is measured beside talking and remembering: one module a part, each in its own process."""

import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from handlers import observe
from tests.bench import (
    digesting,
    exporting,
    growing,
    guessing,
    hearing,
    importing,
    looking,
    pressing,
    questioning,
    replicas,
    returning,
    routing,
    serving,
    showing,
    stores,
    storming,
    ticking,
)
from tests.bench.goals import Goal
from tests.bench.processes import started
from tests.bench.sizes import Size
from tests.bench.stores import Built

Found = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Part:
    """`python -m MODULE ORDER` measures on a copy of the small workspace and prints its numbers;
    `lines` words them, and `goals` are what they are to be. One that is `apart` takes minutes and
    is measured where it is named alone.
    """

    module: str
    lines: Callable[[Found], Iterator[str]]
    goals: Callable[[Found], Iterator[Goal]] = lambda _: iter(())
    apart: bool = False


PARTS = {
    "ticking": Part("tests.bench.ticking", ticking.lines),
    "digesting": Part("tests.bench.digesting", digesting.lines),
    "exporting": Part("tests.bench.exporting", exporting.lines, exporting.goals),
    "pressing": Part("tests.bench.pressing", pressing.lines, pressing.goals),
    "growing": Part("tests.bench.growing", growing.lines, growing.goals),
    "importing": Part("tests.bench.importing", importing.lines, importing.goals),
    "returning": Part("tests.bench.returning", returning.lines, returning.goals),
    "guessing": Part("tests.bench.guessing", guessing.lines),
    "hearing": Part("tests.bench.hearing", hearing.lines),
    "looking": Part("tests.bench.looking", looking.lines),
    "routing": Part("tests.bench.routing", routing.lines),
    "showing": Part("tests.bench.showing", showing.lines),
    "storming": Part("tests.bench.storming", storming.lines),
    "replicas": Part("tests.bench.replicas", replicas.lines, apart=True),
    "serving": Part("tests.bench.serving", serving.lines, serving.goals, apart=True),
    "questioning": Part("tests.bench.questioning", questioning.lines),
}


USUAL = tuple(name for name, part in PARTS.items() if not part.apart)


def part_goals(found: Mapping[str, Found]) -> list[Goal]:
    return [goal for name, numbers in found.items() for goal in PARTS[name].goals(numbers)]


def measured(
    folder: Path,
    size: Size,
    built: Built,
    say: Callable[[str], None],
    only: Collection[str] = USUAL,
) -> dict[str, dict[str, list[float]]]:
    """Every part's numbers, or those of some, part by part. A small round is not about them: there
    one process does all, which has to read the modules once.
    """
    orders = {
        name: {"url": stores.copied(built.path, name), "quick": size.is_quick}
        for name in PARTS
        if name in only
    }
    found = {}
    with ExitStack() as stack:
        child = None
        for name, order in orders.items():
            say(f"{name} …")
            words = ["-m", PARTS[name].module, json.dumps(order)]
            if child is None or not size.is_quick:
                if size.is_quick:
                    words = ["-m", "tests.bench.parts", json.dumps(orders)]
                child = stack.enter_context(started(words, {}, folder / f"{name}.log"))
            found[name] = json.loads(child.line(stores.LONGEST))
            if not size.is_quick:
                stack.close()
    return found


def main(orders: Mapping[str, Mapping[str, Any]]) -> None:
    """Measures some parts here, one after another."""
    for name, order in orders.items():
        import_module(PARTS[name].module).main(order)


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
