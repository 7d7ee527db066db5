"""Replicas are killed at random moments while Slack fails: nothing is lost, and nothing doubled.

The short form of `make storm`.
"""

from datetime import timedelta

import pytest

from tests.storm.__main__ import is_well, told
from tests.storm.blowing import Storm, weather
from tests.storm.weather import FAULTS


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("database", "replicas"),
    [
        pytest.param("sqlite_url", 1, marks=pytest.mark.long),
        pytest.param("postgres_url", 2, marks=pytest.mark.postgres),
    ],
)
def test_d4_nothing_is_lost_and_nothing_doubled(
    request: pytest.FixtureRequest, database: str, replicas: int
) -> None:
    lull = timedelta(minutes=3)
    storm = Storm(items=100, kills=12, replicas=replicas, speed=10, seed=20261123, lull=lull)
    found = weather(request.getfixturevalue(database), storm)
    assert is_well(storm, found), "\n".join(told(database, storm, found))
    assert len(found.met) >= len(FAULTS) - 1, "Slack failed in nearly every way"
