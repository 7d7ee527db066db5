"""From GitHub to what Charter knows, with a GitHub that somebody else wrote and its webhooks."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from bot.attaching import By
from bot.orders import Follow
from storage.database import Database
from storage.tables import PullRequestRow
from tests.handlers.hooked import SECRET, Site
from tests.handlers.service.conftest import HERE, Team
from tests.handlers.test_web import running
from tests.sources.described import as_described
from tests.sources.support import github
from tests.sources.worlds import Repository

__all__ = ["as_described"]  # a fixture

pytestmark = pytest.mark.usefixtures("as_described")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def repository(github_emulator: str) -> Iterator[Repository]:
    with httpx.Client() as http:
        name = f"churn-{uuid4().hex[:8]}"
        made = http.post(
            f"{github_emulator}/user/repos",
            json={"name": name, "auto_init": True},
            headers={"Authorization": "Bearer test_token_ana"},
        )
        assert made.is_success, made.text
        yield Repository(github_emulator, name, http)


def heard(site: Site, more: int) -> None:
    """Wait until so many deliveries were answered."""
    until = time.monotonic() + 20
    while len(site.statuses) < more and time.monotonic() < until:
        time.sleep(0.02)
    assert len(site.statuses) >= more, site.statuses


@pytest.mark.server
@on_sqlite
def test_g3_opened_asked_for_a_review_approved_and_merged(
    database_url: str, repository: Repository
) -> None:
    database = Database(database_url)
    there = github(repository.url, token="test_token_ana")
    with closing(database):
        team = Team(database, datetime.now(UTC), (there,))
        team.atlas()
        team.charter.timers.stand(team.workspace)
        site = Site(team.charter.deliveries.said_by_github)
        with closing(team.charter.links), running(site):
            _whole_life(team, site, repository)


def _whole_life(team: Team, site: Site, repository: Repository) -> None:
    config = {"url": f"{site.url}/webhooks/github", "content_type": "json", "secret": SECRET}
    events = ["pull_request", "pull_request_review", "check_run"]
    repository.does(
        "POST", "/hooks", {"name": "web", "active": True, "events": events, "config": config}
    )
    where = f"{repository.url}/ana/{repository.name}"
    order = Follow(where, By.STREAM, "", "data pipeline", "Atlas")
    team.charter.follows.follow(team.actor("ana"), order, HERE)

    def stands() -> tuple[str, str, list[str], str | None]:
        """What is known of it once the clock has gone on by five seconds."""
        team.now += timedelta(seconds=5)
        team.charter.timers.run_due(team.workspace)
        with team.database.read() as session:
            row = session.exec(select(PullRequestRow)).one()
            requested = list(row.details["seen"]["requested"])
            return row.state, row.review_state, requested, row.item_key

    number = repository.opens()
    heard(site, 1)
    assert stands() == ("open", "", [], "data_pipeline")
    repository.does("POST", f"/pulls/{number}/requested_reviewers", {"reviewers": ["bea"]})
    heard(site, 2)
    assert stands() == ("open", "review_required", ["bea"], "data_pipeline")
    repository.reviews(number, "bea", "APPROVE")
    heard(site, 3)
    assert stands()[:2] == ("open", "approved")
    repository.does("PUT", f"/pulls/{number}/merge", {})
    heard(site, 4)
    assert stands()[0] == "merged"
    assert set(site.statuses) <= {200, 202}
