"""What a tick costs: a range of an index, and as many statements for ten thousand as for ten."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert, text

from bot.recurrence import Every, stored
from handlers.service.facts import FactsCache
from handlers.service.timers import Timers
from storage import schedules
from storage.database import Database
from storage.tables import ScheduleRow, table_of
from tests.storage.support import World
from tests.support.clock import T0
from tests.support.counting import counted

MANY = 10_000
RANGE = "ix_schedules_workspace_id_next_run_at"


def fill(world: World, first: int, end: int) -> None:
    """Schedules that come in the days after T0, one after another."""
    common = {"workspace_id": world.workspace, "kind": "test", "recurrence": stored(Every(60))}
    rows = [
        {
            **common,
            "key": f"test/{number}",
            "subject": number,
            "next_run_at": T0 + timedelta(minutes=1 + number),
        }
        for number in range(first, end)
    ]
    with world.database.begin() as session:
        session.execute(insert(table_of(ScheduleRow)), rows)
        session.connection().exec_driver_sql("ANALYZE")


def plans(database: Database, statements: list[tuple[str, Any]]) -> list[str]:
    """How the database goes about statements."""
    how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    with database.engine.connect() as connection:
        return [
            "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(how + statement, asked))
            for statement, asked in statements
        ]


def test_d4_a_tick_looks_at_a_range_of_an_index(world: World) -> None:
    fill(world, 0, MANY)
    asked: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        asked.append((told[2], told[3]))

    event.listen(world.database.engine, "before_cursor_execute", note)
    with world.database.begin() as session:
        schedules.next_due(session, world.workspace, ("other",))
        schedules.claim(
            session, world.workspace, "one", T0 + timedelta(minutes=5), timedelta(minutes=2), 500
        )
    event.remove(world.database.engine, "before_cursor_execute", note)
    ours = [one for one in asked if "schedules" in one[0]]
    assert len(ours) == 2
    for plan in plans(world.database, ours):
        assert RANGE in plan, plan
        assert "SCAN schedules\n" not in plan, plan
        assert "Seq Scan" not in plan, plan
    with world.database.read() as session:
        taken = text("SELECT count(*) FROM schedules WHERE owner = 'one'")
        assert session.execute(taken).scalar() == 5


def test_d4_a_tick_costs_as_many_statements_for_ten_thousand_schedules_as_for_ten(
    world: World,
) -> None:
    fill(world, 0, 10)
    few = _statements(world)
    fill(world, 10, MANY)
    assert _statements(world) == few
    assert len(few) <= 3


def _statements(world: World) -> list[str]:
    """Those of a tick at which nothing is due."""
    timers = Timers(world.database, lambda: T0, FactsCache(), {})
    assert timers.claim(world.workspace) == []  # notes besides, once a minute, that it ticks
    with counted(world.database) as statements:
        assert timers.claim(world.workspace) == []
    return statements
