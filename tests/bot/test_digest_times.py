"""From when on a digest tells, and which days of standups it counts."""

from datetime import datetime, timedelta

import pytest

from bot.cadence import Cadence, plan
from bot.digests import Window, setting
from tests.support.clock import T0

DAY = timedelta(days=1)


# --- days of standups -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "now", "days"),
    [
        ("2026-11-23T08:00Z", "2026-11-24T08:00Z", (22, 23)),
        ("2026-11-23T17:00Z", "2026-11-24T17:00Z", (23, 24)),
        ("2026-11-23T11:00Z", "2026-11-24T10:59Z", (23, 23)),
    ],
)
def test_each_day_of_standups_is_counted_once(since: str, now: str, days: tuple[int, int]) -> None:
    """After the first, up to the second; noon in Berlin is 11:00 UTC."""
    window = Window(datetime.fromisoformat(since), datetime.fromisoformat(now), "Europe/Berlin")
    assert tuple(day.day for day in window.standup_days) == days


# --- where one begins -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "set_at", "told_until", "begins"),
    [
        (None, None, None, T0 - 7 * DAY),
        (Cadence.DAILY, T0 - DAY / 24, T0 - DAY - DAY / 24, T0 - 7 * DAY),  # none has come yet
        (Cadence.DAILY, T0 - 9 * DAY, T0 - 10 * DAY, T0 - 9 * DAY),  # and nothing since is lost
        (Cadence.DAILY, T0 - 9 * DAY, T0 - DAY, None),
    ],
)
def test_a_digest_begins_where_the_last_one_ended_or_its_own_period_ago(
    last: Cadence | None,
    set_at: datetime | None,
    told_until: datetime | None,
    begins: datetime | None,
) -> None:
    weekly = plan(Cadence.WEEKLY, None, None, "Europe/Berlin", T0)
    before = plan(last, None, None, "Europe/Berlin", T0) if last else None
    assert setting.begins(weekly, T0, before, set_at, told_until) == begins
