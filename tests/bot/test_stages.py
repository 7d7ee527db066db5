"""The ladder and the default RACI."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import deciding
from bot.changes import StageMoved
from bot.errors import BadInput, Why
from bot.moments import own_day
from bot.project import Letter, Status
from bot.roles import CATALOGUE
from bot.stages import LADDER, LadderStage, seed, silent_days, with_modelling
from tests.bot.support import PEOPLE, item, project
from tests.support.clock import T0

TODAY = T0.date()
TWELVE_DAYS_AGO = T0 - timedelta(days=12)


def test_the_nine_stages_in_order() -> None:
    assert [stage.key for stage in LADDER] == [
        "idea",
        "framing",
        "data_pipeline",
        "data_quality",
        "annotation",
        "modelling",
        "resourcing",
        "rollout",
        "metrics",
    ]


def test_a_name_means_one_stage() -> None:
    names = [
        name
        for one in LADDER
        for name in {spelled.casefold() for spelled in (one.title, one.key, *one.aliases)}
    ]
    assert len(names) == len(set(names))


def test_the_seed_has_at_most_one_accountable_and_asks_where_nobody_can_guess() -> None:
    accountable = {
        stage.key: [role for letter, role in seed(stage.key) if letter is Letter.A]
        for stage in LADDER
    }
    assert accountable == {
        "idea": ["product_manager"],
        "framing": ["data_scientist"],
        "data_pipeline": ["data_engineer"],
        "data_quality": ["data_scientist"],
        "annotation": ["data_scientist"],
        "modelling": ["data_scientist"],
        "resourcing": [],
        "rollout": ["ml_engineer"],
        "metrics": [],
    }
    assert all(role in CATALOGUE for stage in LADDER for _letter, role in seed(stage.key))
    assert seed("a stage of one's own") == ()


def test_modelling_joins_a_ladder_that_lacks_it() -> None:
    own = (LadderStage("annotation", "Labels", "", ()), LadderStage("ship", "Ship", "", ()))
    assert [stage.key for stage in with_modelling(own)] == ["annotation", "modelling", "ship"]
    assert with_modelling(LADDER) == LADDER
    assert with_modelling(()) == LADDER


# Where a stage stands (T2)

UNDER_WAY = {Status.IN_PROGRESS, Status.AT_RISK, Status.BLOCKED}


def test_t2_the_statuses_and_what_they_are_called() -> None:
    assert [status.words for status in Status] == [
        "not started",
        "in progress",
        "at risk",
        "blocked",
        "done",
        "skipped",
        "on hold",
    ]


@pytest.mark.parametrize("status", Status)
def test_t2_only_what_is_under_way_can_lack_an_update(status: Status) -> None:
    """Not started is not the same as no update, however long ago that was said."""
    stage = replace(item(), status=status, updated=TWELVE_DAYS_AGO)
    assert silent_days(stage, TODAY, "UTC") == (12 if status in UNDER_WAY else 0)


def test_t2_an_update_ends_the_silence_and_none_is_made_up() -> None:
    stage = replace(item(), status=Status.IN_PROGRESS)
    assert silent_days(replace(stage, updated=T0), TODAY, "UTC") == 0
    assert silent_days(replace(stage, updated=T0 + timedelta(days=1)), TODAY, "UTC") == 0
    assert silent_days(replace(stage, updated=None), TODAY, "UTC") == 0


@pytest.mark.parametrize(
    ("zone", "days"), [("Asia/Tokyo", 1), ("UTC", 2), ("America/Los_Angeles", 1)]
)
def test_edge_37_silence_counts_the_days_of_whoever_reads(zone: str, days: int) -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # already the 21st in Tokyo
    now = datetime(2026, 11, 22, 0, 30, tzinfo=UTC)  # still the 21st in Los Angeles
    stage = replace(item(), status=Status.IN_PROGRESS, updated=late)
    assert silent_days(stage, own_day(now, zone), zone) == days


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC", "America/Los_Angeles"])
def test_edge_37_what_was_told_late_is_a_day_old_right_after_midnight(zone: str) -> None:
    midnight = datetime(2026, 11, 21, tzinfo=ZoneInfo(zone))
    stage = replace(item(), status=Status.IN_PROGRESS, updated=midnight - timedelta(minutes=10))
    ages = [
        silent_days(stage, own_day(midnight + timedelta(minutes=minutes), zone), zone)
        for minutes in (-1, 1, 24 * 60 - 1, 24 * 60 + 1)
    ]
    assert ages == [0, 1, 1, 2]


@pytest.mark.parametrize("status", Status)
def test_t2_a_stage_can_be_moved_to_each_and_says_why_where_that_is_needed(status: Status) -> None:
    before = Status.NOT_STARTED if status is not Status.NOT_STARTED else Status.ON_HOLD
    stage = replace(item(), status=before)
    atlas = project(stage)
    if status in (Status.SKIPPED, Status.BLOCKED):
        for empty in (None, "", "  "):
            with pytest.raises(BadInput) as refused:
                deciding.move(atlas, stage, status, empty, PEOPLE)
            assert (refused.value.why, refused.value.field) == (Why.REASON_NEEDED, "note")
    moved = deciding.move(atlas, stage, status, "Bought instead", PEOPLE)
    assert isinstance(moved, StageMoved)
    assert (moved.before, moved.after) == (before, status)
