"""The heartbeat: what is due has its effect once; what fails is tried again, or missed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.lateness import GRACE
from bot.recurrence import Every, next_after
from handlers.playground.double import Double
from handlers.service import Charter, Timers, services
from handlers.service.facts import FactsCache
from handlers.service.timers import LEASE, Duty, Occurrence, Shift
from handlers.slack import Slack
from handlers.timers import Heartbeat
from storage import outbox, schedules
from storage.database import Database
from tests.handlers.talk import eventually
from tests.support.clock import T0

HOURLY = Every(60)
DUE = next_after(HOURLY, T0)


class Trouble(Exception):
    """A duty's own fault."""


@dataclass(slots=True)
class Rota:
    """A workspace with one schedule, `greeting`, whose duty says hello in #ml-fraud.

    `faults` is how often the duty fails before it works; `fetched` is what an errand brought.
    """

    database: Database
    slack: Slack
    now: datetime = T0
    faults: int = 0
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
        duties = {"greeting": Duty(self.greet), "errand": Duty(self.greet, self.fetch)}
        return Timers(self.database, self.clock, FactsCache(), duties)

    def greet(self, shift: Shift, occurrence: Occurrence, fetched: Any) -> None:
        text = f"{occurrence.key} of {occurrence.slot:%H:%M}" + (f", {fetched}" if fetched else "")
        key = f"{occurrence.key}/{occurrence.slot.isoformat()}"
        outbox.say(shift.session, occurrence.workspace, key, "C0FRAUD", text, [], shift.now)
        if self.faults:
            self.faults -= 1
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


@pytest.fixture
def rota(database: Database, workspace: Double, slack: Slack) -> Iterator[Rota]:
    made = Rota(database, slack)
    workspace.space.clock = made.clock
    yield made
    for heart in made.hearts:
        heart.close()


def heard(workspace: Double) -> list[str]:
    return [message.said for message in workspace.person("ana").sees("ml-fraud")]


def test_a_slot_has_its_effect_once(rota: Rota, workspace: Double) -> None:
    rota.put()
    first, second = rota.heart(), rota.heart()
    first.settle()
    assert heard(workspace) == []
    assert first.next_due() == DUE
    rota.now = DUE
    first.settle()
    second.settle()
    assert heard(workspace) == ["greeting of 11:00"]
    assert first.next_due() == next_after(HOURLY, DUE)


def test_after_a_pause_the_latest_slot_comes_and_no_flood(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.now = DUE + timedelta(days=3, minutes=20)
    rota.heart().settle()
    assert heard(workspace) == ["greeting of 11:00"]


def test_what_fails_leaves_nothing_and_is_tried_again(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.faults = 2
    heart = rota.heart()
    rota.now = DUE
    heart.settle()
    assert heard(workspace) == [], "what it said was taken back with it"
    assert rota.faults == 1
    rota.now += LEASE - timedelta(seconds=1)
    heart.settle()
    assert rota.faults == 1, "its lease keeps others off"
    rota.now = DUE + LEASE
    heart.settle()
    rota.now += LEASE
    heart.settle()
    assert heard(workspace) == ["greeting of 11:00"]


def test_what_fails_for_too_long_is_missed(rota: Rota, workspace: Double) -> None:
    with rota.database.begin() as session:
        schedules.put(session, rota.workspace, "daily", "greeting", 1, Every(1440), T0)
    rota.now = next_after(Every(1440), T0) + GRACE + timedelta(seconds=1)
    rota.heart().settle()
    assert heard(workspace) == []
    row = rota.row()
    assert row.ran_at is None
    assert row.missed_at is not None


def test_what_nobody_knows_any_more_does_no_harm(rota: Rota, workspace: Double) -> None:
    rota.put("forgotten kind")
    rota.put("greeting", "other")
    rota.now = DUE
    rota.heart().settle()
    assert heard(workspace) == ["other of 11:00"]


def test_an_errand_is_run_before_the_transaction_and_once(rota: Rota, workspace: Double) -> None:
    rota.put("errand")
    rota.now = DUE
    rota.heart().settle()
    rota.heart().settle()
    assert rota.fetched == [DUE]
    assert heard(workspace) == ["greeting of 11:00, fetched"]


def test_the_heart_beats_by_itself(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.put("errand", "errand")
    rota.now = DUE
    heart = rota.heart()
    heart.start()

    def both() -> list[str] | None:
        rota.now += timedelta(milliseconds=10)  # the channel's pace is by this clock
        found = heard(workspace)
        return found if len(found) == 2 else None

    said = eventually(both, 20)
    assert sorted(said) == ["errand of 11:00, fetched", "greeting of 11:00"]


def test_a_beat_survives_a_database_that_is_away(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.now = DUE
    heart = rota.heart()
    with rota.database.begin():  # holds SQLite's only lock; PostgreSQL lets others in
        heart.beat()
    heart.beat()
    heart.close()
    rota.hearts.clear()
    rota.heart().settle()
    assert heard(workspace) == ["greeting of 11:00"]
