"""What GitHub says by itself: taken once, and looked at once, a moment later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.attaching import By
from bot.orders import Follow
from bot.sources.base import Checks, PullState, Trouble, Why
from handlers.service.links.deliveries import EVERY, KEPT_FOR, KIND, SOON, TRIED_FOR
from storage import deliveries, schedules
from storage.tables import DeliveryRow, PullRequestRow, ScheduleRow, Workspace
from tests.handlers.service.conftest import HERE
from tests.handlers.service.linking import Linking, at_work
from tests.support.clock import T0
from tests.support.counting import counted
from tests.support.evidence import PULL


@pytest.fixture
def team(database_url: str) -> Iterator[Linking]:
    with at_work(database_url) as made:
        made.atlas()
        made.charter.timers.stand(made.workspace)
        due(made, timedelta(minutes=1))
        yield made


def due(team: Linking, later: timedelta = timedelta(seconds=3)) -> None:
    team.now += later
    team.charter.timers.run_due(team.workspace)


def says(team: Linking, delivery: str = "1", event: str = "pull_request", **about: Any) -> bool:
    payload = {"repository": {"full_name": "Acme/Churn"}, "pull_request": {"number": 7}} | about
    return team.charter.deliveries.said_by_github(event, delivery, payload)


def state(team: Linking) -> str:
    with team.database.read() as session:
        return session.exec(select(PullRequestRow.state)).one()


_IN_ORDER = select(DeliveryRow).order_by(col(DeliveryRow.id))


def kept(team: Linking) -> list[bool]:
    """Of each delivery that is kept, whether it was looked at."""
    with team.database.read() as session:
        return [row.seen_at is not None for row in session.exec(_IN_ORDER)]


def test_a_card_says_what_holds_three_seconds_after_github_said_so(team: Linking) -> None:
    team.link()
    team.github.tells(replace(PULL, state=PullState.MERGED))
    assert says(team)
    due(team, timedelta(seconds=2))
    assert state(team) == "open"
    due(team, timedelta(seconds=1))
    assert state(team) == "merged"
    assert "merged" in team.card().lower()


def test_a_burst_about_one_pull_request_comes_to_one_look_at_it(team: Linking) -> None:
    team.link()
    before = len(team.github.asked)
    for number in range(60):
        assert says(team, f"d{number}", action="labeled")
    due(team)
    assert team.github.asked[before:] == [frozenset({PULL.ref})]
    assert kept(team) == [True] * 60
    due(team, timedelta(minutes=5))
    assert len(team.github.asked) == before + 1


def test_what_comes_twice_is_taken_once(team: Linking) -> None:
    team.link()
    for _ in range(3):
        assert says(team, "72d3162e")
    due(team)
    before = len(team.github.asked)
    assert says(team, "72d3162e")
    due(team)
    assert kept(team) == [True]
    assert len(team.github.asked) == before


def test_what_comes_while_it_is_looked_at_is_looked_at_next(team: Linking) -> None:
    team.link()
    says(team, "1")
    team.github.meanwhile = lambda: says(team, "2")
    due(team)
    assert kept(team) == [True, False]
    due(team)
    assert kept(team) == [True, True]


def test_after_what_was_heard_it_is_asked_once_more_whether_something_came(team: Linking) -> None:
    """One that is still being taken is seen by no pass that ends meanwhile."""
    team.link()
    says(team)
    due(team)
    assert next_pass(team) == team.now + timedelta(seconds=3)
    due(team)
    assert next_pass(team) == T0 + timedelta(hours=1)


def next_pass(team: Linking) -> datetime:
    with team.database.read() as session:
        found = session.exec(select(ScheduleRow).where(col(ScheduleRow.key) == KIND)).one()
        return found.next_run_at


def test_checks_of_a_fork_are_known_by_the_commit_alone(team: Linking) -> None:
    team.link()
    head = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
    team.github.tells(replace(PULL, head=head))
    says(team, "1")
    due(team)
    team.github.tells(replace(PULL, head=head, checks=Checks.FAILING))
    about = {"check_suite": {"head_sha": head, "pull_requests": []}}
    assert says(team, "2", "check_suite", **about)
    due(team)
    with team.database.read() as session:
        assert session.exec(select(PullRequestRow.ci_state)).one() == "failing"


def test_a_pull_request_that_is_opened_where_a_project_follows_is_linked(team: Linking) -> None:
    follow = Follow("https://github.com/acme/churn", By.STREAM, "", None, "Atlas")
    team.charter.follows.follow(team.actor("ana"), follow, HERE)
    due(team, timedelta(minutes=10))
    url = "https://github.com/acme/churn/pull/9"
    ref = replace(PULL.ref, key="acme/churn#9", url=url)
    team.github.tells(replace(PULL, ref=ref, number=9))
    assert says(team, pull_request={"number": 9})
    due(team)
    with team.database.read() as session:
        assert 9 in session.exec(select(PullRequestRow.number)).all()


def test_of_what_nobody_follows_nothing_is_asked(team: Linking) -> None:
    team.link()
    before = len(team.github.asked)
    assert says(team, "1", pull_request={"number": 8})
    assert says(team, "2", repository={"full_name": "other/repo"})
    assert not says(team, "3", "star")
    due(team)
    assert len(team.github.asked) == before
    assert kept(team) == [True, True]


def test_g7_where_github_is_away_the_card_keeps_what_was_seen(team: Linking) -> None:
    team.link()
    team.github.trouble = Trouble(Why.AWAY)
    says(team)
    due(team)
    assert state(team) == "open"
    team.github.trouble = None
    team.github.tells(replace(PULL, state=PullState.MERGED))
    team.now += timedelta(minutes=10)
    team.sync()
    assert state(team) == "merged"


def test_g7_what_could_not_be_looked_at_is_tried_again_when_the_host_says_so(team: Linking) -> None:
    team.link()
    team.github.trouble = Trouble(Why.RATE_LIMITED, team.now + timedelta(minutes=20))
    team.github.tells(replace(PULL, state=PullState.MERGED))
    says(team)
    says(team, "2", pull_request={"number": 8})
    due(team)
    assert (state(team), kept(team)) == ("open", [False, True])
    team.github.trouble = None
    before = len(team.github.asked)
    due(team, timedelta(minutes=1))
    assert len(team.github.asked) == before
    due(team, timedelta(minutes=19))
    assert (state(team), kept(team)) == ("merged", [True, True])


def test_what_cannot_be_looked_at_is_not_tried_for_ever(team: Linking) -> None:
    team.link()
    team.github.trouble = Trouble(Why.AWAY)
    says(team)
    due(team)
    assert kept(team) == [False]
    due(team, TRIED_FOR)
    assert kept(team) == [True]


def test_g6_a_repository_that_became_private_tells_no_titles_from_then_on(team: Linking) -> None:
    merged = replace(PULL, state=PullState.MERGED)
    team.github.tells(merged)
    team.link()
    assert "Retry the weather feed" in team.card()
    team.wait(days=2)
    team.sync()
    team.github.trouble = Trouble(Why.RATE_LIMITED, team.now + timedelta(minutes=20))
    says(team, "1", "repository", action="privatized")
    due(team)
    assert "Retry the weather feed" not in team.card()
    team.github.trouble = None
    team.github.tells(merged)
    due(team, timedelta(minutes=30))
    assert "Retry the weather feed" in team.card(), "it is as the host says"


def test_what_was_said_long_ago_is_forgotten(team: Linking) -> None:
    team.link()
    says(team)
    due(team)
    due(team, KEPT_FOR + timedelta(hours=2))
    assert kept(team) == []


def test_nothing_is_kept_for_who_went_and_of_what_nobody_looked_at_not_for_ever(
    team: Linking,
) -> None:
    with team.database.begin() as session:
        session.add(Workspace(team_id="T0GONE", created_at=T0, deleted_at=T0))
        session.add(Workspace(team_id="T0HELD", created_at=T0, held_since=T0))
    says(team)
    assert kept(team) == [False]
    with team.database.begin() as session:
        deliveries.forget(session, team.workspace, team.now)
        assert session.exec(_IN_ORDER).all()
        deliveries.forget(session, team.workspace, team.now + timedelta(seconds=1))
    assert kept(team) == []


def test_a_delivery_is_taken_by_as_many_statements_however_many_workspaces_there_are(
    team: Linking,
) -> None:
    with counted(team.database) as alone:
        says(team, "1")
    with team.database.begin() as session:
        for number in range(5):
            session.add(Workspace(team_id=f"T0MORE{number}", created_at=T0))
        session.flush()
        here = session.exec(select(Workspace.id).order_by(col(Workspace.id))).all()
        for workspace in here:
            schedules.put(session, workspace or 0, KIND, KIND, 0, EVERY, team.now)
    with counted(team.database) as together:
        says(team, "2")
    assert len(together) == len(alone)
    with team.database.read() as session:
        taken = session.exec(select(DeliveryRow.workspace_id).where(DeliveryRow.delivery == "2"))
        assert sorted(taken) == here
        next_runs = session.exec(select(ScheduleRow.next_run_at).where(ScheduleRow.key == KIND))
        assert set(next_runs) == {team.now + SOON}
    with counted(team.database) as again:
        says(team, "2")
    assert len(again) == len(alone) - 1, "who has it already needs nothing"


def test_what_did_not_arrive_is_asked_for_on_the_hour_and_not_with_each_burst(
    team: Linking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []

    def repaired(since: datetime) -> int:
        asked.append(since)
        return 0

    monkeypatch.setattr(team.github, "repaired", repaired, raising=False)
    team.link()
    due(team, T0 + timedelta(hours=1) - team.now)
    for number in range(3):
        says(team, f"d{number}")
        due(team)
    assert asked == [T0 + timedelta(hours=1) - timedelta(days=3)]
    assert kept(team) == [True] * 3
