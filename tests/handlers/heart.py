"""A replica of Charter's clockwork, as a process of its own: it may be killed at any moment.

`python -m tests.handlers.heart DATABASE_URL SLACK_API_URL TOKEN START SPEED` beats until it is
ended. Its clock began at the epoch START (seconds), and runs SPEED times as fast as the world's.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.service import Charter, services
from handlers.service.facts import FactsCache
from handlers.service.timers import Duty, Occurrence, Shift, Timers
from handlers.slack import Slack
from handlers.timers import Heartbeat
from handlers.views import kit
from storage import outbox
from storage.database import Database

BEAT = 0.02
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


def main(url: str, api: str, token: str, start: str, speed: str) -> None:
    clock = fast(float(start), float(speed))
    charter = replica(Database(url), clock)
    slack = Slack.reach(token, api)
    workspace = charter.workspaces.connect("T0CHARTER", None, "Sample")
    heartbeat = Heartbeat(charter, slack, workspace, clock)
    print("beating", flush=True)
    while True:
        heartbeat.beat()
        time.sleep(BEAT)


if __name__ == "__main__":
    main(*sys.argv[1:])
