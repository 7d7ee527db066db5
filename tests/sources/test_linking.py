"""From a real server to a card in Slack: linked, changed there, edited in place here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.links import LinkMade
from bot.orders import AddLink
from bot.settings import Settings
from bot.sources import sources
from handlers.delivery import Delivery
from handlers.manifest import manifest
from handlers.playground.double import App, Double, Message
from handlers.slack import Slack
from storage.database import Database
from tests.handlers.service.conftest import HERE, Team
from tests.sources.worlds import Experiment, Repository


@dataclass(slots=True)
class Linking(Team):
    """Atlas and its channel, the sources of these settings, and somebody who delivers."""

    settings: Settings = field(default_factory=Settings.read)
    double: Double = field(init=False)
    slack: Slack = field(init=False)
    delivery: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.sources = sources(self.settings, None, lambda: self.now)
        super(Linking, self).__post_init__()
        self.double = Double(lambda: self.now, App.from_manifest(manifest()))
        self.double.add_user("UANA", "Ana Sample")
        self.double.add_channel("proj-atlas", id="C0ATLAS")
        self.atlas()

    def links(self, url: str) -> Message:
        made = self.charter.links.link(self.actor("ana"), AddLink(url, "modelling"), HERE)
        assert isinstance(made, LinkMade)
        return self.card()

    def card(self) -> Message:
        """The one message in the channel, with all that was to be said."""
        while self.delivery.run_due():
            self.wait(seconds=2)
        [message] = self.double.person("ana").sees("proj-atlas")
        return message

    def later(self) -> Message:
        self.wait(minutes=11)
        assert self.charter.timers.run_due(self.workspace) == 1
        return self.card()


def at_work(database: Database, settings: Settings) -> Iterator[Linking]:
    made = Linking(database, settings=settings)
    with made.double.serve():
        made.slack = Slack.reach(made.double.app.bot_token, made.double.api_url)
        made.delivery = Delivery(made.charter.outbox, made.slack, made.workspace)
        yield made
        made.delivery.leave()
        made.slack.close()
    made.charter.links.close()
    assert made.double.problems == []


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def hosted(database: Database, github_emulator: str) -> Iterator[Linking]:
    settings = Settings.read(
        {
            "github_token": "test_token_ana",
            "github_api_url": github_emulator,
            "github_web_url": github_emulator,
        }
    )
    yield from at_work(database, settings)


@pytest.fixture
def tracked(database: Database, mlflow_server: str) -> Iterator[Linking]:
    yield from at_work(database, Settings.read({"mlflow_tracking_uri": mlflow_server}))


def test_a_pull_request_is_followed_until_it_is_merged(
    hosted: Linking, repository: Repository
) -> None:
    number = repository.opens()
    card = hosted.links(f"{repository.url}/ana/{repository.name}/pull/{number}")
    assert "Count once" in card.said
    assert "Open · by ana" in card.said
    assert "stage Modelling" in card.said
    repository.checks(number, "build", "completed", "failure")
    repository.reviews(number, "bea", "REQUEST_CHANGES")
    changed = hosted.later()
    assert changed.ts == card.ts
    assert "Changes requested · CI failing: build" in changed.said
    assert hosted.later() == changed
    repository.does("PUT", f"/pulls/{number}/merge", {})
    merged = hosted.later()
    assert merged.ts == card.ts
    assert "Merged" in merged.said


def test_a_run_is_followed_until_it_ends(tracked: Linking, experiment: Experiment) -> None:
    run = experiment.starts("gbm-wind", start_time=int(tracked.now.timestamp() * 1000))
    card = tracked.links(experiment.link(run))
    assert "gbm-wind · experiment churn" in card.said
    assert "Running · by bea" in card.said
    assert "Nothing logged." in card.said
    experiment.measures(run, auc=0.77, loss="NaN")
    experiment.ends(run)
    ended = tracked.later()
    assert ended.ts == card.ts
    assert "Finished" in ended.said
    assert "0.77" in ended.said
    assert "loss not a number" in ended.said
    experiment.does("runs/delete", run_id=run)
    deleted = tracked.later()
    assert "Deleted in its tracker" in deleted.said


def test_days_later_it_is_looked_at_no_more(tracked: Linking, experiment: Experiment) -> None:
    run = experiment.starts()
    experiment.ends(run)
    tracked.links(experiment.link(run))
    tracked.now += timedelta(days=30)
    tracked.charter.timers.run_due(tracked.workspace)
    tracked.wait(minutes=11)
    tracked.charter.timers.run_due(tracked.workspace)
    tracked.wait(minutes=11)
    assert tracked.charter.timers.run_due(tracked.workspace) == 0
