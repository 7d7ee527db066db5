"""Replicas are killed at random moments: nothing that is due is lost, and nothing comes twice."""

import random
import subprocess
import sys
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.recurrence import Every
from handlers.manifest import manifest
from handlers.playground.double import App, Double
from storage import outbox, schedules
from storage.database import Database
from storage.tables import ScheduleRow, columns, table_of
from tests.handlers.heart import CHANNELS, channel, fast, replica

ROOT = Path(__file__).parents[2]
ITEMS = 200
KILLS = 20
SPEED = 30.0
"""Two minutes of a lease pass in four seconds."""
SPREAD = timedelta(minutes=16)
"""Over which the items fall due: longer than the killing goes on."""
ONCE = Every(100 * 365 * 24 * 60)


class Replica:
    """A process that beats, until it is killed."""

    def __init__(self, url: str, double: Double, start: float) -> None:
        arguments = [url, double.api_url, double.app.bot_token, str(start), str(SPEED)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.handlers.heart", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "beating\n"

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


def put(database: Database, workspace: int, start: datetime) -> None:
    """Items that fall due one after another."""
    due = columns(ScheduleRow)
    with database.begin() as session:
        for number in range(ITEMS):
            key = f"reminder/{number}"
            schedules.put(session, workspace, key, "reminder", number, ONCE, start)
            at = start + SPREAD * number / ITEMS
            session.execute(
                update(table_of(ScheduleRow)).where(due.key == key).values(next_run_at=at)
            )


def said(double: Double) -> Counter[str]:
    ana = double.person("ana")
    return Counter(
        message.said for number in range(CHANNELS) for message in ana.sees(channel(number))
    )


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("database", "replicas"),
    [("sqlite_url", 1), pytest.param("postgres_url", 2, marks=pytest.mark.postgres)],
)
def test_nothing_is_lost_and_nothing_doubled(
    request: pytest.FixtureRequest, database: str, replicas: int
) -> None:
    url: str = request.getfixturevalue(database)
    start = time.time()
    clock, chance = fast(start, SPEED), random.Random(20261123)
    double = Double(clock, App.from_manifest(manifest()))
    double.add_user("U0ANA", "Ana Silva")
    for number in range(CHANNELS):
        double.add_channel(f"heart-{number}", id=channel(number))
    with double.serve():
        store = Database(url)
        workspace = replica(store, clock).workspaces.connect("T0CHARTER", None, "Sample")
        put(store, workspace, clock())
        running = [Replica(url, double, start) for _ in range(replicas)]
        try:
            for kill in range(KILLS):
                time.sleep(chance.uniform(0.0, 0.6))
                which = kill % replicas
                running[which].kill()
                running[which] = Replica(url, double, start)
            deadline = time.monotonic() + 120
            while len(said(double)) < ITEMS and time.monotonic() < deadline:
                time.sleep(0.2)
            time.sleep(2 * 60 / SPEED)  # a lease later, nobody has anything left to repeat
        finally:
            for one in running:
                one.kill()
        heard = said(double)
        assert len(heard) == ITEMS
        assert set(heard.values()) == {1}
        with store.read() as session:
            standing = outbox.waiting(session, workspace)
        assert (standing.waiting, standing.dead) == (0, ())
        store.close()
