"""From GitHub to Slack, with a GitHub that somebody else wrote and its webhooks."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from bot.hours import Hours
from handlers.playground.double import Double
from handlers.service import services
from handlers.slack import Slack
from handlers.talking import build
from handlers.tenants import One
from storage.database import Database
from storage.tables import PullRequestRow
from tests.handlers.hooked import SECRET, Site
from tests.handlers.mornings import Clock, Morning
from tests.handlers.talk import new_project, reached, typed
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


@dataclass
class Life:
    """What is known of the repository's only pull request, and what Slack shows of it."""

    morning: Morning
    database: Database
    site: Site
    repository: Repository

    def begin(self) -> None:
        """GitHub says to Charter what happens, and a project follows it; Bea is known as bea."""
        there, hook = self.repository, f"{self.site.url}/webhooks/github"
        config = {"url": hook, "content_type": "json", "secret": SECRET}
        events = ["pull_request", "pull_request_review", "check_run"]
        hooked = {"name": "web", "active": True, "events": events, "config": config}
        there.does("POST", "/hooks", hooked)
        self.morning.workspace.change_user("U0ANA", is_admin=True)
        ana = self.morning.person("ana")
        new_project(self.morning.workspace)
        assert "nothing → bea" in typed(ana, "person link @Bea Lind github=bea").said
        typed(ana, f"follow {there.url}/ana/{there.name} to data pipeline")
        self.morning.settle()

    def stands(self, deliveries: int) -> tuple[str, str, list[str], str | None]:
        """What is known of it after so many deliveries and five more seconds of the clock."""
        heard(self.site, deliveries)
        self.morning.clock.now += timedelta(seconds=5)
        self.morning.settle()
        with self.database.read() as session:
            row = session.exec(select(PullRequestRow)).one()
            requested = list(row.details["seen"]["requested"])
            return row.state, row.review_state, requested, row.item_key

    def card(self) -> list[str]:
        """The only one in the channel, and what is said below it."""
        seen = self.morning.person("ana").sees("ml-fraud")
        [card] = [one for one in seen if "Count once" in one.said and one.thread_ts is None]
        return [one.said for one in seen if card.ts in (one.ts, one.thread_ts)]

    def told(self) -> str:
        """What Bea has of it in her direct messages, where it is told in her hours."""
        clock = self.morning.clock
        clock.now = Hours("Europe/Stockholm").next_open(clock.now)
        self.morning.settle()
        seen = self.morning.person("bea").sees()
        return "\n".join(one.said for one in seen if "Count once" in one.said)


@pytest.mark.server
@on_sqlite
def test_g3_opened_asked_for_a_review_approved_and_merged(
    database: Database, workspace: Double, slack: Slack, repository: Repository
) -> None:
    clock = Clock(datetime.now(UTC))
    workspace.space.clock = clock
    there = github(repository.url, token="test_token_ana")
    charter = services(database, clock, quiet_until=One(slack).quiet_until, sources=(there,))
    site = Site(charter.deliveries.said_by_github)
    talking = build(charter, One(slack), clock)
    with (
        closing(charter.links),
        reached(talking, workspace, database, "socket"),
        running(site),
    ):
        morning = Morning(workspace, charter, talking, clock)
        with closing(morning.heart):
            _whole_life(Life(morning, database, site, repository))
    assert workspace.problems == []


def _whole_life(life: Life) -> None:
    life.begin()
    repository = life.repository
    number = repository.opens()
    assert life.stands(1) == ("open", "", [], "data_pipeline")
    [card] = life.card()
    assert f"Count once ana/{repository.name}#{number}\nOpen · by ana" in card
    assert "No review asked for · no CI\nLinked to Fraud Radar, stage Data pipeline." in card
    repository.does("POST", f"/pulls/{number}/requested_reviewers", {"reviewers": ["bea"]})
    assert life.stands(2) == ("open", "review_required", ["bea"], "data_pipeline")
    assert life.card()[1:] == ["Review asked of Bea Lind."]
    told = life.told()
    assert told.startswith(f"ana asks for your review:\nCount once ana/{repository.name}#{number}")
    assert "For Fraud Radar, stage Data pipeline" in told
    repository.reviews(number, "bea", "APPROVE")
    assert life.stands(3)[:2] == ("open", "approved")
    assert "Approved by 1" in life.card()[0]
    repository.does("PUT", f"/pulls/{number}/merge", {})
    assert life.stands(4)[0] == "merged"
    card, *thread = life.card()
    assert "Merged · by ana" in card
    assert thread == ["Review asked of Bea Lind.", "Approved by Bea Lind.", "Merged by ana."]
    told = life.told()
    assert "asks for your review" not in told, "the one message says what became of it"
    assert "It is merged: no review is needed any more." in told
    assert set(life.site.statuses) <= {200, 202}
