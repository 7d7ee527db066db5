"""When the record began, and the latest moment in it, whatever speaks of it."""

from datetime import datetime, timedelta

from sqlmodel import select

from bot.recurrence import Every, next_after
from handlers.service.records import Records
from storage import moments, schedules
from storage.database import Database
from storage.tables import AuditRow
from tests.storage.support import World


def span(database: Database) -> tuple[datetime, datetime] | None:
    with database.read() as session:
        return moments.span(session)


def test_an_empty_record_has_no_moments(database_url: str) -> None:
    with Records(database_url) as records:
        assert records.span() is None


def test_the_record_spans_its_audit_lines(world: World) -> None:
    with world.database.read() as session:
        times = sorted(session.exec(select(AuditRow.at)).all())
    assert span(world.database) == (times[0], times[-1])


def test_what_came_by_the_clock_counts_too(world: World) -> None:
    found = span(world.database)
    assert found is not None
    first, last = found
    often = Every(60)
    now = next_after(often, last + timedelta(days=2))
    with world.database.begin() as session:
        schedules.put(session, world.workspace, "a", "test", 1, often, last, world.ana)
        (due,) = schedules.claim(session, world.workspace, "me", now, timedelta(minutes=2), 5)
        schedules.advance(session, due, now, missed=False)
    assert span(world.database) == (first, now)
