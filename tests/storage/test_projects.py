"""Snapshots of projects, and statements that pass the session's object layer by."""

from datetime import timedelta

from sqlalchemy import func, select

from bot.project import Letter, PersonHolder
from storage import projects
from storage.database import plainly
from storage.tables import PersonRow, columns
from tests.storage.support import open_world
from tests.support.clock import T0


def test_one_project_reads_the_same_alone_and_among_others(database_url: str) -> None:
    later = T0 + timedelta(days=1)
    with open_world(database_url) as world:
        world.apply(world.accountable(PersonHolder(world.cy)))
        with world.database.read() as session:
            alone = projects.read(session, [world.project_id], later)
            among = projects.read(session, [world.project_id, 999], later)
    assert alone == among
    item = alone[world.project_id].project.item("data_pipeline")
    assert item is not None
    assert {(held.letter, held.holder) for held in item.assignments} == {
        (Letter.A, PersonHolder(world.cy)),
        (Letter.R, PersonHolder(world.bea)),
    }


def test_a_plain_statement_sees_what_the_session_has_still_to_write(database_url: str) -> None:
    counting = select(func.count()).select_from(columns(PersonRow).id.table)
    with open_world(database_url) as world, world.database.begin() as session:
        before = plainly(session).execute(counting).scalar_one()
        session.add(PersonRow(workspace_id=world.workspace, key="new", name="New Sample"))
        assert plainly(session).execute(counting).scalar_one() == before + 1
