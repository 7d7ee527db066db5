"""Somebody moves while a standup asks them: each day once, none without a word."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.recurrence import Every, Weekly, latest
from bot.standups import asks_once_more, passed_over, zone_before_moving
from tests.bot.travelling import lived

ZONES = (
    *("Europe/Berlin", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"),
    *("Asia/Kathmandu", "Pacific/Chatham", "Pacific/Apia", "America/Sao_Paulo", "Etc/GMT+5"),
    *("Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Casablanca", "Etc/GMT-14", "UTC"),
)
WORK = frozenset(range(5))
HALF_HOUR = timedelta(minutes=30)
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
END = BEGIN + timedelta(days=30)


@given(
    zones=st.lists(
        st.tuples(st.integers(0, 48 * 20), st.sampled_from(ZONES)),
        max_size=4,
        unique_by=lambda x: x[0],
    ).map(sorted),
    at=st.sampled_from([time(0), time(2, 30), time(9, 30), time(12), time(23, 30)]),
    days=st.sampled_from([WORK, frozenset(range(7)), frozenset({6, 0, 1, 2, 3}), frozenset({2})]),
    first=st.sampled_from(ZONES),
)
def test_edge_38_each_day_of_a_traveller_is_asked_once_or_told(
    zones: list[tuple[int, str]], at: time, days: frozenset[int], first: str
) -> None:
    moves = [(BEGIN + HALF_HOUR * step, zone) for step, zone in zones]
    asked, told = lived(moves, at, days, first, BEGIN, END)
    named = [day for day, _ in asked]
    assert len(named) == len(set(named))
    if len(zones) < 2:  # who goes back at once is asked after all
        assert set(named).isdisjoint(told)
    assert all(day.weekday() in days for day in named)
    moments = [slot for _, slot in asked]
    assert moments == sorted(moments)
    inner = [min(named) + timedelta(days=n) for n in range((max(named) - min(named)).days)]
    missing = [d for d in inner if d.weekday() in days and d not in named and d not in told]
    assert missing == []


def test_u1_who_stays_is_asked_at_the_same_time_each_working_day() -> None:
    for zone in ZONES:
        asked, told = lived([], time(9, 30), WORK, zone, BEGIN, END)
        assert told == []
        assert all(f"{slot.astimezone(ZoneInfo(zone)):%H:%M}" == "09:30" for _, slot in asked)
        steps = {(later - sooner).days for (sooner, _), (later, _) in pairwise(asked)}
        assert steps == {1, 3}


def test_what_is_no_move_is_none() -> None:
    old = Weekly(WORK, time(9, 30), "Europe/Berlin")
    later = Weekly(WORK, time(10), "Europe/London")
    for before in (old, Every(60), None):
        assert not asks_once_more(before, later, BEGIN, BEGIN)
        assert passed_over(before, later, BEGIN, BEGIN) == ()
    assert zone_before_moving(old, later, BEGIN, latest(old, BEGIN)) is None
