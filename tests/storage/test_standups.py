"""Standups in rows: one plan that holds, one question a day, however many ask."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from threading import Barrier

from sqlmodel import col, select

from bot.changes import StandupEnded, StandupSet
from bot.standups import QUESTIONS, Entry, Plan, State
from storage import standups
from storage.tables import StandupPlanRow, StandupRow
from tests.storage.support import World
from tests.support.clock import T0

PLAN = Plan(QUESTIONS, frozenset({0, 4}), time(9, 30), "Europe/Berlin", time(11, 5), "C1", (1, 3))
DAY = date(2026, 11, 24)


def ask(world: World, person: int, day: date = DAY) -> Entry | None:
    with world.database.begin() as session:
        return standups.ask(
            session, world.workspace, world.project_id, person, day, QUESTIONS, T0, T0
        )


def test_a_plan_holds_until_the_next_one(world: World) -> None:
    other = replace(PLAN, at=time(8), people=())
    world.apply(StandupSet(world.project_id, None, PLAN), by=world.ana)
    with world.database.read() as session:
        standing = standups.standing(session, world.project_id)
    assert standing is not None
    assert (standing.plan, standing.set_by, standing.since) == (PLAN, world.ana, T0)
    world.apply(StandupSet(world.project_id, PLAN, other), T0 + timedelta(hours=1))
    world.apply(StandupEnded(world.project_id, other), T0 + timedelta(hours=2))
    with world.database.read() as session:
        assert standups.standing(session, world.project_id) is None
        rows = session.exec(select(StandupPlanRow).order_by(col(StandupPlanRow.id))).all()
    assert [(row.at, row.since, row.until) for row in rows] == [
        ("09:30", T0, T0 + timedelta(hours=1)),
        ("08:00", T0 + timedelta(hours=1), T0 + timedelta(hours=2)),
    ]


def test_somebody_is_asked_once_a_day_whoever_asks(world: World) -> None:
    barrier = Barrier(4)

    def at_once(_number: int) -> Entry | None:
        barrier.wait()
        return ask(world, world.ana)

    with ThreadPoolExecutor(4) as pool:
        made = [entry for entry in pool.map(at_once, range(4)) if entry is not None]
    assert len(made) == 1
    assert (made[0].state, made[0].questions, made[0].asked_at) == (State.ASKED, QUESTIONS, T0)
    assert ask(world, world.ana, DAY + timedelta(days=1)) is not None
    with world.database.read() as session:
        assert len(standups.of_day(session, world.project_id, DAY)) == 1
        assert standups.last_day(session, world.project_id, DAY) is None
        assert standups.last_day(session, world.project_id, DAY + timedelta(days=9)) == (
            DAY + timedelta(days=1)
        )


def test_open_is_what_was_asked_and_not_answered(world: World) -> None:
    first, second = ask(world, world.ana), ask(world, world.bea)
    assert first is not None
    assert second is not None
    with world.database.begin() as session:
        session.add(
            StandupRow(
                workspace_id=world.workspace,
                person_id=world.ana,
                day=DAY - timedelta(days=1),
                state="missing",
                recorded_at=T0,
                source="load",
            )
        )
    days = [DAY, DAY - timedelta(days=1)]
    with world.database.read() as session:
        assert standups.open_of(session, world.ana, days) == [first]
        assert standups.entry(session, world.workspace, second.id) == second
        assert standups.entry(session, world.workspace + 1, second.id) is None
        # What a document told is nothing that Charter asked.
        assert standups.entry(session, world.workspace, second.id + 1) is None


def test_an_answer_is_written_whole_and_in_a_documents_fields() -> None:
    answers = tuple(zip(QUESTIONS, ("did", "", "stuck"), strict=True))
    said = Entry(1, 1, 1, DAY, State.POSTED, answers, T0, T0, 7)
    written = standups.columns_of(said)
    assert written["answers"] == [list(pair) for pair in answers]
    assert (written["yesterday"], written["today"], written["blocker"]) == ("did", None, "stuck")
    skipped = standups.columns_of(replace(said, state=State.SKIPPED))
    assert (skipped["yesterday"], skipped["answers"]) == (None, written["answers"])
