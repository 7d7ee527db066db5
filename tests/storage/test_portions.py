"""What is asked of more projects than a statement takes."""

import sqlite3

from sqlalchemy import update

from storage import digests, evidence, waivers
from storage.database import plainly
from storage.tables import ProjectRow, columns, table_of
from tests.storage.support import open_world

MOST = 32_766
"""Parameters that SQLite takes in a statement, where nobody has it built otherwise."""


def test_more_projects_than_a_statement_takes(sqlite_url: str) -> None:
    with open_world(sqlite_url) as world, world.database.begin() as session:
        connection = session.connection().connection.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, MOST)
        mine = columns(ProjectRow).id == world.project_id
        changed = update(table_of(ProjectRow)).where(mine).values(primary_run_metric="auc")
        plainly(session).execute(changed)
        many = [*range(1_000, 1_000 + MOST), world.project_id]
        assert digests.aims(session, many) == {world.project_id: "auc"}
        assert evidence.stamps(session, many) == {}
        assert waivers.waived(session, many) == {}
        assert waivers.with_runs(session, many) == {}
