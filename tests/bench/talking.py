"""The programs over the wire: in turn, round after round, so that all meet the same machine.

Rounds give latencies without load; loads give CPU and lateness at a fixed rate; starts give the way
from `exec` to the first acknowledgement.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from tests.bench.programs import Field, Program, Running
from tests.bench.sizes import Size
from tests.bench.team import Question

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(slots=True)
class Load:
    """One stretch at a fixed rate. Seconds and megabytes; `late` were not acknowledged in time."""

    sent: int
    answered: int
    late: int
    cpu: float
    took: float
    ack: list[float]
    answer: list[float]


@dataclass(slots=True)
class Measured:
    """What one program did. Seconds and megabytes.

    `answer` is from mention to message, about any of its projects; `busy` the same about a few
    projects that everybody asks about; `first` from the first command after a start to its answer.
    """

    ack: list[float] = field(default_factory=list)
    event: list[float] = field(default_factory=list)
    answer: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    start: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    idle: float = 0.0
    loaded: float = 0.0
    loads: list[Load] = field(default_factory=list)


class Talk:
    """All programs running side by side, each asked in its turn."""

    def __init__(self, field: Field, programs: Sequence[Program], size: Size) -> None:
        self._field = field
        self._programs = programs
        self._size = size
        self._any = {one.name: one.team.questions(f"any {one.name}") for one in programs}
        self._few = {
            one.name: one.team.questions(f"few {one.name}", among=size.small) for one in programs
        }
        self.measured = {one.name: Measured() for one in programs}

    def starts(self) -> None:
        """Every program started anew, until it acknowledges; and its first answer. Once more than
        this they are started for the rounds.
        """
        for number in range(self._size.starts - 1):
            for program in turned(self._programs, number):
                with self._field.running(program) as running:
                    self._started(running)

    def _started(self, running: Running) -> None:
        seen = self.measured[running.program.name]
        seen.start.append(running.ready)
        seen.first.append(running.first)

    def rounds_and_loads(self) -> None:
        with ExitStack() as stack:
            running = [stack.enter_context(self._field.running(one)) for one in self._programs]
            for one in running:
                self._started(one)
                self.measured[one.program.name].idle = one.child.memory()
                self._warm(one)
            for number in range(self._size.rounds):
                for one in turned(running, number):
                    self._round(one)
            for number in range(self._size.loads):
                for one in turned(running, number):
                    self.measured[one.program.name].loads.append(self._load(one))
            for one in running:
                self.measured[one.program.name].loaded = one.child.memory()

    def _warm(self, running: Running) -> None:
        """Everybody has asked once, and what is asked about all the time was asked about."""
        name = running.program.name
        self._one_by_one(running, self._any[name], self._size.askers)
        self._one_by_one(running, self._few[name], self._size.small)

    def _round(self, running: Running) -> None:
        name, each = running.program.name, self._size.each
        seen = self.measured[name]
        told = self._one_by_one(running, self._any[name], each)
        seen.ack += told["acks"]["command"]
        seen.event += told["acks"]["mention"]
        seen.answer += told["answers"]
        told = self._one_by_one(running, self._few[name], each)
        seen.ack += told["acks"]["command"]
        seen.event += told["acks"]["mention"]
        seen.busy += told["answers"]

    def _one_by_one(self, running: Running, questions: Iterator[Question], count: int) -> Json:
        """Ask so many questions by command, and as many by mention."""
        told = self._field.order("one_by_one", running, list(islice(questions, 2 * count)))
        missing = told["sent"] - told["answered"]
        if missing or told["late"]:
            name = running.program.name
            raise RuntimeError(f"{name} left {missing} unanswered, {told['late']} not acknowledged")
        return told

    def _load(self, running: Running) -> Load:
        size = self._size
        count = max(2, int(size.rate * size.seconds) // 2 * 2)
        asked = list(islice(self._any[running.program.name], count))
        before = running.child.cpu()
        told = self._field.order("open_loop", running, asked, rate=size.rate, drain=size.drain)
        return Load(
            sent=told["sent"],
            answered=told["answered"],
            late=told["late"],
            cpu=running.child.cpu() - before,
            took=told["took"],
            ack=told["acks"]["command"],
            answer=told["answers"],
        )


def turned(things: Sequence[T], by: int) -> list[T]:
    """The same in another order each time, so that nobody is always first."""
    start = by % len(things)
    return [*things[start:], *things[:start]]
