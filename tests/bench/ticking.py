"""What the clock costs, in a process of its own: `python -m tests.bench.ticking ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Measured in
turn with the same rows by the driver alone: a tick at which nothing is due among many schedules,
and one at which a batch is due, each of which says a message. Prints seconds.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import make_url, text

from bot.recurrence import Every
from handlers import observe
from handlers.service.facts import FactsCache
from handlers.service.timers import Duty, Occurrence, Shift, Timers
from storage import outbox, schedules
from storage.database import Database

T0 = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAILY = Every(1440)
BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "What is due"}}]


def remind(shift: Shift, occurrence: Occurrence, _fetched: Any) -> None:
    key = f"{occurrence.key}/{occurrence.slot.isoformat()}"
    channel = f"C{occurrence.subject}"
    outbox.say(shift.session, occurrence.workspace, key, channel, "Due", BLOCKS, shift.now)


def timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


class Bench:
    """Many schedules in one workspace; `day` days after the start a batch of them is due."""

    def __init__(self, url: str, many: int, batch: int) -> None:
        self.now = T0
        self.batch = batch
        self.database = Database(url)
        duties = {"reminder": Duty(remind)}
        self.timers = Timers(self.database, lambda: self.now, FactsCache(), duties)
        with self.database.begin() as session:
            session.execute(text("DELETE FROM schedules"))  # what comes by itself in any workspace
            for number in range(many):
                schedules.put(session, 1, f"reminder/{number}", "reminder", number, DAILY, T0)
        self.raw = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            self.raw.execute(f"PRAGMA {pragma}")

    def make_due(self) -> None:
        """Let the first batch be due now, and no others."""
        self.now += timedelta(days=1)
        with self.database.begin() as session:
            session.execute(text("UPDATE schedules SET next_run_at = '2099-01-01 00:00:00.000000'"))
            session.execute(
                text("UPDATE schedules SET next_run_at = :now WHERE subject < :batch"),
                {"now": f"{self.now:%Y-%m-%d %H:%M:%S.%f}", "batch": self.batch},
            )

    def idle(self) -> None:
        assert self.timers.run_due(1) == 0

    def idle_raw(self) -> None:
        self.raw.execute("BEGIN")
        self.raw.execute("SELECT min(next_run_at) FROM schedules WHERE workspace_id = 1").fetchone()
        self.raw.execute("COMMIT")

    def due(self) -> None:
        assert self.timers.run_due(1) == self.batch

    def due_raw(self) -> None:
        """Claim the batch; then, each in its transaction, check, advance and say."""
        now = f"{self.now:%Y-%m-%d %H:%M:%S.%f}"
        run = self.raw.execute
        run("BEGIN IMMEDIATE")
        rows = run(
            "UPDATE schedules SET owner = 'raw', lease_until = ? WHERE id IN (SELECT id FROM"
            " schedules WHERE workspace_id = 1 AND next_run_at <= ? AND lease_until IS NULL"
            " ORDER BY next_run_at, id LIMIT 500) RETURNING id, key, subject",
            (now, now),
        ).fetchall()
        run("COMMIT")
        assert len(rows) == self.batch
        for key, name, subject in rows:
            run("BEGIN IMMEDIATE")
            run("SELECT revision FROM workspaces WHERE id = 1").fetchone()
            run("SELECT id FROM schedules WHERE id = ? AND owner = 'raw'", (key,)).fetchone()
            run(
                "UPDATE schedules SET next_run_at = '2099-01-01 00:00:00.000000', owner = NULL,"
                " lease_until = NULL, ran_at = ? WHERE id = ?",
                (now, key),
            )
            run(
                "INSERT INTO outbox (workspace_id, key, channel, about, confidential, text, blocks,"
                " created_at, version, sent_version, due_at, tries, trouble, refused)"
                " VALUES (1, ?, ?, '', 0, 'Due', ?, ?, 1, 0, ?, 0, '', 0)",
                (f"raw/{name}/{now}", f"C{subject}", json.dumps(BLOCKS), now, now),
            )
            run("COMMIT")

    def close(self) -> None:
        self.raw.close()
        self.database.close()


def main(order: Mapping[str, Any]) -> None:
    many, batch, rounds = (200, 20, 2) if order["quick"] else (10_000, 500, 7)
    found: dict[str, list[float]] = {"many": [many], "batch": [batch]}
    with closing(Bench(order["url"], many, batch)) as bench:
        for turn in range(rounds):
            for name, deed in (("idle", bench.idle), ("idle_raw", bench.idle_raw)):
                found.setdefault(name, []).extend(timed(deed) for _ in range(50))
            pair = [("due", bench.due), ("due_raw", bench.due_raw)]
            for name, deed in pair if turn % 2 else pair[::-1]:
                bench.make_due()
                found.setdefault(name, []).append(timed(deed))
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: ratios to the driver alone, then medians."""
    many, batch = int(found["many"][0]), int(found["batch"][0])
    idle, idle_raw = median(found["idle"]), median(found["idle_raw"])
    due, due_raw = median(found["due"]), median(found["due_raw"])
    yield f"a tick among {many:,} schedules, nothing due: {idle * 1e6:.0f} µs, "
    yield f"  {idle / idle_raw:.1f} × one look by the driver alone"
    yield f"a tick with {batch} due: {due * 1e3:.0f} ms, {due / batch * 1e3:.2f} ms each, "
    yield f"  {due / due_raw:.1f} × its rows by the driver alone"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
