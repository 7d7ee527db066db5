"""A workspace with one schedule, whose duty says hello; and processes that see to it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.recurrence import Every, next_after
from handlers.playground.double import Double
from handlers.service import Charter, Timers, services
from handlers.service.facts import FactsCache
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.slack import Slack
from handlers.timers import Heartbeat
from storage import outbox, schedules
from storage.database import Database
from tests.support.clock import T0

HOURLY = Every(60)
DUE = next_after(HOURLY, T0)


class Trouble(Exception):
    """A duty's own fault."""


@dataclass(slots=True)
class Rota:
    """A workspace with one schedule, `greeting`, whose duty says hello in #ml-fraud.

    `faults` is how often the duty fails before it works; `fetched` is what an errand brought. With
    `awaited` the database refuses to say whether somebody waits, and with `unknown` nobody can tell
    whether it is an errand.
    """

    database: Database
    slack: Slack
    now: datetime = T0
    faults: int = 0
    awaited: bool = False
    unknown: bool = False
    fetched: list[datetime] = field(default_factory=list)
    charter: Charter = field(init=False)
    workspace: int = field(init=False)
    hearts: list[Heartbeat] = field(default_factory=list)

    def __post_init__(self) -> None:
        charter = services(self.database, self.clock)
        self.workspace = charter.workspaces.connect("T0CHARTER", None, "Sample")
        self.charter = replace(charter, timers=self.timers())

    def clock(self) -> datetime:
        return self.now

    def timers(self) -> Timers:
        greeting = Duty(self.greet, awaited=self.is_awaited)
        is_errand = self.is_errand if self.unknown else None
        errand = Duty(self.greet, self.fetch, is_errand=is_errand)
        duties = {"greeting": greeting, "errand": errand}
        return Timers(self.database, self.clock, FactsCache(), duties)

    def greet(self, shift: Shift, occurrence: Occurrence, fetched: Any) -> None:
        text = f"{occurrence.key} of {occurrence.slot:%H:%M}" + (f", {fetched}" if fetched else "")
        key = f"{occurrence.key}/{occurrence.slot.isoformat()}"
        outbox.say(shift.session, occurrence.workspace, key, "C0FRAUD", text, [], shift.now)
        if self.faults:
            self.faults -= 1
            raise Trouble

    def is_awaited(self, shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
        if self.awaited:
            shift.session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
        return False

    def is_errand(self, occurrence: Occurrence) -> bool:
        raise Trouble

    def fetch(self, occurrence: Occurrence) -> str:
        self.fetched.append(occurrence.slot)
        return "fetched"

    def put(self, kind: str = "greeting", key: str = "greeting") -> None:
        with self.database.begin() as session:
            schedules.put(session, self.workspace, key, kind, 1, HOURLY, self.now)

    def heart(self) -> Heartbeat:
        made = Heartbeat(self.charter, self.slack, self.workspace, self.clock)
        self.hearts.append(made)
        return made

    def row(self) -> Any:
        with self.database.read() as session:
            return session.connection().exec_driver_sql("SELECT * FROM schedules").one()


def heard(workspace: Double) -> list[str]:
    return [message.said for message in workspace.person("ana").sees("ml-fraud")]
