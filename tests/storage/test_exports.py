"""What workbooks count in rows: standups by project, day and end, of these projects alone."""

from datetime import date, timedelta

from bot.exports.material import Attended
from bot.standups import State
from storage import exports
from storage.tables import StandupRow
from tests.storage.support import World
from tests.support.clock import T0

DAY = date(2026, 11, 23)


def test_standups_are_counted_by_day_and_end(world: World) -> None:
    told = (
        (world.ana, 0, "posted"),
        (world.bea, 0, "posted"),
        (world.ana, -1, "skipped"),
        (world.ana, -9, "posted"),
    )
    with world.database.begin() as session:
        for person, back, state in told:
            session.add(
                StandupRow(
                    workspace_id=world.workspace,
                    person_id=person,
                    day=DAY + timedelta(days=back),
                    state=state,
                    project_id=world.project_id,
                    recorded_at=T0,
                    source="load",
                )
            )
    with world.database.read() as session:
        one = world.workspace, [world.project_id], DAY - timedelta(days=8), DAY
        assert exports.attended(session, *one) == [
            Attended(world.project_id, DAY - timedelta(days=1), State.SKIPPED, 1),
            Attended(world.project_id, DAY, State.POSTED, 2),
        ]
        assert exports.attended(session, world.workspace, [], DAY, DAY) == []
        assert exports.attended(session, world.workspace + 1, *one[1:]) == []
