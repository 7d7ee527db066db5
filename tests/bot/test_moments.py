"""Moments in sentences: told by the clock of whoever reads them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import moments

LATE = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
WRITTEN = datetime(2026, 3, 4, tzinfo=UTC)
"""A day that a document said."""


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", "2026-03-04"),
        ("Asia/Tokyo", "2026-03-05"),
        ("America/Los_Angeles", "2026-03-04"),
        ("Etc/GMT+5", "2026-03-04"),  # its sign is the other way round
        ("Mars/Phobos", "2026-03-04"),
    ],
)
def test_edge_37_a_moment_in_a_sentence_is_told_by_the_day_of_a_zone(zone: str, day: str) -> None:
    sentence = f"Bea holds it since {moments.day(LATE)}, set on {moments.day(LATE)}."
    assert moments.told(sentence, zone) == f"Bea holds it since {day}, set on {day}."


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_day_that_was_written_is_the_same_for_everybody(zone: str) -> None:
    assert moments.told(moments.day(WRITTEN), zone) == "2026-03-04"
    assert moments.day_in(WRITTEN, zone) == date(2026, 3, 4)


def test_a_sentence_falls_into_its_words_and_its_moments() -> None:
    sentence = f"since {moments.day(LATE)}, set by Bea"
    assert list(moments.pieces(sentence)) == ["since ", LATE, ", set by Bea"]


def test_a_moment_before_the_time_that_slack_counts_from_is_told_in_utc() -> None:
    then = datetime(1969, 7, 20, 20, 17, tzinfo=UTC)
    assert moments.told(moments.day(then), "Asia/Tokyo") == "1969-07-20"


@pytest.mark.parametrize("kept", range(1, 12))
def test_of_a_moment_that_was_cut_nothing_is_told(kept: int) -> None:
    assert moments.told(f"since {moments.day(LATE)[:kept]}…") == "since …"
    assert moments.told(f"since {moments.day(LATE)[kept:]}").isascii()


def test_what_only_looks_like_a_moment_is_no_moment() -> None:
    assert moments.told("a \ue000ffffffffff\ue001 b \ue000 c \ue001") == "a  b  c "


@pytest.mark.parametrize(
    ("zone", "now", "days"),
    [
        ("UTC", "2026-03-04T23:59", 0),
        ("UTC", "2026-03-05T00:01", 1),
        ("Asia/Tokyo", "2026-03-05T00:01", 0),
        ("Asia/Tokyo", "2026-03-05T14:59", 0),
        ("Asia/Tokyo", "2026-03-05T15:00", 1),
        ("America/Los_Angeles", "2026-03-05T07:59", 0),
        ("America/Los_Angeles", "2026-03-05T08:00", 1),
        ("America/Los_Angeles", "2026-03-09T07:00", 5),  # the clocks went forward on the 8th
        ("UTC", "2026-03-01T00:00", 0),
    ],
)
def test_days_are_those_of_the_calendar_on_the_clock_of_a_zone(
    zone: str, now: str, days: int
) -> None:
    today = moments.own_day(datetime.fromisoformat(f"{now}+00:00"), zone)
    assert moments.days_since(LATE, today, zone) == days


def test_days_since_a_day_that_was_written_are_the_same_everywhere() -> None:
    for zone in ("Asia/Tokyo", "UTC", "America/Los_Angeles"):
        assert moments.days_since(WRITTEN, date(2026, 3, 6), zone) == 2
    assert moments.days_since(WRITTEN + timedelta(days=9), date(2026, 3, 6), "UTC") == 0


def test_a_zone_is_told_as_people_say_it() -> None:
    zones = ("Etc/GMT-5", "Etc/GMT+11", "Asia/Tokyo")
    assert [moments.zone_in_words(zone) for zone in zones] == ["UTC+5", "UTC-11", "Asia/Tokyo"]
