"""The store itself forbids two Accountable of one item, whatever two writers do at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from bot.project import PersonHolder
from storage.database import Database
from storage.tables import AssignmentRow
from tests.storage.support import World
from tests.support.clock import T0

DAY = timedelta(days=1)


def put(
    database: Database, world: World, person: int, since: datetime | None, until: datetime | None
) -> None:
    """Write an Accountable past the ledger, as no code of Charter's does."""
    row = {
        "project_id": world.project_id,
        "item_id": world.item().id,
        "letter": "A",
        "person_id": person,
        "since": since,
        "until": until,
        "recorded_at": T0,
        "source": "load",
    }
    with database.begin() as session:
        session.execute(insert(AssignmentRow), [row])


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ((None, None), (None, None), True),
        ((None, None), (T0, None), True),
        ((T0, None), (None, T0), False),
        ((None, T0), (T0, None), False),
        ((None, T0 + DAY), (T0, None), True),
        ((T0, T0 + DAY), (T0 + DAY, None), False),
        ((T0, T0 + 2 * DAY), (T0 + DAY, T0 + DAY), False),
        ((T0, T0 + 2 * DAY), (T0 + DAY, T0 + 3 * DAY), True),
        ((T0 + DAY, T0 + 2 * DAY), (None, None), True),
    ],
)
def test_overlap(
    world: World,
    first: tuple[datetime | None, datetime | None],
    second: tuple[datetime | None, datetime | None],
    refused: bool,
) -> None:
    put(world.database, world, world.ana, *first)
    if refused:
        with pytest.raises(IntegrityError, match="one_accountable"):
            put(world.database, world, world.bea, *second)
    else:
        put(world.database, world, world.bea, *second)


def test_moving_an_end_is_guarded_too(world: World) -> None:
    put(world.database, world, world.ana, None, T0)
    put(world.database, world, world.bea, T0, None)
    later = update(AssignmentRow).where(col(AssignmentRow.until) == T0).values(until=T0 + DAY)
    with pytest.raises(IntegrityError, match="one_accountable"), world.database.begin() as session:
        session.execute(later)


def test_threads_past_the_ledger(world: World) -> None:
    """Eight writers insert an open-ended Accountable at the same moment: one stands."""
    start = Barrier(8)

    def write(number: int) -> bool:
        start.wait(10)
        try:
            put(world.database, world, (world.ana, world.bea, world.cy)[number % 3], None, None)
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        stood = list(pool.map(write, range(8)))
    assert stood.count(True) == 1
    assert isinstance(world.holder_at(T0), PersonHolder)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    intervals=st.lists(
        st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=6
    )
)
def test_the_guard_agrees_with_arithmetic(
    world: World, intervals: list[tuple[int | None, int | None]]
) -> None:
    """What the database accepts is what pairwise comparison of half-open intervals accepts."""
    kept: list[tuple[float, float]] = []
    with world.database.begin() as session:
        session.connection().exec_driver_sql("DELETE FROM assignments WHERE letter = 'A'")
    for begin, end in intervals:
        low = float("-inf") if begin is None else float(begin)
        high = float("inf") if end is None else float(end)
        if low > high:
            continue
        clash = low < high and any(a < b and low < b and a < high for a, b in kept)
        since = None if begin is None else T0 + begin * DAY
        until = None if end is None else T0 + end * DAY
        if clash:
            with pytest.raises(IntegrityError):
                put(world.database, world, world.ana, since, until)
        else:
            put(world.database, world, world.ana, since, until)
            kept.append((low, high))
