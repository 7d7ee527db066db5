"""The faults, and how each is brought about."""

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import psycopg

from tests.faults import memory
from tests.faults.blowing import Fault, Scene
from tests.faults.town import PEOPLE
from tests.storm.weather import Weather
from tests.support.postgres import TERMINATE, Postgres

MANY = 21
"""A workbook of so many projects is made in a process of its own."""

# Replicas


def killed(scene: Scene) -> None:
    """Each replica dies without a word, and another one comes."""
    for victim in [*scene.town.double.replicas]:
        victim.kill()
        scene.town.forget(victim)
        scene.town.bear()
        scene.let_write(1)


def stopped(scene: Scene) -> None:
    """A replica is asked to stop while people write: it is sent to until /readyz says no."""
    [first] = scene.town.double.replicas
    scene.town.bear()
    code, seconds = first.leave(lambda: scene.town.forget(first))
    scene.note = f"exit code {code} after {seconds:.1f} s"
    assert (code, seconds < 10) == (0, True), scene.note


# PostgreSQL


def _server(scene: Scene) -> Postgres:
    assert scene.server is not None
    return scene.server


def restarted(scene: Scene) -> None:
    _server(scene).control("restart", "-m", "fast")


def failed_over(scene: Scene) -> None:
    """The server is gone at once; what comes up in its place writes nothing for a while."""
    server = _server(scene)
    server.control("stop", "-m", "immediate")
    scene.let_write(2)
    server.control("start")
    server.settled("ALTER SYSTEM SET default_transaction_read_only = on")
    server.settled("SELECT pg_reload_conf()")
    scene.let_write(2)
    server.settled("ALTER SYSTEM RESET default_transaction_read_only")
    server.settled("SELECT pg_reload_conf()")


def out_of_connections(scene: Scene) -> None:
    """Others take every connection that there is."""
    server = _server(scene)
    with ExitStack() as taken:
        database = f"host={server.folder} user=postgres dbname=faults"
        first = taken.enter_context(closing(psycopg.connect(database, autocommit=True)))
        ends = time.monotonic() + 4 * scene.scale
        while time.monotonic() < ends:
            first.execute(TERMINATE.replace("pid, 10000", "pid"))
            with suppress(psycopg.OperationalError):
                while True:
                    other = psycopg.connect(f"host={server.folder} user=postgres dbname=postgres")
                    taken.enter_context(closing(other))
            time.sleep(0.5)


# SQLite


def locked(scene: Scene) -> None:
    assert scene.database is not None
    with closing(sqlite3.connect(scene.database, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        scene.let_write(6)
        other.execute("ROLLBACK")


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    """Not a byte is left on the disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 65536)
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x")
    try:
        yield
    finally:
        filler.unlink()


def full(scene: Scene) -> None:
    assert scene.database is not None
    with _filled(scene.database.parent):
        scene.let_write(5)


def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 16 MB (for root)."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def read_only(scene: Scene) -> None:
    """The file may not be written any more: who has it open goes on, who begins only reads."""
    assert scene.database is not None
    [first] = scene.town.double.replicas
    subprocess.run(["chattr", "+i", scene.database], check=True)
    try:
        scene.let_write(4)
        first.kill()
        scene.town.forget(first)
        scene.town.bear()
        scene.let_write(4)
    finally:
        subprocess.run(["chattr", "-i", scene.database], check=True)


# Memory


def out_of_memory(scene: Scene) -> None:
    """What may still be taken serves those who write, and is too little for a large workbook."""
    [first] = scene.town.double.replicas
    lead = scene.town.double.person("lead")
    with memory.group("faults") as group:
        replica = scene.town.bear(begin=group.begin)
        scene.town.forget(first)
        first.leave(lambda: None)
        scene.let_write(2)
        with group.limited(megabytes=48):
            lead.slash("/charter export portfolio")
            scene.note = lead.hears("cannot reach", seconds=60).said
            scene.let_write(2)
        lead.slash("/charter export portfolio")
        lead.hears("Here is the workbook", seconds=90)
        assert replica.process.poll() is None, "the one that serves was killed"


# Slack


def bad_weather(scene: Scene) -> None:
    scene.let_write(8)


AGAIN = "one sentence says to try again; all goes on once it is over"

FAULTS = {
    "killed": Fault(
        "a replica is killed (kill -9)",
        "what was told to be done is on record; another one does the rest",
        killed,
        "postgresql",
        replicas=2,
        most_silent=2 * PEOPLE,
    ),
    "stopped": Fault(
        "a replica is asked to stop (SIGTERM)",
        "it answers what it has taken, and ends within 10 s with code 0",
        stopped,
        "postgresql",
    ),
    "restarted": Fault("PostgreSQL is restarted", AGAIN, restarted, "postgresql", 2),
    "failed-over": Fault("PostgreSQL fails over", AGAIN, failed_over, "postgresql", 2),
    "connections": Fault(
        "PostgreSQL has no connection left", AGAIN, out_of_connections, "postgresql"
    ),
    "locked": Fault("another process keeps SQLite locked", AGAIN, locked),
    "full": Fault("the disk is full", AGAIN, full, place=small_disk),
    "read-only": Fault("the database may not be written", AGAIN, read_only, most_silent=2 * PEOPLE),
    "memory": Fault(
        "a large workbook needs more memory than there is",
        "its process is killed and whoever asked is told; all others notice nothing",
        out_of_memory,
        projects=MANY,
    ),
    "slack": Fault(
        "Slack refuses, fails, is slow, hangs up",
        "messages come late, once and in order",
        bad_weather,
        between=lambda app: Weather(app, 20261128, 12.0),
    ),
}
