"""What a million letters cost: `python -m tests.bench.million [--quick] [--without-export]`.

A workspace of a million assignments in 10,000 projects and one of a thousand in ten are loaded as
their operator would. Each has a process of its own (`python -m tests.bench.million ORDER`), and
they take turns: answers about any project, the matrix of any project, Home of somebody, a tick at
which nothing is due and one at which a digest of ten projects is, and the digest of all. In the end
each makes one workbook of all projects, in another process. Ends with 1 where a goal is missed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from bot.cadence import Cadence
from bot.orders import Due, SetDigest
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers import observe
from handlers.service import services
from handlers.views import answers, home, matrix
from handlers.views import digests as views
from storage.database import Database
from tests.bench import growing, stores, table
from tests.bench.bare import timed
from tests.bench.goals import Goal
from tests.bench.processes import Child, started
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import MOST, Team

Found = dict[str, dict[str, list[float]]]

OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
EACH = 100
"""Letters of a project."""
FEW = 10
"""Projects of the small workspace, and of a channel whose digest is due."""
HERE, ELSEWHERE = Place("C0MILLION", "million"), Place("C0EVERYTHING", "everything")
FIRST_DAY = date(2027, 3, 1)
STEEPEST = 3.0
"""How much longer an answer may take among a million letters, × among a thousand."""
LONGEST = 900.0
"""Seconds that one step may take."""


class World:
    """A workspace, and the use cases of one process."""

    def __init__(self, team: Team, url: str) -> None:
        self.team = team
        self.now = datetime.now(UTC)
        self.changes = 0
        began = time.perf_counter()
        self.database = Database(url)
        self.charter = services(self.database, lambda: self.now)
        self.asked = team.questions("million")
        self.dice = Random("million")
        self.opened = time.perf_counter() - began
        self.first = timed(self.answer)
        person = self.charter.people.known(1, Team.slack_id(0))
        assert person is not None
        self.actor = self.charter.people.actor(1, person, Surface.COMMAND)

    def prepare(self) -> None:
        """A channel of ten projects with a digest, each of which has news."""
        for number in range(FEW):
            self.charter.projects.bind(OPERATOR, f"prj{number}", HERE)
            self.change(number)
        self.charter.digests.set(OPERATOR, SetDigest(Cadence.DAILY, zone="UTC"), HERE)
        self.idle()  # what is due already

    def change(self, number: int) -> None:
        self.changes += 1
        day = FIRST_DAY + timedelta(days=self.changes)
        self.charter.stages.due(OPERATOR, Due("rollout", day, f"prj{number}"), Place())

    def answer(self) -> None:
        """Who owns a stage of any project, found, answered and rendered."""
        question = next(self.asked)
        found = self.charter.questions.ask(OPERATOR, question.text, Place(), private_reply=True)
        assert question.owner in answers.answered(found, private=True).text, question

    def answer_after_write(self) -> None:
        self.change(self.changes % FEW)
        self.answer()

    def matrix(self) -> None:
        name = self.dice.choice(self.team.names)
        shown = matrix.matrix(self.charter.projects.shown(self.actor, name, Place()))
        assert name in shown.text

    def home(self) -> None:
        assert home.home(self.charter.projects.home(self.actor))["blocks"]

    def idle(self) -> None:
        self.charter.timers.run_due(1)

    def due(self) -> float:
        """The seconds of the tick at which the digest is due next."""
        self.change(self.changes % FEW)
        due = self.charter.timers.next_due(1)
        assert due is not None
        self.now = max(self.now, due)
        return timed(self._digest)

    def _digest(self) -> None:
        assert self.charter.timers.run_due(1) == 1

    def everything(self) -> None:
        assert views.previewed(self.charter.digests.preview(OPERATOR, ELSEWHERE)).blocks


def served(order: Mapping[str, Any]) -> None:
    """Say what the start took; then do what each line asks for, and say the seconds."""
    team = Team(order["projects"], order["people"], EACH)
    world = World(team, order["url"])
    with closing(world.database):
        print(json.dumps({"start": [world.opened], "first": [world.first]}), flush=True)
        world.prepare()
        deeds: dict[str, Callable[[], object]] = {
            "answer": world.answer,
            "after a write": world.answer_after_write,
            "matrix": world.matrix,
            "Home": world.home,
            "tick": world.idle,
            "digest of all": world.everything,
        }
        for line in sys.stdin:
            name, _, times = line.strip().rpartition(" ")
            count = range(int(times))
            if name == "digest tick":
                print(json.dumps([world.due() for _ in count]), flush=True)
            else:
                print(json.dumps([timed(deeds[name]) for _ in count]), flush=True)


STEPS = {
    "answer": 100, "after a write": 10, "matrix": 20, "Home": 2, "tick": 20, "digest tick": 2,
}  # fmt: skip
"""What is done in a round, and how often."""


def run(is_quick: bool, with_export: bool, say: Callable[[str], None]) -> Found:
    projects = QUICK.large if is_quick else MOST
    people = QUICK.people * 2 if is_quick else FULL.people
    teams = {"small": Team(FEW, people, EACH), "large": Team(projects, people, EACH)}
    rounds = 1 if is_quick else 5
    with tempfile.TemporaryDirectory(prefix="charter-million-") as name:
        folder = Path(name)
        found: Found = {}
        built = {}
        for size, team in teams.items():
            say(f"Loading {team.projects * EACH:,} assignments in {team.projects:,} projects …")
            built[size] = stores.charter(folder, team)
            found[size] = {
                "letters": [team.projects * EACH],
                "projects": [team.projects],
                "loading": [built[size].loading],
                "megabytes": [built[size].megabytes],
            }
        with ExitStack() as stack:
            children = {}
            for size, team in teams.items():
                say(f"Starting on the {size} one …")
                order = {
                    "url": stores.copied(built[size].path, f"{size}-served"),
                    "projects": team.projects,
                    "people": people,
                }
                words = ["-m", "tests.bench.million", json.dumps(order)]
                children[size] = stack.enter_context(started(words, {}, folder / f"{size}.log"))
                found[size] |= json.loads(children[size].line(LONGEST))
                found[size]["memory"] = [children[size].memory()]
            for number in range(rounds):
                say(f"Round {number + 1} of {rounds} …")
                for step, times in STEPS.items():
                    for size, child in children.items():
                        _asked(child, found[size], step, 2 if is_quick else times)
            for size, child in children.items():
                _asked(child, found[size], "digest of all", 1 if is_quick else 3)
                found[size]["memory after"] = [child.memory()]
        if with_export:
            for size in teams:
                say(f"A workbook of the {size} one …")
                order = {"url": stores.copied(built[size].path, f"{size}-exported")}
                found[size]["export"] = exported(order)
    return found


def _asked(child: Child, found: dict[str, list[float]], step: str, times: int) -> None:
    child.tell(f"{step} {times}")
    found.setdefault(step, []).extend(json.loads(child.line(LONGEST)))


def exported(order: Mapping[str, Any]) -> list[float]:
    """Rows, megabytes, those kept of it and seconds; nothing where none can be made."""
    try:
        return growing.apart(order)
    except subprocess.CalledProcessError:
        return []


def goals(found: Mapping[str, Mapping[str, Sequence[float]]]) -> Iterator[Goal]:
    small, large = found["small"], found["large"]
    for step in ("answer", "matrix"):
        ratio = median(large[step]) / median(small[step])
        yield Goal(f"{step} among a million letters, × a thousand", ratio, STEEPEST)
    yield Goal("answer among a million letters, p99, s", _p99(large["answer"]), 1)


def lines(found: Mapping[str, Mapping[str, Sequence[float]]]) -> Iterator[str]:
    """The same in words: of the large and of the small workspace, and how it grows."""
    rows = []
    for step in ("loading", "start", "first", *STEPS, "digest of all"):
        small, large = found["small"][step], found["large"][step]
        for what, of in (("p50", median), ("p99", _p99)):
            if len(small) > 1 or what == "p50":
                few, many = of(small), of(large)
                words = f"{step}, {what}, ms" if len(small) > 1 else f"{step}, ms"
                ratio = f"{many / few:.2f}" if few else "–"
                rows.append((words, f"{few * 1e3:.1f}", f"{many * 1e3:.1f}", ratio))
    for step, words in (
        ("megabytes", "database, MB"),
        ("memory", "resident after the first answer, MB"),
        ("memory after", "resident in the end, MB"),
    ):
        few, many = found["small"][step][0], found["large"][step][0]
        rows.append((words, f"{few:.0f}", f"{many:.0f}", f"{many / few:.2f}"))
    heads = (f"{found[size]['letters'][0]:,.0f} letters" for size in ("small", "large"))
    yield from table.table(("", *heads, "×"), rows)
    for size in ("small", "large"):
        if export := found[size].get("export"):
            told, memory, kept, seconds = export
            yield (
                f"a workbook of {found[size]['projects'][0]:,.0f} projects: {told:,.0f} rows, "
                f"{seconds:.1f} s of CPU, {memory:.0f} MB; {kept:.1f} MB are kept of it"
            )


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) * 99 // 100]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.million", description=__doc__)
    parser.add_argument("order", nargs="?", help="what one of its own processes is told")
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    parser.add_argument("--without-export", action="store_true", help="without the workbooks")
    parser.add_argument("--json", metavar="FILE", help="keep every number in this file")
    options = parser.parse_args(arguments)
    if options.order:
        observe.configure("ERROR")
        served(json.loads(options.order))
        return 0
    found = run(
        options.quick, not options.without_export, lambda words: print(words, file=sys.stderr)
    )
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    print("\n".join([*lines(found), *table.goal_lines([*goals(found)])]))
    return 0 if options.quick or all(goal.is_met for goal in goals(found)) else 1


if __name__ == "__main__":
    sys.exit(main())
