"""How much a process serves over HTTP, and what becomes of more: `python -m tests.bench.serving
ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Charter and a
bare Bolt app (`bare` of `tests.bench.plain`, on the same server) run as one process and as two,
which share a database and are reached in turn. All take turns, round after round, at 1, 8 and 64
requests at once. Acknowledgements come in bursts, each with no more than Charter has room for, and
the next one begins when all of the last are answered; answers are those to mentions, of which the
next is sent when one is posted. Then Charter is sent 1.5 × what saturates it. Prints requests a
second, and milliseconds of CPU that a request takes of each process.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import make_url

from handlers import observe
from tests.bench import programs, stores, trust
from tests.bench.goals import BARE, Goal
from tests.bench.programs import Field, Program, Running
from tests.bench.sizes import FULL, QUICK, Size
from tests.bench.talking import turned
from tests.bench.team import Question, Team

Json = dict[str, Any]
Found = dict[str, list[float]]

CHARTER = "charter"
WIDTHS = (1, 8, 64)
BURST, ANSWERS = 160, 300
"""Commands of a burst, and mentions of a round, at each width."""
ROUNDS = 5
WHOSE = ("app", "double", "load")
TOO_MUCH = 1.5
OVERLOAD = 20.0
"""Seconds of too much."""
ACK_SHARE, ANSWER_SHARE = 1 / 0.8, 1 / 0.4
"""What a bare app may serve in the time in which Charter serves one."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """A program as one process or as several, and the questions that it is asked."""

    name: str
    running: tuple[Running, ...]
    questions: Iterator[Question]

    @property
    def urls(self) -> str:
        return " ".join(one.url for one in self.running)

    def cpu(self) -> float:
        return sum(one.child.cpu() for one in self.running)


def fleet(field: Field, stack: ExitStack, program: Program, count: int) -> Fleet:
    """So many processes of a program."""
    copies = [
        Program(f"{program.name}-{count}-{number}", *_started(program)) for number in range(count)
    ]
    running = tuple(stack.enter_context(field.running(one)) for one in copies)
    name = f"{program.name}{count}"
    return Fleet(name, running, program.team.questions(name))


def _started(program: Program) -> tuple[tuple[str, ...], Mapping[str, str], Team]:
    return program.arguments, program.settings, program.team


class Bench:
    """Asks fleets, and keeps what it took."""

    def __init__(self, field: Field, found: Found) -> None:
        self._field = field
        self._found = found

    def acks(self, fleet: Fleet, width: int, count: int) -> None:
        self._asked(fleet, "ack", width, do="burst", commands=count)

    def answers(self, fleet: Fleet, width: int, count: int) -> None:
        self._asked(fleet, "answer", width, do="closed_loop", mentions=count)

    def _asked(
        self, fleet: Fleet, what: str, width: int, do: str, commands: int = 0, mentions: int = 0
    ) -> None:
        count = commands + mentions
        before = {"app": fleet.cpu(), **self._field.cpu()}
        told = asked(self._field, fleet, do, commands, mentions, width=width)
        if told["answered"] != count or told["busy"] or told["again"]:
            raise RuntimeError(f"{fleet.name} was asked {count} times: {_counts(told)}")
        key = f"{fleet.name}_{what}_{width}"
        self._note(key, count / told["took"])
        for name, cpu in {"app": fleet.cpu(), **self._field.cpu()}.items():
            self._note(f"{key}_{name}", (cpu - before[name]) / count)

    def too_much(self, fleet: Fleet, most: float, seconds: float) -> None:
        """Ask for 1.5 × as much as it serves, and count what became of each request."""
        rate = most * TOO_MUCH
        half = max(1, int(rate * seconds / 2))
        whispers = self._field.ask("/whispers")["whispered"]
        told = asked(self._field, fleet, "open_loop", half, half, rate=rate, drain=FULL.drain / 9)
        told["busy"] += self._field.ask("/whispers")["whispered"] - whispers
        self._note("rate", rate)
        for name in ("sent", "answered", "busy", "again", "late"):
            self._note(f"over_{name}", told[name])
        self._found["over_ack"] = [*told["acks"]["command"], *told["acks"]["mention"]]
        self._found["over_answer"] = told["answers"]

    def _note(self, key: str, number: float) -> None:
        self._found.setdefault(key, []).append(number)


def asked(field: Field, fleet: Fleet, do: str, commands: int, mentions: int, **more: Any) -> Json:
    """What the load generator tells of so many commands and mentions."""
    texts = [one.text for one in islice(fleet.questions, commands + mentions)]
    words = {"command": [f"ask {one}" for one in texts[:commands]], "mention": texts[commands:]}
    return field.order(do, fleet.running[0], (), **words, app=fleet.urls, **more)


def saturated(field: Field, fleet: Fleet, count: int) -> float:
    """Commands and mentions, half of them each, that are answered in a second at the most."""
    told = asked(field, fleet, "closed_loop", count // 2, count // 2, width=WIDTHS[-1])
    return float(told["answered"] / told["took"])


def _counts(told: Json) -> Json:
    return {name: count for name, count in told.items() if isinstance(count, int)}


def main(order: Mapping[str, Any]) -> None:
    size, is_quick = (QUICK, True) if order["quick"] else (FULL, False)
    burst, answers, rounds = (4, 4, 1) if is_quick else (BURST, ANSWERS, ROUNDS)
    team = Team(size.small, size.people)
    found: Found = {}
    with tempfile.TemporaryDirectory(prefix="charter-serving-") as name, ExitStack() as stack:
        field = Field(Path(name), trust.issued(Path(name)), size, stack)
        fleets = [*_fleets(field, stack, team, order["url"], Path(name), size)]
        bench = Bench(field, found)
        for one in fleets:  # everybody has asked once, and what is read once a process is read
            asked(field, one, "closed_loop", size.askers * len(one.running), size.small, width=4)
        for number in range(rounds):
            for one in turned(fleets, number):
                for width in WIDTHS:
                    bench.acks(one, width, burst)
                    bench.answers(one, width, answers)
        charter = next(one for one in fleets if one.name == f"{CHARTER}1")
        most = saturated(field, charter, 2 * answers)
        bench.too_much(charter, most, 0.2 if is_quick else OVERLOAD)
    print(json.dumps(found), flush=True)


def _fleets(
    field: Field, stack: ExitStack, team: Team, url: str, folder: Path, size: Size
) -> Iterator[Fleet]:
    """Each as one process, and but for a quick round as two."""
    path = Path(str(make_url(url).database))
    for count in (1,) if size.is_quick else (1, 2):
        bare = programs.plain(BARE, team, stores.simple(folder, team, f"{BARE}{count}"))
        yield fleet(field, stack, bare, count)
        charter = programs.charter(CHARTER, team, stores.copied(path, f"{CHARTER}{count}"))
        yield fleet(field, stack, charter, count)


def _rows(found: Mapping[str, Sequence[float]]) -> Iterator[tuple[str, str, int]]:
    for count in (1, 2):
        for what in ("ack", "answer"):
            for width in WIDTHS:
                if f"{CHARTER}{count}_{what}_{width}" in found:
                    yield str(count), what, width


def _ratio(found: Mapping[str, Sequence[float]], count: str, what: str, width: int) -> float:
    """How much more a bare app serves: the median of what the rounds say, each for itself."""
    pairs = zip(
        found[f"{BARE}{count}_{what}_{width}"],
        found[f"{CHARTER}{count}_{what}_{width}"],
        strict=True,
    )
    return median(bare / ours for bare, ours in pairs)


def goals(found: Mapping[str, Sequence[float]]) -> Iterator[Goal]:
    for count, what, width in _rows(found):
        processes = "one process" if count == "1" else "two processes"
        yield Goal(
            f"{what}s a second of a bare app, × Charter's; {processes}, {width} at once",
            _ratio(found, count, what, width),
            ACK_SHARE if what == "ack" else ANSWER_SHARE,
        )
    yield Goal("acknowledged after 3 s, at 1.5 × what saturates", found["over_late"][0], 0)
    [sent], *told = (found[f"over_{name}"] for name in ("sent", "answered", "busy", "again"))
    unheard = sent - sum(one for [one] in told)
    yield Goal("neither answered nor told anything, at 1.5 × what saturates", unheard, 0)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: what is served, and of whose CPU."""
    for count, what, width in _rows(found):
        for name in (BARE, CHARTER):
            key = f"{name}{count}_{what}_{width}"
            cpu = ", ".join(f"{one} {median(found[f'{key}_{one}']) * 1e3:.2f}" for one in WHOSE)
            share = 1 / _ratio(found, count, what, width) if name == CHARTER else 1
            yield (
                f"{name} × {count}, {width} at once: {median(found[key]):.0f} {what}s a second "
                f"({share:.2f}); ms of CPU a request: {cpu}"
            )
    sent, answered, busy, again, late = (
        int(found[f"over_{name}"][0]) for name in ("sent", "answered", "busy", "again", "late")
    )
    yield (
        f"at {found['rate'][0]:.0f} a second, 1.5 × what saturates: {sent} sent, {answered} "
        f"answered, {busy} told that Charter is busy, {again} to come again, {late} acknowledged "
        f"after 3 s"
    )
    acks, posted = sorted(found["over_ack"]), sorted(found["over_answer"])
    yield (
        f"  acknowledged within {median(acks) * 1e3:.0f} ms, 99 % within "
        f"{acks[len(acks) * 99 // 100] * 1e3:.0f} ms; answered within {median(posted):.2f} s, "
        f"99 % within {posted[len(posted) * 99 // 100]:.2f} s"
    )


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
