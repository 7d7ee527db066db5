"""Deliveries that nobody took are asked for again, those that arrived are not."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.sources.base import Repairs
from tests.sources.answering import Answer, Asked, answering
from tests.sources.support import Clock, github, source
from tests.sources.test_github_app import key, pem
from tests.support.clock import T0

__all__ = ["key"]  # a fixture

pytestmark = pytest.mark.usefixtures("as_described")


class Hub:
    """A GitHub that lists deliveries, the newest first, by pages of 100."""

    def __init__(self, deliveries: list[dict[str, Any]]) -> None:
        self.deliveries = deliveries
        self.again: list[int] = []
        self.broken = False

    def __call__(self, asked: Asked) -> Answer:
        if asked.method == "POST":
            if self.broken:
                return Answer(502)
            self.again.append(int(asked.path.split("/")[4]))
            return Answer(202, {})
        cursor = int(asked.query.get("cursor", ["0"])[0])
        rest = [one for one in self.deliveries if not cursor or one["id"] < cursor]
        return Answer(200, rest[:100])


def delivery(id: int, status: int, guid: str = "", hours: int = 1) -> dict[str, Any]:
    at = T0 - timedelta(hours=hours)
    return {
        "id": id,
        "guid": guid or f"guid-{id}",
        "delivered_at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "status_code": status,
        "event": "pull_request",
    }


@pytest.fixture
def hub() -> Hub:
    return Hub([])


@pytest.fixture
def there(hub: Hub, key: Any) -> Iterator[Repairs]:
    with answering(hub) as server:
        made = source(
            None,
            Clock(T0),
            github_api_url=server.url,
            github_app_id="7",
            github_app_private_key=pem(key),
        )
        with closing(made):
            assert isinstance(made, Repairs)
            yield made


def test_what_failed_is_sent_again_once(hub: Hub, there: Repairs) -> None:
    hub.deliveries = [
        delivery(9, 200, "taken-at-last"),
        delivery(8, 503),
        delivery(7, 500, "tried-twice"),
        delivery(6, 0, "tried-twice"),
        delivery(5, 502, "taken-at-last"),
        delivery(4, 413),
        delivery(3, 202),
        delivery(2, 500, hours=80),
    ]
    assert there.repaired(T0 - timedelta(days=3)) == 2
    assert hub.again == [8, 7]


def test_it_reads_on_to_the_moment_and_no_further(hub: Hub, there: Repairs) -> None:
    hub.deliveries = [delivery(id, 200) for id in range(1_400, 1_150, -1)]
    hub.deliveries += [delivery(900, 504), delivery(899, 504, hours=90)]
    assert there.repaired(T0 - timedelta(days=3)) == 1
    assert hub.again == [900]


def test_in_trouble_it_asks_for_what_it_got_to(hub: Hub, there: Repairs) -> None:
    hub.deliveries = [delivery(2, 500), delivery(1, 500)]
    hub.broken = True
    assert there.repaired(T0 - timedelta(days=3)) == 0


def test_a_token_alone_has_no_deliveries_to_see(hub: Hub) -> None:
    with answering(hub) as server, closing(github(server.url)) as made:
        assert isinstance(made, Repairs)
        assert made.repaired(T0) == 0
        assert server.asked == []
