"""What the time of an answer tells whoever guesses: `python -m tests.bench.guessing ORDER`.

ORDER is JSON, of which only `quick` counts: a workspace is built in which every other project is
private. Somebody from outside asks, in turn, about a private project by its name, about none that
ever was (a name made of words that projects have, as long), and about the private one again. Prints
seconds of the thread's CPU, since who else uses the machine would hide the more.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bot.outcome import Place
from bot.people import Surface
from handlers import observe
from handlers.service import Charter, services
from storage.database import Database
from tests.bench import stores
from tests.bench.sizes import FULL, QUICK
from tests.bench.team import PLACES, Team

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Secretive(Team):
    """Every other project is private, and there is one person more, who holds no letter."""

    def document(self) -> dict[str, Any]:
        told = super().document()
        for number, project in enumerate(told["projects"]):
            project["private"] = number % 2 == 1
        told["people"].append(self._person(self.people, "Somebody Outside"))
        return told


def guesses(team: Team) -> Iterator[tuple[str, str]]:
    """The name of a private project, and one of such words, about as long, that none has."""
    held = set(team.names)
    for name in team.names[1::2]:
        stem, _, place = name.rpartition(" ")
        made = [f"{stem} {other}" for other in PLACES if f"{stem} {other}" not in held]
        yield name, min(made, key=partial(_apart, len(stem) + 1 + len(place)))


def _apart(length: int, name: str) -> int:
    return abs(len(name) - length)


def asked(charter: Charter, who: str, name: str) -> float:
    person = charter.people.known(1, who)
    assert person is not None
    actor = charter.people.actor(1, person, Surface.COMMAND)
    began = time.thread_time()
    answer = charter.questions.ask(actor, f"who owns the data pipeline in {name}?", Place())
    seconds = time.thread_time() - began
    assert not answer.people, "a guess learned who it is"
    return seconds


def main(order: Mapping[str, Any]) -> None:
    size, rounds = (QUICK, 1) if order["quick"] else (FULL, 20)
    team = Secretive(size.small, size.people)
    found: dict[str, list[float]] = {"hit": [], "miss": [], "again": []}
    with TemporaryDirectory() as folder:
        path = stores.charter(Path(folder), team).path
        with closing(Database(f"sqlite:///{path}")) as database:
            charter = services(database, lambda: NOW)
            outsider = Team.slack_id(size.people)
            names = list(guesses(team))
            for turn in range(rounds + 1):
                for name, made in names:
                    for which, guess in (("hit", name), ("miss", made), ("again", name)):
                        seconds = asked(charter, outsider, guess)
                        if turn:  # what is read once is read by now
                            found[which].append(seconds)
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: medians."""
    told = {name: median(seconds) * 1e3 for name, seconds in found.items()}
    yield (
        f"who may not know of a project is answered in {told['hit']:.2f} ms about it, in "
        f"{told['miss']:.2f} ms about none (× {told['hit'] / told['miss']:.2f}), and about it "
        f"again in {told['again']:.2f} ms"
    )


if __name__ == "__main__":
    observe.configure("ERROR")
    main(json.loads(sys.argv[1]))
