"""One storm: items fall due, replicas are killed at random moments, Slack fails at random."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.recurrence import Every
from handlers.manifest import manifest
from handlers.playground.double import App, Double
from handlers.playground.double.server import serving
from storage import outbox, schedules
from storage.database import Database
from storage.tables import OutboxRow, ScheduleRow, columns, table_of
from tests.storm.heart import CHANNELS, channel, fast, patience, replica
from tests.storm.weather import Weather
from tests.support.tree import ROOT

ONCE = Every(100 * 365 * 24 * 60)
LEASE = timedelta(seconds=70)
"""So much later, nobody has anything left to repeat."""
PATIENCE = timedelta(minutes=60)
"""How long after the last kill all has to have come (by the fast clock). What was put off until
Slack stops failing is tried again within a quarter of an hour.
"""


@dataclass(frozen=True, slots=True)
class Storm:
    """What is to be weathered. The clock runs `speed` times as fast as the world's; a replica lives
    up to `life` seconds of the world's. Of those who come in another's place one clock is right,
    one ahead by `off` seconds, one as much behind, and so on; in the end all are right. So long
    after the last kill Slack goes on failing, by the fast clock: `lull`.
    """

    items: int
    kills: int
    replicas: int
    speed: float
    seed: int
    life: float = 0.6
    off: float = 0.0
    lull: timedelta = PATIENCE / 2

    def spread(self, birth: float) -> timedelta:
        """Over which the items fall due: as long as the killing goes on, where a replica takes
        `birth` seconds to begin.
        """
        return timedelta(seconds=self.kills * (self.life / 2 + birth) * self.speed)


@dataclass(frozen=True, slots=True)
class Weathered:
    """What came of it; `heard` counts how often each item was posted, `unordered` are channels in
    which messages stand otherwise than they were said, whatever waits still;
    `waiting` tells of what has not come.
    """

    heard: Counter[str]
    unordered: tuple[str, ...]
    waiting: tuple[str, ...]
    dead: tuple[tuple[str, str], ...]
    met: Counter[str]
    kills: int
    seconds: float

    def lost(self, storm: Storm) -> int:
        return storm.items - len(self.heard)

    @property
    def doubled(self) -> int:
        return sum(times - 1 for times in self.heard.values())


class Nursery:
    """Forks replicas, from a process that has read its modules."""

    def __init__(self, url: str, double: Double, start: float, speed: float) -> None:
        arguments = [url, double.api_url, double.app.bot_token, str(start), str(speed)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.storm.heart", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._living: list[int] = []

    def bear(self, off: float = 0.0) -> int:
        """A replica that beats, by a clock that is off by so many seconds; gives its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(off, file=self._process.stdin, flush=True)
        child = int(self._process.stdout.readline())
        self._living.append(child)
        return child

    def kill(self, child: int) -> None:
        os.kill(child, signal.SIGKILL)
        self._living.remove(child)

    def close(self) -> None:
        for child in [*self._living]:
            self.kill(child)
        self._process.kill()
        self._process.communicate()


def weather(url: str, storm: Storm) -> Weathered:
    """Let a storm go over a migrated, empty database."""
    began = time.time()
    clock, chance = fast(began, storm.speed), random.Random(storm.seed)
    double = Double(clock, App.from_manifest(manifest()))
    double.add_user("U0ANA", "Ana Silva")
    for number in range(CHANNELS):
        double.add_channel(f"heart-{number}", id=channel(number))
    late = (patience(storm.speed).read or 0) * 1.2
    slack = Weather(double.wsgi, storm.seed, late)
    with _served(double, slack), _stored(url) as store:
        workspace = replica(store, clock).workspaces.connect("T0CHARTER", None, "Sample")
        nursery = Nursery(url, double, began, storm.speed)
        try:
            running = [nursery.bear()]  # the first one waits until the modules are read
            first = time.monotonic()
            running += [nursery.bear() for _ in range(storm.replicas)]
            birth = (time.monotonic() - first) / storm.replicas
            nursery.kill(running.pop())
            _put(store, workspace, storm, clock(), storm.spread(birth))
            _kill(nursery, running, storm, chance)
            _wait(double, slack, store, workspace, storm, clock)
        finally:
            nursery.close()
        with store.read() as session:
            dead = outbox.waiting(session, workspace).dead
        return Weathered(
            heard=Counter(text for number in range(CHANNELS) for text in _texts(double, number)),
            unordered=tuple(_unordered(store, double)),
            waiting=tuple(_waiting(store, clock())),
            dead=dead,
            met=slack.met,
            kills=storm.kills,
            seconds=time.time() - began,
        )


@contextmanager
def _served(double: Double, slack: Weather) -> Iterator[None]:
    with serving(slack) as url:
        double.base_url = url
        yield
        double.close()


@contextmanager
def _stored(url: str) -> Iterator[Database]:
    store = Database(url)
    try:
        yield store
    finally:
        store.close()


def _put(store: Database, workspace: int, storm: Storm, start: datetime, spread: timedelta) -> None:
    """Items that fall due one after another."""
    due = columns(ScheduleRow)
    with store.begin() as session:
        for number in range(storm.items):
            key = f"reminder/{number}"
            schedules.put(session, workspace, key, "reminder", number, ONCE, start)
            at = start + spread * number / storm.items
            session.execute(
                update(table_of(ScheduleRow)).where(due.key == key).values(next_run_at=at)
            )


def _kill(nursery: Nursery, running: list[int], storm: Storm, chance: random.Random) -> None:
    for number in range(storm.kills):
        time.sleep(chance.uniform(0.0, storm.life))
        which = number % storm.replicas
        is_last = number >= storm.kills - storm.replicas
        off = 0.0 if is_last else (0.0, storm.off, -storm.off)[number % 3]
        nursery.kill(running[which])
        running[which] = nursery.bear(off)


def _wait(
    double: Double,
    slack: Weather,
    store: Database,
    workspace: int,
    storm: Storm,
    clock: Callable[[], datetime],
) -> None:
    """Until all has come and is noted, and then until nobody has anything left to repeat."""
    began = clock()
    while clock() < began + PATIENCE:
        come = {text for number in range(CHANNELS) for text in _texts(double, number)}
        with store.read() as session:
            waiting = outbox.waiting(session, workspace).waiting
        if len(come) == storm.items and not waiting:
            break
        if clock() > began + storm.lull:
            slack.calm()
        time.sleep(1)
    time.sleep(LEASE.total_seconds() / storm.speed)


def _waiting(store: Database, now: datetime) -> Iterator[str]:
    """What has not come: where it is to go, when, and what happened to it so far."""
    is_ = columns(OutboxRow)
    asked = select(is_.channel, is_.due_at, is_.tries, is_.trouble, is_.owner)
    with store.read() as session:
        for row in session.execute(asked.where(is_.due_at.is_not(None)).order_by(is_.id)):
            held = ", in hand" if row.owner else ""
            seconds = (row.due_at - now).total_seconds()
            yield f"{row.channel}: in {seconds:.0f} s, {row.tries} tries{held} {row.trouble}"


def _texts(double: Double, number: int) -> list[str]:
    return [message.said for message in double.person("ana").sees(channel(number))]


def _unordered(store: Database, double: Double) -> Iterator[str]:
    """Channels in which messages stand otherwise than they were said first."""
    said = columns(OutboxRow)
    with store.read() as session:
        rows = session.execute(select(said.channel, said.text).order_by(said.id)).all()
    for number in range(CHANNELS):
        stands = _texts(double, number)
        wanted = [text for where, text in rows if where == channel(number) and text in stands]
        if list(dict.fromkeys(stands)) != wanted:
            yield channel(number)
