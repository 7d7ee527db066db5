"""What a second replica brings on PostgreSQL: `python -m tests.bench.replicas ORDER`.

ORDER is JSON, of which only `quick` counts: a team is loaded into a PostgreSQL server of its own,
which writes durably. One process of Charter and two serve a copy each, in turn, round after round:
mentions that are answered, and due dates that are moved by command, 64 at once. Prints requests a
second, and seconds of CPU that a request takes of Charter's processes.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from sqlalchemy import make_url

from handlers import observe
from tests.bench import programs, serving, stores, trust
from tests.bench.programs import Field
from tests.bench.serving import Fleet
from tests.bench.sizes import FULL, QUICK
from tests.bench.talking import turned
from tests.bench.team import Team
from tests.support.postgres import running

Found = dict[str, list[float]]

WIDTH = 64
ANSWERS, WRITES, ROUNDS = 400, 200, 5
FIRST_DAY = date(2027, 1, 1)
_MOVED = "SELECT count(*) FROM due_dates WHERE due >= '2027-01-01'"


@dataclass(slots=True)
class Bench:
    """One fleet, its database, and what was written there so far."""

    field: Field
    fleet: Fleet
    url: str
    found: Found
    written: int = 0

    def answers(self, count: int) -> None:
        cpu = self.fleet.cpu()
        told = serving.asked(self.field, self.fleet, "closed_loop", 0, count, width=WIDTH)
        self._note("answer", told, count, cpu)

    def writes(self, count: int) -> None:
        """Each moves the roll-out of a project to another day; all of them stand in the end."""
        team, texts = self.fleet.running[0].program.team, []
        for _ in range(count):
            day = FIRST_DAY + timedelta(days=self.written // team.projects)
            texts.append(f"due Roll-out {day} in {team.names[self.written % team.projects]}")
            self.written += 1
        cpu = self.fleet.cpu()
        words = {"command": texts, "mention": (), "app": self.fleet.urls, "width": WIDTH}
        told = self.field.order("closed_loop", self.fleet.running[0], (), **words)
        self._note("write", told, count, cpu)
        plain = make_url(self.url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
            row = connection.execute(_MOVED).fetchone()
        assert row == (self.written,), f"{row} of {self.written} writes are there"

    def _note(self, what: str, told: Mapping[str, Any], count: int, cpu: float) -> None:
        if told["answered"] != count or told["busy"] or told["again"]:
            raise RuntimeError(f"{self.fleet.name} answered {told['answered']} of {count}")
        key = f"{self.fleet.name}_{what}"
        self.found.setdefault(key, []).append(count / told["took"])
        self.found.setdefault(f"{key}_cpu", []).append((self.fleet.cpu() - cpu) / count)


def main(order: Mapping[str, Any]) -> None:
    size, is_quick = (QUICK, True) if order["quick"] else (FULL, False)
    answers, writes, rounds = (4, 4, 1) if is_quick else (ANSWERS, WRITES, ROUNDS)
    team = Team(size.small, size.people)
    found: Found = {}
    with (
        tempfile.TemporaryDirectory(prefix="charter-replicas-") as name,
        running() as server,
        ExitStack() as stack,
    ):
        folder = Path(name)
        url = server.create("team")
        stores.made_durable(url)
        stores.built(url, team, folder)
        place = Field(folder, trust.issued(folder), size, stack)
        benches = []
        for count in (1, 2):
            copy = server.create(f"replicas{count}", "team")
            program = programs.charter("replicas", team, copy)
            fleet = serving.fleet(place, stack, program, count)
            benches.append(Bench(place, fleet, copy, found))
            serving.asked(place, fleet, "closed_loop", size.askers * count, size.small, width=4)
        for number in range(rounds):
            for bench in turned(benches, number):
                bench.answers(answers)
                bench.writes(writes)
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: two replicas against one, of the medians of each."""
    for what, words in (("answer", "answers"), ("write", "due dates moved")):
        one, two = (median(found[f"replicas{count}_{what}"]) for count in (1, 2))
        cpu = [median(found[f"replicas{count}_{what}_cpu"]) * 1e3 for count in (1, 2)]
        yield (
            f"{words} on PostgreSQL, {WIDTH} at once: one replica {one:.0f} a second ({cpu[0]:.1f} "
            f"ms of CPU each), two {two:.0f} ({cpu[1]:.1f} ms): {two / one:.2f} ×"
        )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
