"""A project as it stood at an earlier moment, and how much of it was done by the week."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.condition import Blocker, Finish, Light, Opinion
from bot.hindsight import (
    Course,
    Mark,
    Measured,
    Stood,
    WasDue,
    WasInTheWay,
    WasSaid,
    burn_up,
    people_at,
    project_at,
)
from bot.people import Person
from bot.project import (
    Assignment,
    Gone,
    Item,
    Kind,
    Letter,
    Metric,
    PersonHolder,
    Project,
    Scope,
    Status,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
THEN = NOW - WEEK
RECALL = Metric("Recall", (), True, "", 0.7, 0.8, 0.75, None)


def stage(number: int, status: Status = Status.NOT_STARTED, **more: Any) -> Item:
    made = Item(number, f"stage-{number}", Kind.STAGE, f"Stage {number}", status=status)
    return replace(made, **more)


def project(*items: Item, **more: Any) -> Project:
    made = Project(id=1, key="churn", name="Churn", items=items)
    return replace(made, **more)


def stood(status: Status, since: datetime | None, until: datetime | None = None) -> Stood:
    return Stood(status, f"as of {status}", since, until)


def test_an_item_stands_where_it_stood_then() -> None:
    items = (stage(1, Status.BLOCKED), stage(2, Status.DONE))
    course = Course(
        statuses={
            1: (
                stood(Status.NOT_STARTED, NOW - 3 * WEEK, THEN - DAY),
                stood(Status.IN_PROGRESS, THEN - DAY, NOW - DAY),
                stood(Status.BLOCKED, NOW - DAY),
            ),
            2: (stood(Status.DONE, None),),
        },
        dues={
            1: (
                WasDue(date(2026, 12, 1), None, NOW - DAY),
                WasDue(date(2026, 12, 24), NOW - DAY, None),
            )
        },
        hurdles={1: (WasInTheWay(Blocker(7, "no export", None, NOW - DAY), NOW - DAY, None),)},
    )
    then = project_at(project(*items), course, THEN)
    assert then is not None
    first, second = then.items
    assert (first.status, first.updated) == (Status.IN_PROGRESS, THEN - DAY)
    assert (first.due, first.blockers) == (date(2026, 12, 1), ())
    assert (second.status, second.due) == (Status.DONE, None)


def test_what_ends_at_a_moment_holds_no_more_then() -> None:
    course = Course(
        statuses={1: (stood(Status.IN_PROGRESS, None, THEN), stood(Status.BLOCKED, THEN))}
    )
    then = project_at(project(stage(1)), course, THEN)
    assert then is not None
    assert then.items[0].status is Status.BLOCKED


def test_a_project_that_began_later_was_not_there() -> None:
    course = Course(statuses={1: (stood(Status.NOT_STARTED, NOW - DAY),)})
    assert project_at(project(stage(1)), course, THEN) is None


def test_an_item_that_no_status_tells_of_was_there() -> None:
    """A document brings items without one; the first move is not when they began."""
    course = Course(statuses={2: (stood(Status.IN_PROGRESS, NOW - DAY),)})
    then = project_at(project(stage(1), stage(2, Status.IN_PROGRESS)), course, THEN)
    assert then is not None
    assert [one.status for one in then.items] == [Status.NOT_STARTED, Status.NOT_STARTED]


def test_who_was_accountable_then_is_so_there() -> None:
    def held(key: int, since: datetime | None, until: datetime | None) -> Assignment:
        return Assignment(key, Letter.A, PersonHolder(key), since, until, NOW, None, "command")

    before, after = held(1, None, NOW - DAY), held(2, NOW - DAY, None)
    item = stage(1, assignments=(after,), accountable=(before, after))
    then = project_at(project(item), Course(), THEN)
    assert then is not None
    assert then.items[0].assignments == (before,)


def test_metrics_opinion_and_finish_are_those_of_then() -> None:
    worse = replace(RECALL, current=0.71)
    green = Opinion(Light.GREEN, "all well", None, None)
    course = Course(
        metrics=(Measured(RECALL, None, NOW - DAY), Measured(worse, NOW - DAY, None)),
        opinions=(WasSaid(green, THEN - DAY, NOW - DAY),),
    )
    now = project(stage(1), scope=Scope(metrics=(worse,)), finish=Finish(NOW - DAY))
    then = project_at(now, course, THEN)
    assert then is not None
    assert (then.scope.metrics, then.opinion, then.finish) == ((RECALL,), green, None)


def test_whoever_left_since_was_there_still() -> None:
    left = Person(1, "bea", "Bea", "Bea", active=False, left_on=NOW.date() - DAY)
    before = replace(left, id=2, left_on=THEN.date() - DAY)
    then = people_at({1: left, 2: before}, THEN, "UTC")
    assert [one.active for one in then.values()] == [True, False]


def test_a_burn_up_counts_what_was_done_by_the_week() -> None:
    items = (stage(1, Status.DONE), stage(2, Status.DONE), stage(3), stage(4, Status.SKIPPED))
    begun = NOW - 2 * WEEK - DAY
    course = Course(
        statuses={
            1: (
                stood(Status.NOT_STARTED, begun, NOW - WEEK - DAY),
                stood(Status.DONE, NOW - WEEK - DAY),
            ),
            2: (stood(Status.NOT_STARTED, begun, NOW - DAY), stood(Status.DONE, NOW - DAY)),
            3: (stood(Status.NOT_STARTED, NOW - DAY),),
            4: (stood(Status.SKIPPED, begun),),
        }
    )
    assert burn_up([project(*items)], {1: course}, NOW, "Europe/Berlin") == (
        Mark(date(2026, 11, 9), 0, 2),
        Mark(date(2026, 11, 16), 1, 2),
        Mark(date(2026, 11, 23), 2, 3),
    )


def test_a_stage_that_was_taken_out_counts_until_then() -> None:
    gone = Gone(2, "old", Kind.STAGE, "Old", (), NOW - DAY)
    course = Course(
        statuses={
            1: (stood(Status.DONE, NOW - 3 * WEEK),),
            2: (stood(Status.IN_PROGRESS, NOW - 3 * WEEK),),
        }
    )
    marks = burn_up([project(stage(1, Status.DONE), gone=(gone,))], {1: course}, NOW, "UTC")
    assert [(mark.done, mark.stages) for mark in marks] == [(1, 2), (1, 2), (1, 2), (1, 1)]


def test_a_burn_up_goes_back_twelve_weeks_at_most() -> None:
    old = Course(
        statuses={
            1: (
                stood(Status.NOT_STARTED, NOW - 50 * WEEK, NOW - DAY),
                stood(Status.DONE, NOW - DAY),
            )
        }
    )
    marks = burn_up([project(stage(1, Status.DONE))], {1: old}, NOW, "UTC")
    assert len(marks) == 13
    assert marks[0].day == date(2026, 8, 31)


def test_where_nothing_moved_there_is_no_burn_up() -> None:
    still = Course(statuses={1: (stood(Status.IN_PROGRESS, NOW - 5 * WEEK),)})
    assert burn_up([project(stage(1, Status.IN_PROGRESS))], {1: still}, NOW, "UTC") == ()
    assert burn_up([project()], {}, NOW, "UTC") == ()
