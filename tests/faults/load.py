"""People who write all the while, each in a room of their own, and what each was told."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.playground.double import Message, Person
from tests.faults.town import PEOPLE, Town

ANSWERED_WITHIN = 25.0
"""Seconds after which nothing was said to somebody."""
BETWEEN = 0.2
DONE = "is also called"
TELLS = ("try again", "send it again", "failed with the error")
"""What is said where nothing was done; the last is Slack's own, where Charter does not answer."""
FOUND = "already means"
"""The record has it: an earlier attempt, which nobody was told of."""


class Told(StrEnum):
    DONE = "done"
    AGAIN = "try again"
    NOTHING = "nothing"
    OTHER = "something else"


@dataclass(slots=True)
class Load:
    """What came of what was written: by name, and how long the slowest answer took."""

    told: dict[str, Told] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, name: str, told: Told, words: str, seconds: float) -> None:
        with self._lock:
            self.told[name] = told
            self.slowest = max(self.slowest, seconds)
            if told is Told.AGAIN:
                self.words.append(words)
            if told is Told.OTHER:
                self.odd.append(words)

    def of(self, told: Told) -> set[str]:
        with self._lock:
            return {name for name, one in self.told.items() if one is told}

    @property
    def counts(self) -> Counter[str]:
        with self._lock:
            return Counter(self.told.values())


def write(town: Town, load: Load, number: int, name: str) -> Told:
    """One person gives the data pipeline one more name."""
    person, room = town.double.person(f"p{number}"), f"room-{number}"
    before = person.sees(room)
    after = before[-1] if before else None
    began = time.monotonic()
    person.slash(f"/charter alias {name} = data pipeline in Fraud Radar", room)
    answer = _answer(person, room, after)
    said = answer.said if answer else ""
    told = _meaning(said)
    load.note(name, told, said, time.monotonic() - began)
    return told


def _answer(person: Person, room: str, after: Message | None) -> Message | None:
    try:
        return person.hears("", room, after=after, seconds=ANSWERED_WITHIN)
    except AssertionError:
        return None


def _meaning(said: str) -> Told:
    if not said:
        return Told.NOTHING
    if DONE in said or FOUND in said:
        return Told.DONE
    return Told.AGAIN if any(words in said for words in TELLS) else Told.OTHER


@contextmanager
def writing(town: Town, people: int = PEOPLE) -> Iterator[Load]:
    """People write until the block ends."""
    load, over = Load(), threading.Event()

    def keep_on(number: int) -> None:
        turn = 0
        while not over.wait(BETWEEN):
            turn += 1
            write(town, load, number, f"name{number}x{turn}")

    writers = [threading.Thread(target=keep_on, args=(number,)) for number in range(people)]
    for writer in writers:
        writer.start()
    try:
        yield load
    finally:
        over.set()
        for writer in writers:
            writer.join()


def until(look: Callable[[], bool], seconds: float) -> float:
    """How many seconds it takes until that is so."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if look():
            return time.monotonic() - began
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds:g} s")
