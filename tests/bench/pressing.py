"""What workbooks do to acknowledgements: `python -m tests.bench.pressing ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Charter is
started on it as its users do, over HTTP, with a double of Slack over TLS. Commands and mentions are
sent at a fixed rate, in turn while nothing else is asked and while one workbook of all projects
after another is made; then the same with a Charter that makes them in its own process, as it once
did. Prints seconds.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import make_url

from handlers import observe
from tests.bench import programs, stores, trust
from tests.bench.goals import Goal
from tests.bench.programs import Field, Program, Running
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import Team

RATE = 40
"""Commands and mentions a second, half of them each."""
STRETCH = 2.0
"""Seconds of one order to the load generator."""
TURNS, STRETCHES = 3, 4
"""How often the two alternate, and stretches of each in a turn."""
IN_HAND = 2
"""Workbooks that are asked for at once: while one is made, the next one waits. In a quick round one
alone.
"""
LONGEST = 300.0
"""Seconds that those in hand may take."""
BEFORE = "before_"
"""What is measured of a Charter that makes workbooks in its own process."""
LIMIT = 2.0
"""What p99 may be beside workbooks, × quiet."""


def acks(field: Field, running: Running, team: Team, seed: str, seconds: float) -> list[float]:
    """How long acknowledgements took in one stretch; 3 s for what was not acknowledged in time."""
    count = int(RATE * seconds) // 2 * 2
    asked = list(islice(team.questions(seed), count))
    told = field.order("open_loop", running, asked, rate=RATE, drain=FULL.drain)
    return [*told["acks"]["command"], *told["acks"]["mention"], *[3.0] * told["late"]]


class Orders:
    """Workbooks that are asked for by command."""

    def __init__(self, field: Field, running: Running, in_hand: int) -> None:
        self._field = field
        self._url = running.url
        self._in_hand = in_hand
        self._before = self._asked = self.done()

    def fill(self) -> None:
        """Ask for as many as are to be in hand."""
        while self._asked - self.done() < self._in_hand:
            text = ["export portfolio"]
            order = self._field.ask("/commands", texts=text, askers=1)["ready"][0]
            status = programs.sent(self._url, order)
            if status != 200:
                raise RuntimeError(f"a workbook was asked for, and the answer is {status}")
            self._asked += 1

    def done(self) -> int:
        """How many files Slack has taken."""
        return int(self._field.ask("/files")["shared"])

    def made(self) -> int:
        return self.done() - self._before

    def finish(self) -> None:
        """Until all that were asked for are done."""
        began = time.monotonic()
        while self.done() < self._asked:
            if time.monotonic() - began > LONGEST:
                raise RuntimeError(f"{self._asked - self.done()} workbooks never came")
            time.sleep(0.05)


def main(order: Mapping[str, Any]) -> None:
    is_quick = order["quick"]
    size = QUICK if is_quick else FULL
    team = Team(size.small, size.people)
    url = order["url"]
    ways = {"": programs.charter("pressing", team, url)}
    if not is_quick:  # a few projects are never pressed
        copy = stores.copied(Path(str(make_url(url).database)), "unpressed")
        ways[BEFORE] = Program("unpressed", ("-m", "tests.bench.unpressed"), _reached(copy), team)
    found: dict[str, list[float]] = {"projects": [size.small]}
    with tempfile.TemporaryDirectory(prefix="charter-press-") as name, ExitStack() as stack:
        field = Field(Path(name), trust.issued(Path(name)), size, stack)
        for before, program in ways.items():
            with field.running(program) as running:
                numbers = _both(field, running, team, is_quick=is_quick)
            found |= {f"{before}{key}": numbers for key, numbers in numbers.items()}
    print(json.dumps(found), flush=True)


def _reached(url: str) -> Mapping[str, str]:
    return {"DATABASE_URL": url, "PORT": "0"}


def _both(field: Field, running: Running, team: Team, *, is_quick: bool) -> dict[str, list[float]]:
    """Acknowledgements of one program, quiet and beside workbooks."""
    turns, stretches = (1, 1) if is_quick else (TURNS, STRETCHES)
    seconds, in_hand = (0.5, 1) if is_quick else (STRETCH, IN_HAND)
    found: dict[str, list[float]] = {"quiet": [], "pressed": []}
    acks(field, running, team, "warm", seconds)
    orders = Orders(field, running, in_hand)
    began = time.monotonic()
    orders.fill()
    orders.finish()
    found["each"] = [(time.monotonic() - began) / in_hand]
    for turn in range(turns):
        for stretch in range(stretches):
            seed = f"quiet {turn} {stretch}"
            found["quiet"] += acks(field, running, team, seed, seconds)
        for stretch in range(stretches):
            orders.fill()
            seed = f"pressed {turn} {stretch}"
            found["pressed"] += acks(field, running, team, seed, seconds)
        orders.finish()
    found["made"] = [orders.made()]
    found["memory"] = [running.child.memory()]
    return found


def _p99(numbers: Sequence[float]) -> float:
    return quantiles(numbers, n=100)[98]


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    ratio = _p99(found["pressed"]) / _p99(found["quiet"])
    yield Goal("p99 of an acknowledgement beside workbooks, × quiet", ratio, LIMIT)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: percentiles; how they compare is a goal."""
    for before, where in (("", "in a process of its own"), (BEFORE, "in a thread, as before")):
        if f"{before}quiet" not in found:
            continue
        quiet, pressed = found[f"{before}quiet"], found[f"{before}pressed"]
        yield (
            f"{found[f'{before}made'][0]:.0f} workbooks of {found['projects'][0]:.0f} projects, "
            f"each {where}, {found[f'{before}each'][0]:.1f} s; an acknowledgement at {RATE} "
            f"requests a second, of {len(quiet)} each"
        )
        for name, numbers in (("quiet", quiet), ("pressed", pressed)):
            cuts = quantiles(numbers, n=100)
            yield (
                f"  {name}: p50 {median(numbers) * 1e3:.1f} ms, p95 {cuts[94] * 1e3:.1f} ms, "
                f"p99 {cuts[98] * 1e3:.1f} ms, longest {max(numbers) * 1e3:.0f} ms"
            )
        yield f"  p99 {_p99(pressed) / _p99(quiet):.2f} × quiet"
        memory = found[f"{before}memory"][0]
        yield f"  the process that serves takes {memory:.0f} MB after them"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
