"""The sample's dates, whenever a playground is opened."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.playground.lately import lately

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOLD = {
    "meta": {"now": "2026-11-23T10:00:00Z"},
    "due": ["2026-12-04", "4 December 2026", None, 3],
    "note": "since 2026-11-01",
}


def moved(weeks: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        lately(json.dumps(TOLD).encode(), NOW + timedelta(weeks=weeks, days=6))
    )
    return found


def test_dates_move_by_whole_weeks_and_words_stay() -> None:
    assert moved(5) == {
        "meta": {"now": "2026-12-28T10:00:00Z"},
        "due": ["2027-01-08", "4 December 2026", None, 3],
        "note": "since 2026-11-01",
    }


@pytest.mark.parametrize("weeks", [0, -1, -40])
def test_what_is_not_of_the_past_stays_as_it_is(weeks: int) -> None:
    assert moved(weeks) == TOLD
