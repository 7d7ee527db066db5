"""Backups of a running system: each is of one moment, whoever writes meanwhile."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from threading import Event, Semaphore
from typing import Any

from bot.project import PersonHolder
from storage import backups
from tests.storage.support import World, insisting
from tests.support.clock import T0

MOST = 400
"""Changes that are made at most, should nobody stop who makes them."""
BACKUPS = 3
PATIENCE = 60.0


def test_a_backup_beside_writers_is_of_one_moment(world: World, tmp_path: Path) -> None:
    enough, written = Event(), Semaphore(0)

    def write() -> None:
        """Hand one row on and on: a letter ends, another begins, and the record gets a line."""
        people = cycle((world.ana, world.bea, world.cy))
        for number, person in enumerate(islice(people, MOST)):
            if enough.is_set():
                return
            now, holder = T0 + timedelta(minutes=number), PersonHolder(person)
            insisting(partial(hand_over, world, holder, now))
            written.release()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            assert written.acquire(timeout=PATIENCE)
            taken = [list(slowly(world, written)) for _ in range(BACKUPS)]
        finally:
            enough.set()
        writing.result()
    seen = [revision(told) for told in taken]
    assert seen == sorted(set(seen)), "each is of a later moment"
    for number, told in enumerate(taken):
        found = backups.looked_at(told)
        verified = backups.restore(f"sqlite:///{tmp_path}/{number}.db", found, told)
        assert (verified.lines, verified.faults) == (revision(told), ())
        held = [row for row in rows(told, "assignments") if row["letter"] == "A"]
        assert [row["until"] for row in held].count(None) == 1, "no half of a change"
        assert len(held) == changes(told)


def hand_over(world: World, holder: PersonHolder, now: datetime) -> None:
    world.apply(world.accountable(holder, now), now)


def slowly(world: World, written: Semaphore) -> Iterator[str]:
    """A backup, in the middle of which somebody writes thrice."""
    with world.database.read() as session:
        told = backups.lines(session, T0)
        yield from islice(told, 2)  # the first row has been read
        while written.acquire(blocking=False):
            pass
        for _ in range(3):
            assert written.acquire(timeout=PATIENCE), "nobody waits for who reads"
        yield from told


def rows(told: list[str], table: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in told[1:-1]]
    return [one["row"] for one in found if one["table"] == table]


def revision(told: list[str]) -> int:
    [workspace] = rows(told, "workspaces")
    return int(workspace["revision"])


def changes(told: list[str]) -> int:
    return sum(line["action"] == "RolesChanged" for line in rows(told, "audit"))
