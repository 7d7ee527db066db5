"""What Home and the matrix of a project cost, in a process of its own:
`python -m tests.bench.showing ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Each is read,
composed and rendered in turn with the very same statements by the driver alone: by a process that
has just begun, by one that knows everything already, and after somebody changed one project. Prints
seconds, and how many statements that took.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

from sqlalchemy import select

from bot.orders import Due
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers import observe
from handlers.service import Charter, services
from handlers.views import home, matrix
from storage.database import Database
from storage.tables import ProjectRow, columns
from tests.bench import bare
from tests.bench.team import Team

OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
NOWHERE = Place()
FIRST_DAY = date(2027, 3, 1)
STATES = ("new", "known", "changed")
SHOWN = ("home", "matrix")


class Bench:
    """A workspace, one of its people, who is no admin, and one of the projects they see."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.raw = bare.opened(url)
        self.charter = self.process()
        with self.database.read() as session:
            row = columns(ProjectRow)
            found = session.execute(select(row.key, row.name).order_by(row.id)).all()
        self.keys = [key for key, _name in found]
        self.name = found[0][1]
        person = self.charter.people.known(1, Team.slack_id(0))
        assert person is not None
        self.actor = self.charter.people.actor(1, person, Surface.COMMAND)
        self.changes = 0

    def process(self) -> Charter:
        """The use cases as a process has them that has just begun."""
        return services(self.database, lambda: datetime.now(UTC))

    def home(self, charter: Charter) -> None:
        view = home.home(charter.projects.home(self.actor))
        assert len(view["blocks"]) <= 100

    def matrix(self, charter: Charter) -> None:
        shown = charter.projects.shown(self.actor, self.name, NOWHERE)
        message = matrix.matrix(shown)
        assert self.name in message.text

    def look(self, which: str, state: str) -> Callable[[], object]:
        """What is to be timed: by a process in this state."""
        charter = self.process() if state == "new" else self.charter
        if state == "changed":
            self.change()
        return partial(self.home if which == "home" else self.matrix, charter)

    def change(self) -> None:
        """Give a stage of one project after another a new due date; the matrix's is the first."""
        self.changes += 1
        day = FIRST_DAY + timedelta(days=self.changes)
        self.charter.stages.due(OPERATOR, Due("rollout", day, self.keys[0]), NOWHERE)

    def close(self) -> None:
        self.raw.close()
        self.database.close()


def main(order: Mapping[str, Any]) -> None:
    rounds = 2 if order["quick"] else 25
    found: dict[str, list[float]] = {}
    with closing(Bench(order["url"])) as bench:
        found["projects"] = [len(bench.keys)]
        asked: dict[str, list[bare.Read]] = {}
        for which in SHOWN:
            bench.look(which, "known")()
            for state in STATES:
                name = f"{which}_{state}"
                asked[name] = bare.reads(bench.database, bench.look(which, state))
                found[f"{name}_statements"] = [len(asked[name])]
        for _ in range(rounds):
            for which in SHOWN:
                for state in STATES:
                    name = f"{which}_{state}"
                    found.setdefault(name, []).append(bare.timed(bench.look(which, state)))
                    raw = partial(bare.again, bench.raw, asked[name])
                    found.setdefault(f"{name}_raw", []).append(bare.timed(raw))
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: statements, medians, ratios to the driver alone."""
    projects = int(found["projects"][0])
    states = {
        "new": "a process that has just begun",
        "known": "all known already",
        "changed": "after a change of one project",
    }
    for which, what in (("home", "Home"), ("matrix", "the matrix of one")):
        for state, words in states.items():
            name = f"{which}_{state}"
            ours, raw = median(found[name]), median(found[f"{name}_raw"])
            yield (
                f"{what} of {projects} projects, {words}: "
                f"{int(found[f'{name}_statements'][0])} statements, {ours * 1e3:.1f} ms, "
                f"{ours / raw:.1f} × the same reads by the driver alone ({raw * 1e3:.2f} ms)"
            )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
