"""`GET /metrics`: what was counted, in Prometheus's words, for whoever shows the token.

Each process tells of itself. What stands in the database, all tell alike.
"""

import hmac
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import NamedTuple

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from slack_bolt import BoltRequest, BoltResponse

from bot.errors import CharterError
from bot.sources.budget import Standing as Budgeted
from bot.version import VERSION
from handlers.meters import Counted, Timed
from handlers.service import Charter

PATH = "/metrics"


class Gauged(NamedTuple):
    """What goes up and down, and what it says."""

    name: str
    says: str


BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 120.0)
"""Seconds; three are what Slack waits for an acknowledgement."""

BUILD = Gauged("charter_build_info", "Which Charter this is; always 1")
UP = Gauged("charter_database_up", "Whether the database answers")
OF_THE_DATABASE = {
    "workspaces": Gauged("charter_workspaces", "Workspaces that Charter serves"),
    "messages": Gauged("charter_messages_due", "Messages whose time has come"),
    "messages_late": Gauged(
        "charter_messages_late_seconds", "How long the first of these messages has waited"
    ),
    "given_up": Gauged("charter_messages_given_up", "Messages that were given up"),
    "slots": Gauged("charter_slots_due", "Slots of schedules whose time has come"),
    "slots_late": Gauged("charter_slots_late_seconds", "How long the first of these has waited"),
    "connections": Gauged(
        "charter_database_connections", "Connections to the database that this process uses"
    ),
    "most_connections": Gauged(
        "charter_database_connections_most", "Connections that this process may use at once"
    ),
}
"""By the fields of `handlers.service.vitals.Standing`."""
LEFT = Gauged("charter_source_budget_left", "Requests that a source may still be asked at once")
RESTS = Gauged(
    "charter_source_rests_until_seconds",
    "When a source that has had enough is asked again, by its word (Unix time); 0: at once",
)

Budgets = Callable[[], list[Budgeted]]


class Prometheus:
    """Counts what it is told, and tells it in Prometheus's text format. Thread-safe."""

    def __init__(self, charter: Charter, budgets: Budgets) -> None:
        self._registry = CollectorRegistry()
        self._counted = {one: Counter(*one.value, registry=self._registry) for one in Counted}
        self._timed = {
            one: Histogram(*one.value, registry=self._registry, buckets=BUCKETS) for one in Timed
        }
        ProcessCollector(registry=self._registry)
        self._registry.register(_Standing(charter, budgets))

    def listen(self, what: Counted | Timed, labels: tuple[str, ...], amount: float) -> None:
        if isinstance(what, Counted):
            self._counted[what].labels(*labels).inc(amount)
        else:
            self._timed[what].labels(*labels).observe(amount)

    def told(self) -> str:
        return generate_latest(self._registry).decode()


class _Standing(Collector):
    """How things stand at this moment. A database that is away is told, and fails nothing."""

    def __init__(self, charter: Charter, budgets: Budgets) -> None:
        self._charter = charter
        self._budgets = budgets

    def describe(self) -> Iterator[Metric]:
        yield from ()  # else it would be read once just to be registered

    def collect(self) -> Iterator[Metric]:
        try:
            standing = self._charter.vitals.read()
        except CharterError:
            standing = None
        build = GaugeMetricFamily(BUILD.name, BUILD.says, labels=["version"])
        build.add_metric([VERSION], 1)
        yield build
        yield GaugeMetricFamily(*UP, value=1 if standing else 0)
        if standing:
            for field, gauge in OF_THE_DATABASE.items():
                yield GaugeMetricFamily(*gauge, value=getattr(standing, field))
        left = GaugeMetricFamily(LEFT.name, LEFT.says, labels=["host"])
        rests = GaugeMetricFamily(RESTS.name, RESTS.says, labels=["host"])
        for one in self._budgets():
            left.add_metric([one.host], one.left)
            rests.add_metric([one.host], one.rests_until.timestamp() if one.rests_until else 0)
        yield left
        yield rests


def page(token: str, told: Callable[[], str]) -> Callable[[BoltRequest], BoltResponse]:
    """What is shown at `PATH` to whoever shows this token."""
    wanted = f"Bearer {token}".encode()

    def show(request: BoltRequest) -> BoltResponse:
        [shown] = request.headers.get("authorization", [""])[:1]
        if not hmac.compare_digest(shown.encode(), wanted):
            return BoltResponse(status=HTTPStatus.UNAUTHORIZED, body="Unauthorized")
        return BoltResponse(
            status=HTTPStatus.OK,
            body=told(),
            headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4},
        )

    return show
