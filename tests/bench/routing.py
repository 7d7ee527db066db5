"""What it costs to find who hears of an event: `python -m tests.bench.routing ORDER`.

ORDER is JSON, of which only `quick` counts: nothing is read from a database. The workspace has many
people, some of whom act for others; of one stage five hold a letter, of the other everybody does.
Prints seconds.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

from bot.people import Delegation, Person
from bot.project import Assignment, Item, Kind, Letter, PersonHolder, Project
from bot.routing import Event, Happening, routed
from handlers import observe

PEOPLE = 5000
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
LETTERS = (Letter.A, Letter.R, Letter.R, Letter.C, Letter.I)


def held(letter: Letter, person: int) -> Assignment:
    return Assignment(person, letter, PersonHolder(person), None, None, NOW, None, "load")


def everyone(count: int) -> dict[int, Person]:
    return {
        key: Person(key, f"p{key}", f"Person {key}", f"P{key}", slack_id=f"U{key}")
        for key in range(1, count + 1)
    }


def stages(count: int) -> tuple[Item, Item]:
    """One whose letters five people hold, and one that everybody is responsible for."""
    few = tuple(held(letter, 1 + n) for n, letter in enumerate(LETTERS))
    all_ = tuple(held(Letter.R, key) for key in range(1, count + 1))
    return (
        Item(1, "few", Kind.STAGE, "Few", assignments=few),
        Item(2, "all", Kind.STAGE, "All", assignments=all_),
    )


def main(order: Mapping[str, Any]) -> None:
    count, rounds = (200, 2) if order["quick"] else (PEOPLE, 50)
    people, items = everyone(count), stages(count)
    project = Project(1, "atlas", "Atlas", items=items)
    acting = [
        Delegation(key, key + 1, date(2026, 11, 1), date(2026, 12, 1))
        for key in range(1, count, 50)
    ]
    found: dict[str, list[float]] = {"people": [count]}
    for item in items:
        happening = Happening(Event.STAGE_BLOCKED, project.id, item.id)
        heard = len(routed(happening, project, item, people, acting, NOW))
        found[f"{item.key}_heard"] = [heard]
        for _ in range(rounds):
            began = time.perf_counter()
            routed(happening, project, item, people, acting, NOW)
            found.setdefault(item.key, []).append(time.perf_counter() - began)
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: medians."""
    count = int(found["people"][0])
    for which in ("few", "all"):
        heard, took = int(found[f"{which}_heard"][0]), median(found[which])
        yield (f"an event that {heard:,} of {count:,} people hear is routed in {took * 1e3:.2f} ms")


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
