"""Replicas of Charter's clockwork, each a process of its own that may be killed at any moment.

`python -m tests.storm.heart DATABASE_URL SLACK_API_URL TOKEN START SPEED` reads its modules once
and forks a replica for every line that it gets; the replica says its process id when it begins. Its
clock began at the epoch START (seconds), and runs SPEED times as fast as the world's; it is off by
as many seconds as the line says.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from handlers import observe
from handlers.service import Charter, services
from handlers.service.facts import FactsCache
from handlers.service.timers import Duty, Occurrence, Shift, Timers
from handlers.slack import Slack
from handlers.slack.client import TIMEOUT
from handlers.timers import Heartbeat
from handlers.views import kit
from storage import outbox
from storage.database import Database

BEAT = 0.05
CHANNELS = 25


def fast(start: float, speed: float) -> Callable[[], datetime]:
    """A clock that runs faster, the same in every process that is told the same."""
    began = datetime.fromtimestamp(start, UTC)
    return lambda: began + timedelta(seconds=(time.time() - start) * speed)


def channel(subject: int) -> str:
    return f"C0HEART{subject % CHANNELS}"


def remind(shift: Shift, occurrence: Occurrence, _fetched: Any) -> None:
    """Say something about the slot, as a standup or a digest would."""
    message = kit.message(kit.paragraph(occurrence.key))
    outbox.say(
        shift.session,
        occurrence.workspace,
        f"{occurrence.key}/{occurrence.slot.isoformat()}",
        channel(occurrence.subject),
        message.text,
        message.blocks,
        shift.now,
    )


def replica(database: Database, clock: Callable[[], datetime]) -> Charter:
    """The use cases, with a duty of this test's own."""
    charter = services(database, clock)
    timers = Timers(database, clock, FactsCache(), {"reminder": Duty(remind)})
    return replace(charter, timers=timers)


def patience(speed: float) -> httpx.Timeout:
    """How long a call may take, by a clock that runs faster."""
    return httpx.Timeout((TIMEOUT.read or 0) / speed, connect=(TIMEOUT.connect or 0) / speed)


def beat(off: float, url: str, api: str, token: str, start: str, speed: str) -> None:
    right = fast(float(start), float(speed))

    def clock() -> datetime:
        return right() + timedelta(seconds=off)

    charter = replica(Database(url), clock)
    slack = Slack.reach(token, api)
    slack.client.http.timeout = patience(float(speed))
    workspace = charter.workspaces.connect("T0CHARTER", None, "Sample")
    heartbeat = Heartbeat(charter, slack, workspace, clock)
    print(os.getpid(), flush=True)
    while True:
        heartbeat.beat()
        time.sleep(BEAT)


def main(*arguments: str) -> None:
    observe.configure()  # to stderr: the process ids alone go to stdout
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who was killed leaves nothing behind
    # Unbuffered: what a child inherits holds nothing of the lines to come.
    with os.fdopen(os.dup(0), "rb", buffering=0) as lines:
        for line in iter(lines.readline, b""):
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                beat(float(line), *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
