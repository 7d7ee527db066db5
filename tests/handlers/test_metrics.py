"""What is counted while Charter works, and one request's id all along its way."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from slack_bolt import BoltRequest

from bot.recurrence import EVERY_DAY, Weekly
from bot.setting_values import CONNECTIONS
from bot.settings import Settings
from bot.sources import sources
from bot.sources.budget import Budgets
from handlers import meters, metrics
from handlers.metrics import Prometheus
from handlers.playground.double import Double, Person
from handlers.service import Charter, retention, services
from handlers.service.links import hearing
from handlers.slack import Slack
from handlers.talking import Talking, build
from handlers.tenants import One
from handlers.timers import Heartbeat
from storage import outbox, schedules
from storage.database import SQLITE_CONNECTIONS, Database
from tests.handlers.talk import eventually, mentioned, now, reached, typed
from tests.sources.answering import Answer, always, answering

TOKEN = "s3cret-of-prometheus"
Labels = dict[str, str]


@dataclass(slots=True)
class Counting:
    """What stands at /metrics."""

    prometheus: Prometheus

    def value(self, name: str, **labels: str) -> float:
        """The sum of the samples that have these labels."""
        return sum(
            value
            for found, known, value in self.samples()
            if found == name and labels.items() <= known.items()
        )

    def samples(self) -> list[tuple[str, Labels, float]]:
        families = text_string_to_metric_families(self.prometheus.told())
        return [(one.name, one.labels, one.value) for family in families for one in family.samples]


@pytest.fixture
def counting(charter: Charter, database: Database) -> Iterator[Counting]:
    made = Prometheus(charter, Budgets(now).standing)
    meters.listen(made.listen)
    database.listener = meters.transacted
    yield Counting(made)
    meters.listen(None)


def test_a_conversation_is_counted_and_nobody_is_named(
    counting: Counting, workspace: Double, ana: Person, transport: str
) -> None:
    mentioned(ana, "@Charter who owns the data pipeline?")
    mentioned(ana, "@Charter who owns the moon base?")
    typed(workspace.person("bea"), "raci data pipeline A @Cy Moss in Fraud Radar")
    way = {"way": transport}
    assert (
        eventually(
            lambda: counting.value("charter_handled_seconds_count", outcome="refused") or None
        )
        == 1
    )
    assert counting.value("charter_ack_seconds_count", kind="event_callback", **way) >= 2
    assert counting.value("charter_ack_seconds_count", kind="command", **way) == 3
    assert counting.value("charter_ack_seconds_count", kind="view_submission", **way) == 1
    assert counting.value("charter_ack_seconds_bucket", kind="command", le="+Inf") == 3
    assert counting.value("charter_answers_total", kind="answer") == 1
    assert counting.value("charter_answers_total", kind="unknown") == 1
    assert counting.value("charter_claims_total", what="event", got="taken") == 2
    assert counting.value("charter_slack_seconds_count", method="views.open", answer="200") == 1
    assert counting.value("charter_database_seconds_count", use="write", outcome="done") > 3
    told = counting.prometheus.told()
    assert not [word for word in ("ana", "Ana", "Bea", "radar", "U0ANA", "C0FRAUD") if word in told]


def test_an_event_that_comes_again_is_had_already(counting: Counting, charter: Charter) -> None:
    assert not charter.questions.seen("Ev1")
    charter.questions.finished("Ev1")
    assert charter.questions.seen("Ev1")
    assert counting.value("charter_claims_total", what="event", got="taken") == 1
    assert counting.value("charter_claims_total", what="event", got="had") == 1


def test_messages_and_jobs_are_counted_and_what_waits_is_told(
    counting: Counting, workspace: Double, talking: Talking, charter: Charter, database: Database
) -> None:
    late = now() - timedelta(minutes=5)
    with database.begin() as session:
        for key, channel in (("one", "C0FRAUD"), ("two", "C0NOWHERE")):
            outbox.say(session, talking.workspace, key, channel, key, [], late)
    assert counting.value("charter_messages_due") == 2
    assert 300 <= counting.value("charter_messages_late_seconds") < 900
    assert counting.value("charter_workspaces") == 1
    heart = Heartbeat(charter, talking.slack, talking.workspace, now)
    heart.settle()
    heart.close()
    assert counting.value("charter_messages_total", outcome="sent") == 1
    assert counting.value("charter_messages_total", outcome="given up") == 1
    assert counting.value("charter_messages_given_up") == 1
    assert counting.value("charter_messages_due") == 0
    assert counting.value("charter_messages_late_seconds") == 0
    tomorrow = services(database, lambda: now() + timedelta(days=1))
    assert tomorrow.timers.run_due(talking.workspace) > 0
    kept = [
        (labels["outcome"], value)
        for name, labels, value in counting.samples()
        if name == "charter_job_seconds_count" and labels["job"] == retention.KIND
    ]
    assert kept in ([("done", 1)], [("missed", 1)])  # by the hour at which this runs
    assert counting.value("charter_claims_total", what="slot", got="taken") >= 1
    assert counting.value("charter_job_seconds_count", job="unknown") == 0


def test_what_waits_where_charter_was_taken_away_is_no_alarm(
    counting: Counting, talking: Talking, charter: Charter, database: Database
) -> None:
    late = now() - timedelta(days=2)
    with database.begin() as session:
        outbox.say(session, talking.workspace, "one", "C0FRAUD", "one", [], late)
        daily = Weekly(EVERY_DAY, time(9), "UTC")
        schedules.put(session, talking.workspace, "digest/9", "digest", 9, daily, late)
    assert counting.value("charter_workspaces") == 1
    assert counting.value("charter_messages_late_seconds") > 86_400
    charter.settings.hold(talking.workspace, now())
    assert counting.value("charter_workspaces") == 0
    assert counting.value("charter_messages_late_seconds") == 0
    assert counting.value("charter_slots_late_seconds") == 0
    assert counting.value("charter_messages_due") == 0


def test_a_database_that_is_away_is_told_and_fails_nothing(database_url: str) -> None:
    database = Database(database_url)
    counting = Counting(Prometheus(services(database, now), Budgets(now).standing))
    database.listener = lambda use, outcome, _: seen.append((use, outcome))
    seen: list[tuple[str, str]] = []
    assert counting.value("charter_database_up") == 1
    with database.read() as session:
        session.connection()
        assert counting.value("charter_database_connections") == 1
        most = SQLITE_CONNECTIONS if database.is_sqlite else CONNECTIONS
        assert counting.value("charter_database_connections_most") == most
    away = Database("postgresql://charter@127.0.0.1:9/charter")
    there = Counting(Prometheus(services(away, now), Budgets(now).standing))
    away.listener = database.listener
    assert there.value("charter_database_up") == 0
    assert "charter_messages_due" not in there.prometheus.told()
    assert seen[0] == ("read", "done")
    assert seen[-1] == ("read", "away")
    database.close()
    away.close()


def test_only_who_shows_the_token_is_shown_them() -> None:
    page = metrics.page(TOKEN, lambda: "charter_up 1\n")

    def asked(*shown: str) -> tuple[int, str]:
        headers: dict[str, str | Sequence[str]] = {"authorization": [*shown]} if shown else {}
        answer = page(BoltRequest(body="", headers=headers))
        return answer.status, str(answer.body)

    assert asked(f"Bearer {TOKEN}") == (200, "charter_up 1\n")
    for wrong in ((), ("",), (TOKEN,), (f"Bearer {TOKEN}x",), ("Bearer é",), (f"Basic {TOKEN}",)):
        assert asked(*wrong) == (401, "Unauthorized")


def test_one_id_leads_from_slack_to_the_source(
    logs: io.StringIO, workspace: Double, slack: Slack, database: Database, transport: str
) -> None:
    budgets = Budgets(now)
    with answering(always(Answer(404, {}))) as server:
        known = sources(
            Settings.read({"github_api_url": server.url}),
            None,
            now,
            budgets=budgets,
            listener=hearing.heard,
        )
        charter = services(database, now, sources=known)
        counting = Counting(Prometheus(charter, budgets.standing))
        meters.listen(counting.prometheus.listen)
        built = build(charter, One(slack), now)
        with reached(built, workspace, database, transport):
            ana = workspace.person("ana")
            ana.slash("/charter new Fraud Radar", "ml-fraud")
            ana.gets_modal("New project")
            assert ana.submits() is None
            ana.hears("Fraud Radar", "ml-fraud")
            typed(ana, f"link {server.url}/acme/radar/pull/7")
        charter.links.close()
        meters.listen(None)
    told = [json.loads(line) for line in logs.getvalue().splitlines()]
    asked = [line for line in told if line["event"] == "source_asked"]
    assert asked
    assert {line["answer"] for line in asked} == {"404"}
    [request] = {line["request"] for line in asked}
    [handled] = [line for line in told if line["event"] == "handled" and line["request"] == request]
    assert handled["kind"] == "command"
    assert {line["user"] for line in asked} == {"U0ANA"}
    host = "127.0.0.1"
    assert counting.value("charter_source_seconds_count", host=host, answer="404") == len(asked)
    [left] = [
        value for name, _, value in counting.samples() if name == "charter_source_budget_left"
    ]
    assert 1_200 - len(asked) - 1 <= left <= 1_200
