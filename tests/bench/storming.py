"""What a thousand digests at one minute do to acknowledgements: `python -m tests.bench.storming
ORDER`.

ORDER is JSON: the `url` of a team's database, and whether it is only a `quick` round. Charter is
started on it as its users do, over HTTP, with a double of Slack over TLS. Commands are sent at a
fixed rate, in turn while nothing is due and while a share of the channels is told its digest.
Prints seconds.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import make_url
from sqlmodel import SQLModel

from bot.cadence import Cadence
from bot.orders import Due, SetDigest
from bot.outcome import Place
from bot.people import Actor, Surface
from handlers import observe
from handlers.service import services
from storage.database import Database
from tests.bench import programs, trust
from tests.bench.programs import Field, Running
from tests.bench.sizes import FULL, QUICK
from tests.bench.slack import storm_channel
from tests.bench.team import Team

OPERATOR = Actor(1, None, Surface.CLI, is_admin=True)
RATE = 40
"""Commands and mentions a second, half of them each."""
STRETCH = 2.0
"""Seconds of one order to the load generator."""
QUIET = 5
"""Stretches while nothing is due, before each storm."""
LONGEST = 300.0
"""Seconds that a storm may last."""
NOTHING_DUE = "2099-01-01 00:00:00.000000"


class Sky:
    """A workspace in which many channels have a digest each, of one project that has news."""

    def __init__(self, url: str, projects: int, channels: int) -> None:
        self._path = str(make_url(url).database)
        now = datetime.now(UTC)
        with closing(Database(url)) as database:
            charter = services(database, lambda: now)
            first = Place(storm_channel(0), "storm-0")
            charter.projects.bind(OPERATOR, "prj0", first)
            charter.digests.set(OPERATOR, SetDigest(Cadence.DAILY, zone="UTC"), first)
            for number in range(projects):
                day = date(2027, 3, 1) + timedelta(days=number % 28)
                charter.stages.due(OPERATOR, Due("rollout", day, f"prj{number}"), Place())
        for number in range(1, channels):
            self._as_the_first(number, projects)
        self._write("UPDATE schedules SET next_run_at = ? WHERE kind = 'digest'", [NOTHING_DUE])

    def _as_the_first(self, number: int, projects: int) -> None:
        """Let another channel have a digest as the first one has, of a project of its own."""
        channel, key = storm_channel(number), f"prj{number % projects}"
        for copy in _COPIES:
            self._write(copy, {"channel": channel, "name": f"storm-{number}", "project": key})

    def break_loose(self, share: int, shares: int) -> int:
        """Let the digests of a share of the channels be due now; gives how many these are."""
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        return self._write(
            "UPDATE schedules SET next_run_at = ? WHERE kind = 'digest' AND id % ? = ?",
            [now, shares, share],
        )

    def told(self) -> int:
        """How many digests Slack has taken."""
        with closing(sqlite3.connect(self._path, timeout=30)) as connection:
            [[count]] = connection.execute(
                "SELECT count(*) FROM outbox WHERE key LIKE 'digest/%' AND ts IS NOT NULL"
            )
        return int(count)

    def _write(self, statement: str, values: Mapping[str, Any] | Sequence[Any]) -> int:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            return connection.execute(statement, values).rowcount


def _copy(table: str, where: str, **other: str) -> str:
    """A statement that writes a row again with some of its columns otherwise."""
    names = [column.name for column in SQLModel.metadata.tables[table].columns]
    kept = [name for name in names if name != "id"]
    values = ", ".join(other.get(name, name) for name in kept)
    return f"INSERT INTO {table} ({', '.join(kept)}) SELECT {values} FROM {table} WHERE {where}"


_FIRST = storm_channel(0)
_ITS_ID = "(SELECT id FROM channels WHERE slack_id = {})"
_COPIES = (
    _copy("channels", f"slack_id = '{_FIRST}'", slack_id=":channel", name=":name"),
    _copy(
        "bindings",
        f"channel_id = {_ITS_ID.format(repr(_FIRST))}",
        channel_id=_ITS_ID.format(":channel"),
        project_id="(SELECT id FROM projects WHERE key = :project)",
    ),
    _copy("digests", f"channel = '{_FIRST}'", channel=":channel"),
    _copy(
        "schedules",
        f"key = 'digest/{_FIRST}'",
        key="'digest/' || :channel",
        subject="(SELECT id FROM digests WHERE channel = :channel)",
    ),
)
"""What a channel with a digest is made of."""


def acks(field: Field, running: Running, team: Team, seed: str) -> list[float]:
    """How long acknowledgements took in one stretch; 3 s for what was not acknowledged in time."""
    count = int(RATE * STRETCH) // 2 * 2
    asked = list(islice(team.questions(seed), count))
    told = field.order("open_loop", running, asked, rate=RATE, drain=FULL.drain)
    return [*told["acks"]["command"], *told["acks"]["mention"], *[3.0] * told["late"]]


def main(order: Mapping[str, Any]) -> None:
    size, channels, shares = (QUICK, 20, 1) if order["quick"] else (FULL, 1000, 2)
    team = Team(size.small, size.people)
    sky = Sky(order["url"], size.small, channels)
    found: dict[str, list[float]] = {"channels": [channels], "quiet": [], "storm": [], "took": []}
    with tempfile.TemporaryDirectory(prefix="charter-storm-") as name, ExitStack() as stack:
        trusted = trust.issued(Path(name))
        field = Field(Path(name), trusted, size, stack, channels)
        program = programs.charter("storming", team, order["url"])
        running = stack.enter_context(field.running(program))
        acks(field, running, team, "warm")
        for share in range(shares):
            for turn in range(1 if order["quick"] else QUIET):
                found["quiet"] += acks(field, running, team, f"quiet {share} {turn}")
            wanted = sky.told() + sky.break_loose(share, shares)
            began = time.monotonic()
            while sky.told() < wanted:
                if time.monotonic() - began > LONGEST:
                    raise RuntimeError(f"{wanted - sky.told()} digests were never told")
                found["storm"] += acks(field, running, team, f"storm {time.monotonic()}")
            found["took"].append(time.monotonic() - began)
    print(json.dumps(found), flush=True)


def lines(found: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """The same in words: percentiles, and how they compare."""
    channels, took = int(found["channels"][0]), sum(found["took"])
    quiet, storm = (quantiles(found[name], n=100)[98] for name in ("quiet", "storm"))
    late = sum(one >= 3 for one in found["storm"])
    yield (
        f"{channels:,} digests due at {len(found['took'])} moments: told in {took:.0f} s; an "
        f"acknowledgement at {RATE} requests a second"
    )
    for name, p99 in (("quiet", quiet), ("storm", storm)):
        yield f"  {name}: p50 {median(found[name]) * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms"
    yield f"  p99 in the storm {storm / quiet:.2f} × quiet; {late} later than 3 s"


if __name__ == "__main__":
    observe.configure()  # to stderr: the numbers alone go to stdout
    main(json.loads(sys.argv[1]))
