"""What workbooks do to acknowledgements: `python -m tests.bench.pressing ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Charter is
started on it as its users do, over HTTP, with a double of Slack over TLS. Commands and mentions are
sent at a fixed rate, in turn while nothing else is asked and while one workbook of all projects
after another is made. Prints seconds.
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

from handlers import observe
from tests.bench import programs, trust
from tests.bench.goals import Goal
from tests.bench.programs import Field, Running
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import Team

RATE = 40
"""Commands and mentions a second, half of them each."""
STRETCH = 2.0
"""Seconds of one order to the load generator."""
TURNS, STRETCHES = 3, 4
"""How often the two alternate, and stretches of each in a turn."""
IN_HAND = 2
"""Workbooks that are asked for at once: while one is made, the next one waits."""
LONGEST = 300.0
"""Seconds that those in hand may take."""
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

    def __init__(self, field: Field, running: Running) -> None:
        self._field = field
        self._url = running.url
        self._asked = 0

    def fill(self) -> None:
        """Ask for as many as are to be in hand."""
        while self._asked - self.done() < IN_HAND:
            text = ["export portfolio"]
            order = self._field.ask("/commands", texts=text, askers=1)["ready"][0]
            status = programs.sent(self._url, order)
            if status != 200:
                raise RuntimeError(f"a workbook was asked for, and the answer is {status}")
            self._asked += 1

    def done(self) -> int:
        """How many files Slack has taken."""
        return int(self._field.ask("/files")["shared"])

    def finish(self) -> None:
        """Until all that were asked for are done."""
        began = time.monotonic()
        while self.done() < self._asked:
            if time.monotonic() - began > LONGEST:
                raise RuntimeError(f"{self._asked - self.done()} workbooks never came")
            time.sleep(0.05)


def main(order: Mapping[str, Any]) -> None:
    is_quick = order["quick"]
    size, turns, stretches = (QUICK, 1, 1) if is_quick else (FULL, TURNS, STRETCHES)
    seconds = 0.5 if is_quick else STRETCH
    team = Team(size.small, size.people)
    found: dict[str, list[float]] = {"projects": [size.small], "quiet": [], "pressed": []}
    with tempfile.TemporaryDirectory(prefix="charter-press-") as name, ExitStack() as stack:
        field = Field(Path(name), trust.issued(Path(name)), size, stack)
        program = programs.charter("pressing", team, order["url"])
        running = stack.enter_context(field.running(program))
        acks(field, running, team, "warm", seconds)
        orders = Orders(field, running)
        began = time.monotonic()
        orders.fill()
        orders.finish()
        found["each"] = [(time.monotonic() - began) / IN_HAND]
        for turn in range(turns):
            for stretch in range(stretches):
                seed = f"quiet {turn} {stretch}"
                found["quiet"] += acks(field, running, team, seed, seconds)
            for stretch in range(stretches):
                orders.fill()
                seed = f"pressed {turn} {stretch}"
                found["pressed"] += acks(field, running, team, seed, seconds)
            orders.finish()
        found["made"] = [orders.done()]
        found["memory"] = [running.child.memory()]
    print(json.dumps(found), flush=True)


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    quiet, pressed = (quantiles(found[name], n=100)[98] for name in ("quiet", "pressed"))
    yield Goal("p99 of an acknowledgement beside workbooks, × quiet", pressed / quiet, LIMIT)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: percentiles; how they compare is a goal."""
    yield (
        f"{found['made'][0]:.0f} workbooks of {found['projects'][0]:.0f} projects, "
        f"{found['each'][0]:.1f} s each; an acknowledgement at {RATE} requests a second, of "
        f"{len(found['quiet'])} each"
    )
    for name in ("quiet", "pressed"):
        cuts = quantiles(found[name], n=100)
        yield (
            f"  {name}: p50 {median(found[name]) * 1e3:.1f} ms, p95 {cuts[94] * 1e3:.1f} ms, "
            f"p99 {cuts[98] * 1e3:.1f} ms, longest {max(found[name]) * 1e3:.0f} ms"
        )
    yield f"  the process that serves takes {found['memory'][0]:.0f} MB after them"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
