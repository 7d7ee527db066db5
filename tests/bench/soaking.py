"""Charter under 80 % of what saturates it, for a long time: `python -m tests.bench.soaking
[--minutes N] [--quick] [--json FILE]`.

Commands and mentions come at random moments, half of them each, stretch by stretch. After each the
memory of the process is read. Ends with 1 where an acknowledgement took longer than 3 s, where a
request was neither answered nor told anything, or where memory grew by 2 % and more from the end
of the first tenth, in which all is read once, to the end.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from handlers import observe
from tests.bench import programs, serving, stores, table, trust
from tests.bench.goals import Goal
from tests.bench.programs import Field
from tests.bench.serving import Fleet
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import Team

MINUTES = 20.0
SHARE = 0.8
STRETCH = 10.0
"""Seconds of one order to the load generator."""
WARM = 0.1
"""The share of stretches before memory counts."""
MOST_GROWTH = 1.02

Row = dict[str, float]


def stretch(field: Field, fleet: Fleet, rate: float, seconds: float) -> Row:
    """What became of the requests of one stretch, and how the process stands after it."""
    half = max(1, int(rate * seconds / 2))
    cpu = fleet.cpu()
    whispers = field.ask("/whispers")["whispered"]
    told = serving.asked(field, fleet, "open_loop", half, half, rate=rate, drain=FULL.drain / 9)
    whispered = field.ask("/whispers")["whispered"] - whispers
    acks = sorted([*told["acks"]["command"], *told["acks"]["mention"]])
    return {
        "sent": told["sent"],
        "answered": told["answered"],
        "busy": told["busy"] + whispered,
        "again": told["again"],
        "late": told["late"],
        "ack": acks[len(acks) * 99 // 100] if acks else 0.0,
        "answer": median(told["answers"]) if told["answers"] else 0.0,
        "cpu": (fleet.cpu() - cpu) / told["took"],
        "memory": fleet.running[0].child.memory(),
    }


def run(minutes: float, is_quick: bool, say: Callable[[str], None]) -> list[Row]:
    size = QUICK if is_quick else FULL
    team = Team(size.small, size.people)
    seconds = min(STRETCH, minutes * 60 / 10)
    with tempfile.TemporaryDirectory(prefix="charter-soak-") as name, ExitStack() as stack:
        folder = Path(name)
        built = stores.charter(folder, team)
        field = Field(folder, trust.issued(folder), size, stack)
        program = programs.charter("soaking", team, stores.copied(built.path, "soaking"))
        fleet = serving.fleet(field, stack, program, 1)
        serving.asked(field, fleet, "closed_loop", size.askers, size.small, width=4)
        most = serving.saturated(field, fleet, 8 if is_quick else 4 * serving.ANSWERS)
        rate = most * SHARE
        say(f"{most:.0f} a second saturate it; {minutes:g} minutes at {rate:.0f} …")
        rows: list[Row] = []
        ends = time.monotonic() + minutes * 60
        while time.monotonic() < ends or len(rows) < 3:
            rows.append(stretch(field, fleet, rate, seconds) | {"rate": rate})
            if len(rows) % 12 == 0:
                say(_line(rows[-1]))
        return rows


def growth(rows: Sequence[Mapping[str, float]]) -> float:
    """Memory in the end, × that after all was read once; each the median of a tenth."""
    tenth = max(1, int(len(rows) * WARM))
    begun, ended = rows[tenth : 2 * tenth], rows[-tenth:]
    return median(row["memory"] for row in ended) / median(row["memory"] for row in begun)


def goals(rows: Sequence[Mapping[str, float]]) -> Iterator[Goal]:
    yield Goal("acknowledged after 3 s", sum(row["late"] for row in rows), 0)
    unheard = sum(row["sent"] - row["answered"] - row["busy"] - row["again"] for row in rows)
    yield Goal("neither answered nor told anything", unheard, 0)
    yield Goal("memory in the end, × after warming up", growth(rows), MOST_GROWTH)


def lines(rows: Sequence[Mapping[str, float]]) -> Iterator[str]:
    """A table of ten parts of the soak."""
    step = max(1, len(rows) // 10)
    told = []
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        told.append(
            (
                f"{start} to {start + len(part) - 1}",
                *(f"{sum(row[name] for row in part):.0f}" for name in COUNTED),
                f"{max(row['ack'] for row in part) * 1e3:.0f}",
                f"{median(row['answer'] for row in part) * 1e3:.0f}",
                f"{median(row['cpu'] for row in part) * 100:.0f} %",
                f"{part[-1]['memory']:.1f}",
            )
        )
    heads = ("stretches", *COUNTED, "ack p99, ms", "answer p50, ms", "CPU", "MB")
    yield from table.table(heads, told)


COUNTED = ("sent", "answered", "busy", "again", "late")


def _line(row: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {number:.4g}" for name, number in row.items())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soaking", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    parser.add_argument("--json", metavar="FILE", help="keep every number in this file")
    options = parser.parse_args(arguments)
    observe.configure("ERROR")
    minutes = 0.05 if options.quick else options.minutes
    rows = run(minutes, options.quick, lambda words: print(words, file=sys.stderr))
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print("\n".join([*lines(rows), *table.goal_lines([*goals(rows)])]))
    return 0 if options.quick or all(goal.is_met for goal in goals(rows)) else 1


if __name__ == "__main__":
    sys.exit(main())
