"""What an answer costs among many names, in a process of its own:
`python -m tests.bench.questioning ORDER`.

ORDER is JSON, of which only `quick` counts: nothing is read from a database, so that finding and
answering alone are measured. Workspaces of different sizes are asked in turn; after each question
one pass of rapidfuzz's `ratio` compares it with every name of that workspace, in C, and takes the
nearest. Neither waits for anything, so that seconds are those of the thread's CPU: who else uses
the machine does not count. Prints seconds, counts and megabytes.
"""

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from statistics import median, quantiles
from typing import Any

from rapidfuzz import fuzz, process

from bot.qa.answer import answer
from bot.qa.facts import Facts, Names, names_of
from bot.qa.replies import Answer
from bot.qa.tallies import Tallies, Tally
from handlers import observe
from tests.bench.many import Many, Probe, some

SIZES = (200, 10_000, 100_000)
LONG = 50_000
EVERYWHERE = (
    "what is overdue?",
    "which stages are blocked?",
    "any blockers?",
    "which stages have no owner?",
)


def timed(deed: Callable[[], object]) -> float:
    began = time.thread_time()
    deed()
    return time.thread_time() - began


class Bench:
    """A workspace of so many items, with its index."""

    def __init__(self, items: int, people: int) -> None:
        self.world = Many(items, people)
        self.facts = self.world.facts()
        self.names = self.world.names()
        self.tallies = self.facts.tallies()
        self.written = 0

    def built(self) -> Names:
        world = self.world
        entries = (names_of(project, world.ladder) for project in world.projects)
        return Names.build(world.ladder, world.people, entries)

    def counted(self) -> Tallies:
        people = self.facts.people
        return Tallies.build(Tally.of(project, people) for project in self.world.projects)

    def megabytes(self) -> float:
        """What the index takes up, beside the projects and people that it is made from."""
        gc.collect()
        tracemalloc.start()
        index = self.built()
        gc.collect()
        taken, _peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert index.layers
        return taken / 1e6

    def ask(self, probe: Probe, facts: Facts | None = None) -> float:
        """Seconds. Raises `AssertionError` for a wrong answer."""
        made: list[Answer] = []
        seconds = timed(lambda: made.append(answer(probe.text, facts or self.facts)))
        assert probe.told in made[0].text, (probe, made[0].text)
        return seconds

    def write(self) -> None:
        """A project gets one more name: index and tallies as the next question needs them."""
        project = self.world.projects[self.written % len(self.world.projects)]
        self.written += 1
        entry = names_of(project, self.world.ladder)
        entry = replace(entry, aliases=(*entry.aliases, f"also {self.written}"))
        self.tallies = self.tallies.replaced((Tally.of(project, self.facts.people),))
        tallies = self.tallies
        self.facts = replace(
            self.facts, names=self.facts.names.replaced((entry,)), tallies=lambda: tallies
        )

    def ask_after_write(self, probe: Probe) -> float:
        return timed(self.write) + self.ask(probe)

    def nearest(self, text: str) -> None:
        """The name nearest to a text by `ratio`, among all names."""
        process.extractOne(text.casefold(), self.names, scorer=fuzz.ratio)

    def long(self) -> Iterator[str]:
        """Texts of 50,000 characters: prose with a question after it, many questions, names, one
        word without an end.
        """
        asked = some(self.world.letters("long"), 1)[0].text
        prose = "the weather was fine and the trains were late, so we began at ten. "
        yield (prose * (LONG // len(prose) + 1))[: LONG - len(asked) - 1] + " " + asked
        yield (f"{asked} " * LONG)[:LONG]
        yield (" ".join(self.world.titles) * (LONG // 100))[:LONG]
        yield "x" * LONG


Seconds = dict[str, list[float]]


def main(order: Mapping[str, Any]) -> None:
    sizes, people, rounds, few = ((40, 200), 30, 8, 2) if order["quick"] else (SIZES, 500, 400, 7)
    found: Seconds = {"items": list(sizes)}
    benches = {size: Bench(size, people) for size in sizes}
    gc.collect()
    gc.freeze()  # what stays for as long as the process, as in one that serves
    for size, bench in benches.items():
        found[f"{size}_names"] = [len(bench.names)]
        found[f"{size}_build"] = [timed(bench.built) for _ in range(min(3, few))]
        found[f"{size}_count"] = [timed(bench.counted) for _ in range(min(3, few))]
        bench.ask(some(bench.world.topics("first"), 1)[0])  # tables of words are read once
    _asked_in_turn(benches, rounds, found)
    for size, bench in benches.items():
        found[f"{size}_long"] = [bench.ask(Probe(text, "")) for text in bench.long()]
    gc.unfreeze()
    for size, bench in benches.items():
        found[f"{size}_megabytes"] = [bench.megabytes()]
    print(json.dumps(found), flush=True)


def _asked_in_turn(benches: Mapping[int, Bench], rounds: int, found: Seconds) -> None:
    asked = {
        size: (
            some(bench.world.letters("asked"), rounds),
            some(bench.world.topics("asked"), rounds),
        )
        for size, bench in benches.items()
    }
    for number in range(rounds):
        for size, bench in benches.items():
            letters, topic = (probes[number] for probes in asked[size])
            for name, seconds in (
                ("letters", bench.ask(letters)),
                ("topics", bench.ask(topic)),
                ("everywhere", bench.ask(Probe(EVERYWHERE[number % len(EVERYWHERE)], ""))),
                ("ratio", timed(partial(bench.nearest, letters.text))),
            ):
                found.setdefault(f"{size}_{name}", []).append(seconds)
    for number in range(rounds // 4):
        for size, bench in benches.items():
            seconds = bench.ask_after_write(asked[size][0][number])
            found.setdefault(f"{size}_after", []).append(seconds)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: medians and hundredths, and their ratios to one pass over all names."""
    sizes = [int(size) for size in found["items"]]
    for name, what in (
        ("letters", "who holds which letter"),
        ("topics", "how something is going"),
        ("everywhere", "over all projects"),
        ("after", "the first answer after a write"),
    ):
        for size in sizes:
            times = found[f"{size}_{name}"]
            ratio = median(found[f"{size}_ratio"])
            last = quantiles(times, n=100)[98]
            yield (
                f"{what}, {size:,} items: p50 {median(times) * 1e3:.2f} ms, p99 {last * 1e3:.2f} "
                f"ms, {median(times) / ratio:.2f} and {last / ratio:.2f} × one pass over all names"
            )
        first, last_size = (median(found[f"{size}_{name}"]) for size in (sizes[0], sizes[-1]))
        yield f"  growth of the median: {last_size / first:.2f} ×"
    for size in sizes:
        yield (
            f"{size:,} items: {int(found[f'{size}_names'][0]):,} names, one pass over them "
            f"{median(found[f'{size}_ratio']) * 1e3:.2f} ms; index built in "
            f"{median(found[f'{size}_build']) * 1e3:.0f} ms, "
            f"{found[f'{size}_megabytes'][0]:.1f} MB; "
            f"all projects counted in {median(found[f'{size}_count']) * 1e3:.0f} ms; "
            "50,000 characters: at most "
            f"{max(found[f'{size}_long']) * 1e3:.0f} ms"
        )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
