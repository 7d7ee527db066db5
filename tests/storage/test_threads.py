"""The last question of a thread."""

from datetime import timedelta

from storage import threads
from storage.database import Database
from storage.tables import Workspace
from tests.support.clock import T0


def test_the_last_question_of_a_thread_is_kept_for_a_while(database_url: str) -> None:
    database = Database(database_url)
    with database.begin() as session:
        row = Workspace(name="One", created_at=T0)
        session.add(row)
        session.flush()
        assert row.id is not None
        workspace = row.id
        threads.keep(session, workspace, "C1", "1.0", "who owns it?", T0)
        threads.keep(session, workspace, "C1", "2.0", "who signs off?", T0)
        threads.keep(session, workspace, "C1", "1.0", "who tests it?", T0 + timedelta(hours=1))
    with database.read() as session:
        assert threads.last(session, workspace, "C1", "1.0", T0) == "who tests it?"
        assert threads.last(session, workspace, "C1", "2.0", T0) == "who signs off?"
        assert threads.last(session, workspace, "C2", "1.0", T0) is None
        assert threads.last(session, workspace, "C1", "2.0", T0 + timedelta(seconds=1)) is None
    with database.begin() as session:
        threads.forget(session, T0 + timedelta(minutes=1))
        assert threads.last(session, workspace, "C1", "2.0", T0) is None
        assert threads.last(session, workspace, "C1", "1.0", T0) == "who tests it?"
    database.close()
