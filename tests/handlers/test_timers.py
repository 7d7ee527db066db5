"""The heartbeat: what is due has its effect once; what fails is tried again, or missed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lateness import GRACE
from bot.recurrence import Every, next_after
from handlers import timers
from handlers.playground.double import Double
from handlers.pulse import Pulse
from handlers.service.timers import BATCH, LEASE, Occurrence
from handlers.tenants import One
from storage import outbox, schedules, uptimes
from tests.handlers.rota import DUE, HOURLY, Rota, heard
from tests.handlers.talk import eventually
from tests.support.clock import T0


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


def test_edge_43_a_clock_that_jumps_forth_and_back_brings_nothing_twice(
    rota: Rota, workspace: Double
) -> None:
    rota.put()
    heart = rota.heart()
    for moment in (DUE, DUE + timedelta(days=1), DUE, DUE - timedelta(hours=2), DUE):
        rota.now = moment
        heart.settle()
    said = heard(workspace)
    assert said == ["greeting of 11:00", "greeting of 11:00"]
    with rota.database.read() as session:
        asked = "SELECT key FROM outbox ORDER BY key"
        keys = session.connection().exec_driver_sql(asked).scalars().all()
    assert keys == [f"greeting/{(DUE + timedelta(days=n)).isoformat()}" for n in (0, 1)]
    rota.now = DUE + timedelta(days=1, hours=1)
    heart.settle()
    assert len(heard(workspace)) == 3


def test_edge_43_who_claimed_by_a_wrong_clock_is_replaced(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.now = DUE + timedelta(days=1)
    assert len(rota.timers().claim(rota.workspace)) == 1, "and is killed then"
    rota.now = DUE
    rota.heart().settle()
    assert heard(workspace) == ["greeting of 11:00"]


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


def test_an_errand_that_waited_has_the_whole_of_its_lease_from_when_it_begins(
    rota: Rota, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = []

    def slow(self: Rota, occurrence: Occurrence) -> str:
        self.now += LEASE - timedelta(seconds=1)
        others.extend(self.timers().claim(self.workspace))
        return "late"

    monkeypatch.setattr(Rota, "fetch", slow)
    rota.put("errand")
    mine, rota.now = rota.timers(), DUE
    [waiting] = mine.claim(rota.workspace)
    rota.now += LEASE - timedelta(seconds=1)
    mine.see_to(waiting)
    assert others == []
    assert rota.timers().next_due(rota.workspace) == next_after(HOURLY, DUE)


def test_an_errand_that_waited_too_long_is_left_to_whoever_took_it(rota: Rota) -> None:
    rota.put("errand")
    mine, theirs, rota.now = rota.timers(), rota.timers(), DUE
    [waiting] = mine.claim(rota.workspace)
    rota.now += LEASE
    [taken] = theirs.claim(rota.workspace)
    mine.see_to(waiting)
    assert rota.fetched == []
    theirs.see_to(taken)
    assert rota.fetched == [DUE]


def test_the_heart_beats_by_itself(rota: Rota, workspace: Double) -> None:
    rota.put()
    rota.put("errand", "errand")
    rota.now = DUE
    one = One(rota.slack)
    one.connect(rota.charter)
    pulse = Pulse(rota.charter, one, rota.clock)
    pulse.start()

    def both() -> list[str] | None:
        rota.now += timedelta(milliseconds=10)  # the channel's pace is by this clock
        found = heard(workspace)
        return found if len(found) == 2 else None

    said = eventually(both, 20)
    pulse.close()
    assert sorted(said) == ["errand of 11:00, fetched", "greeting of 11:00"]


def test_what_cannot_be_told_to_be_awaited_holds_nothing_up(rota: Rota, workspace: Double) -> None:
    """Neither a slot that still comes, nor the schedule of one that is missed."""
    rota.put()
    rota.awaited = True
    rota.now = DUE + timedelta(hours=3)
    rota.heart().settle()
    assert heard(workspace) == ["greeting of 14:00"]
    with rota.database.begin() as session:
        schedules.put(session, rota.workspace, "daily", "greeting", 1, Every(1440), rota.now)
        due = schedules.next_of(session, rota.workspace, ["daily"])["daily"]
    rota.now = due + GRACE + timedelta(seconds=1)
    rota.heart().settle()
    with rota.database.read() as session:
        after = schedules.next_of(session, rota.workspace, ["daily"])["daily"]
        assert uptimes.missed(session, rota.workspace, rota.now) == ()
    assert after == due + timedelta(days=1), "it goes on"


def test_what_cannot_be_told_to_be_an_errand_holds_nothing_up(rota: Rota) -> None:
    """Nor what was claimed with it, nor what comes later."""
    rota.unknown = True
    rota.charter = replace(rota.charter, timers=rota.timers())
    rota.put("errand", "errand")
    rota.put()
    rota.now = DUE
    heart = rota.heart()
    heart.beat()
    with rota.database.read() as session:
        assert outbox.waiting(session, rota.workspace).waiting == 1
    heart.close()
    with rota.database.read() as session:
        assert schedules.next_of(session, rota.workspace, ["errand", "greeting"]) == {
            "errand": DUE,
            "greeting": next_after(HOURLY, DUE),
        }
    assert rota.fetched == []


def test_a_beat_takes_a_share_of_the_second_and_sends_what_is_ready(
    rota: Rota, workspace: Double, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand that are due at once neither keep the first of them back, nor what comes after."""
    for number in range(BATCH + 1):
        rota.put(key=f"greeting {number:03}")
    rota.now = DUE
    monkeypatch.setattr(timers, "SHARE_SECONDS", 0.0)
    heart = rota.heart()
    heart.beat()
    with rota.database.read() as session:
        assert outbox.waiting(session, rota.workspace).waiting > 0
        left = session.connection().exec_driver_sql(
            "SELECT count(*) FROM schedules WHERE ran_at IS NULL"
        )
        assert left.scalar() == 1
    heart.beat()
    with rota.database.read() as session:
        left = session.connection().exec_driver_sql(
            "SELECT count(*) FROM schedules WHERE ran_at IS NULL"
        )
        assert left.scalar() == 0


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
