"""What the record keeps over time is what a project stood like, on both databases."""

from datetime import timedelta

from bot.hindsight import project_at
from bot.orders import Due, Move
from bot.project import Project, Status
from storage import courses
from tests.handlers.service.conftest import HERE, Team


def test_a_burn_up_comes_from_the_record(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")
    assert team.charter.projects.glance(ana, None, HERE).burn_up == ()
    for stage, weeks in (("data pipeline", 1), ("data quality", 2)):
        team.wait(weeks=weeks)
        team.charter.stages.move(ana, Move(stage, Status.DONE, "tested", override=True), HERE)
    team.wait(hours=1)
    marks = team.charter.projects.glance(ana, None, HERE).burn_up
    assert [mark.done for mark in marks] == [0, 1, 1, 2]
    assert {mark.stages for mark in marks} == {9}
    assert marks[-1].day - marks[0].day == timedelta(weeks=3)


def test_a_project_stands_as_it_did(team: Team) -> None:
    team.atlas()
    ana = team.actor("ana")
    began = team.now
    before = team.charter.projects.shown(ana, None, HERE).project
    team.wait(days=2)
    day = (team.now + timedelta(days=30)).date()
    team.charter.stages.due(ana, Due("rollout", day), HERE)
    team.charter.stages.move(ana, Move("data pipeline", Status.BLOCKED, "no export"), HERE)
    blocked = team.now
    now = team.charter.projects.shown(ana, None, HERE).project
    team.wait(days=9)
    with team.database.read() as session:
        course = courses.read(session, [now.id], began)[now.id]

    def told(project: Project) -> list[object]:
        return [(one.key, one.status, one.due, one.blockers) for one in project.items]

    then = project_at(now, course, began + timedelta(hours=1))
    assert then is not None
    assert told(then) == told(before)
    after = project_at(now, course, blocked)
    assert after is not None
    assert told(after) == told(now)
    assert project_at(now, course, began - timedelta(hours=1)) is None
