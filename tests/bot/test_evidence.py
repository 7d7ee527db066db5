"""What pull requests and runs say: held against the scope, and how a failed look is told."""

import math
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.evidence import (
    Sighting,
    Standing,
    age,
    best,
    compare,
    compared,
    comparison_words,
    last_seen,
    looked,
    percent,
    settled,
)
from bot.project import Metric
from bot.pulls import checks_words, conflict_words, review_words
from bot.sources.base import Checks, PullState, Review, RunState, Trouble, Why
from tests.support.clock import T0
from tests.support.evidence import PULL, RUN

ACCURACY = Metric("accuracy", ("acc",), True, "", 0.71, 0.80, None, None)
LOSS = Metric("log loss", (), False, "", 0.5, 0.3, None, None)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("metric", "value", "words"),
    [
        (
            ACCURACY,
            0.77,
            "accuracy 0.77: 66.7 % of the gap from 0.71 to 0.80 (↑ higher is better)",
        ),
        (LOSS, 0.4, "log loss 0.4: 50 % of the gap from 0.5 to 0.3 (↓ lower is better)"),
        (
            ACCURACY,
            0.8,
            "accuracy 0.80: the target 0.80 is reached, from 0.71 (↑ higher is better)",
        ),
        (LOSS, 0.29, "log loss 0.29: the target 0.30 is reached, from 0.50 (↓ lower is better)"),
        (
            ACCURACY,
            0.7,
            "accuracy 0.70: worse than the baseline 0.71, target 0.80 (↑ higher is better)",
        ),
        (
            replace(ACCURACY, baseline=None),
            0.77,
            "accuracy 0.77: short of the target 0.80 (↑ higher is better)",
        ),
        (
            replace(ACCURACY, target=None),
            0.77,
            "accuracy 0.77: began at 0.71, the scope sets no target (↑ higher is better)",
        ),
        (
            ACCURACY,
            math.nan,
            "accuracy is not a number: it cannot be held against the target",
        ),
        (
            ACCURACY,
            -1.7976931348623157e308,
            "accuracy is infinite: it cannot be held against the target",
        ),
        (
            replace(ACCURACY, unit="%", baseline=71.0, target=80.0),
            77.0,
            "accuracy 77 %: 66.7 % of the gap from 71 to 80 (↑ higher is better)",
        ),
        (
            replace(ACCURACY, baseline=0.9),
            0.77,
            "accuracy 0.77: short of the target 0.80 (↑ higher is better)",
        ),
        (
            LOSS,
            1.5e-9,
            "log loss 1.5e-09: the target 0.3 is reached, from 0.5 (↓ lower is better)",
        ),
    ],
)
def test_e3_a_value_against_the_scope(metric: Metric, value: float, words: str) -> None:
    assert comparison_words(compare(metric, value)) == words


def test_a_metric_is_found_by_its_names_alone() -> None:
    run = replace(RUN, metrics={"Acc": 0.77, "val_accuracy": 0.9})
    [one] = compared(run, (ACCURACY, LOSS))
    assert one.value == 0.77
    [missing] = compared(replace(RUN, metrics={"val_accuracy": 0.9}), (ACCURACY, LOSS))
    assert missing.standing is Standing.MISSING
    assert comparison_words(missing) == "accuracy is not logged by this run"
    assert comparison_words(missing, running=True) == "accuracy is not logged by this run yet"
    assert compared(run, ()) == ()


def test_e3_the_best_run_counts_neither_deleted_ones_nor_those_without_a_number() -> None:
    runs = [
        replace(RUN, name=name, metrics={"accuracy": value}, deleted=name == "deleted")
        for name, value in (("nan", math.nan), ("first", 0.77), ("same", 0.77), ("deleted", 0.9))
    ]
    found = best(runs, ACCURACY)
    assert found is not None
    assert found[0].name == "first"
    assert best([], ACCURACY) is None


finite = st.floats(-1e6, 1e6)


@given(finite, finite, finite, st.booleans())
def test_e3_the_direction_only_turns_the_numbers_round(
    value: float, baseline: float, target: float, higher: bool
) -> None:
    metric = replace(ACCURACY, higher=higher, baseline=baseline, target=target)
    turned = replace(ACCURACY, higher=not higher, baseline=-baseline, target=-target)
    one, other = compare(metric, value), compare(turned, -value)
    assert (one.standing, one.share) == (other.standing, other.share)


@given(finite, finite, finite)
def test_who_is_nearer_to_the_target_has_closed_more(a: float, b: float, target: float) -> None:
    metric = replace(ACCURACY, baseline=0.0, target=target)
    assume(target > 1e-3)
    one, other = compare(metric, min(a, b)), compare(metric, max(a, b))
    assert one.share is not None
    assert other.share is not None
    assert one.share <= other.share
    assert (one.standing is Standing.REACHED) <= (other.standing is Standing.REACHED)


@given(st.floats(-10, 10))
def test_only_the_whole_is_called_the_whole(share: float) -> None:
    assert (share < 1) == (float(percent(share).removesuffix(" %")) < 100)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"review": Review.APPROVED, "approvals": 2}, "approved by 2"),
        (
            {"review": Review.APPROVED, "approvals": 1, "requested": ("bea-x",)},
            "approved by 1, waiting for BEA-X",
        ),
        ({"review": Review.CHANGES_REQUESTED}, "changes requested"),
        ({"review": Review.REVIEW_REQUIRED}, "waiting for a review"),
        (
            {"review": Review.REVIEW_REQUIRED, "approvals": 1},
            "approved by 1, waiting for another review",
        ),
        ({"review": Review.REVIEW_REQUIRED, "requested": ("a", "b")}, "waiting for A, B"),
        ({"review": Review.NONE}, "no review asked for"),
        (
            {"review": Review.NONE, "requested": tuple("abcdef")},
            "waiting for A, B, C, D and 2 more",
        ),
    ],
)
def test_reviews_in_words(changes: dict[str, object], words: str) -> None:
    pull = replace(PULL, **{"requested": (), "approvals": 0, **changes})  # type: ignore[arg-type]  # the fields of each case
    assert review_words(pull, str.upper) == words


@pytest.mark.parametrize(
    ("checks", "failing", "words"),
    [
        (Checks.PASSING, (), "CI passing"),
        (Checks.PENDING, (), "CI pending"),
        (Checks.FAILING, ("build", "lint"), "CI failing: build, lint"),
        (Checks.FAILING, (), "CI failing"),
        (Checks.NONE, (), "no CI"),
        (Checks.HIDDEN, (), "CI cannot be seen"),
    ],
)
def test_checks_in_words(checks: Checks, failing: tuple[str, ...], words: str) -> None:
    assert checks_words(replace(PULL, checks=checks, failing=failing)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mergeable": False}, "conflicts with main"),
        ({"mergeable": False, "state": PullState.DRAFT}, "conflicts with main"),
        ({"mergeable": False, "base": ""}, "conflicts with its base branch"),
        ({"mergeable": False, "state": PullState.CLOSED}, ""),
        ({"mergeable": False, "state": PullState.MERGED}, ""),
        ({"mergeable": True}, ""),
        ({"mergeable": None}, ""),
    ],
)
def test_g1_conflicts_in_words(changes: dict[str, object], words: str) -> None:
    assert conflict_words(replace(PULL, **changes)) == words  # type: ignore[arg-type]  # the fields of each case


# --- a look that failed ---


def test_in_trouble_the_last_good_look_stands() -> None:
    first = looked(Sighting(PULL.ref), PULL, T0)
    assert first == Sighting(PULL.ref, PULL, T0, T0)
    limited = Trouble(Why.RATE_LIMITED, T0 + 4 * HOUR)
    second = looked(first, limited, T0 + 2 * HOUR)
    assert (second.seen, second.seen_at, second.trouble) == (PULL, T0, limited)
    assert last_seen(second, T0 + 2 * HOUR) == "last seen 2 h ago (rate limited until 14:00)"
    berlin = ZoneInfo("Europe/Berlin")
    assert last_seen(second, T0 + HOUR, berlin) == "last seen 1 h ago (rate limited until 15:00)"

    later = looked(second, Trouble(Why.RATE_LIMITED, T0 + 5 * HOUR), T0 + 3 * HOUR)
    assert later == second, "an end that moves on with each look is no news"
    over = looked(second, Trouble(Why.RATE_LIMITED, T0 + 9 * HOUR), T0 + 4 * HOUR)
    assert over.trouble == Trouble(Why.RATE_LIMITED, T0 + 9 * HOUR)
    assert looked(over, Trouble(Why.AWAY), T0 + 4 * HOUR).trouble == Trouble(Why.AWAY)

    back = looked(second, PULL, T0 + 6 * HOUR)
    assert back == Sighting(PULL.ref, PULL, T0 + 6 * HOUR, T0)
    assert last_seen(back, T0 + 9 * HOUR) == ""
    merged = replace(PULL, state=PullState.MERGED)
    assert looked(back, merged, T0 + 7 * HOUR).changed_at == T0 + 7 * HOUR


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.UNAUTHORISED, "last seen 2 h ago (the credentials are not accepted)"),
        (Why.FORBIDDEN, "last seen 2 h ago (access refused)"),
        (Why.NOT_FOUND, "last seen 2 h ago (not found there, or hidden from Charter)"),
        (Why.RATE_LIMITED, "last seen 2 h ago (rate limited)"),
        (Why.AWAY, "last seen 2 h ago (no answer)"),
        (Why.GARBAGE, "last seen 2 h ago (an answer that makes no sense)"),
    ],
)
def test_every_trouble_has_its_words(why: Why, words: str) -> None:
    seen = Sighting(PULL.ref, PULL, T0, T0, Trouble(why))
    assert last_seen(seen, T0 + 2 * HOUR) == words
    never = Sighting(PULL.ref, trouble=Trouble(why))
    assert last_seen(never, T0) == words.replace("last seen 2 h ago", "not seen yet")
    assert last_seen(Sighting(PULL.ref), T0) == "not seen yet"


def test_the_day_is_said_where_it_is_another_one() -> None:
    seen = Sighting(PULL.ref, PULL, T0, T0, Trouble(Why.RATE_LIMITED, T0 + 30 * HOUR))
    assert last_seen(seen, T0) == "last seen just now (rate limited until 2026-11-24 16:00)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "just now"),
        (0, "just now"),
        (59, "59 min ago"),
        (60, "1 h ago"),
        (47 * 60, "47 h ago"),
        (7 * 24 * 60, "7 d ago"),
    ],
)
def test_ages(minutes: int, words: str) -> None:
    assert age(T0, T0 + timedelta(minutes=minutes)) == words


def test_what_has_ended_settles_after_a_while() -> None:
    long_after = T0 + 30 * HOUR
    merged = replace(PULL, state=PullState.MERGED)
    finished = replace(RUN, state=RunState.FINISHED, ended=T0 - 9 * HOUR)
    for seen in (merged, replace(PULL, state=PullState.CLOSED), finished):
        sighting = Sighting(seen.ref, seen, T0, T0)
        assert not settled(sighting, T0, T0 + 20 * HOUR)
        assert settled(sighting, T0, long_after)
        assert not settled(replace(sighting, trouble=Trouble(Why.AWAY)), T0, long_after)
    for going_on in (PULL, replace(PULL, state=PullState.DRAFT), RUN):
        assert not settled(Sighting(going_on.ref, going_on, T0, T0), T0, T0 + timedelta(days=99))
    deleted = Sighting(RUN.ref, replace(RUN, deleted=True), T0, T0)
    assert settled(deleted, T0, long_after)
    lost = Sighting(PULL.ref, PULL, T0, T0, Trouble(Why.NOT_FOUND))
    assert not settled(lost, T0, T0 + timedelta(days=6))
    assert settled(lost, T0, T0 + timedelta(days=8))
    assert not settled(lost, T0 + timedelta(days=7), T0 + timedelta(days=8)), "linked anew"
    never = Sighting(PULL.ref, trouble=Trouble(Why.NOT_FOUND))
    assert not settled(never, T0, T0 + timedelta(days=6))
    assert settled(never, T0, T0 + timedelta(days=8))
    assert not settled(never, None, T0 + timedelta(days=8)), "nobody knows since when"
    assert not settled(replace(never, trouble=Trouble(Why.AWAY)), T0, T0 + timedelta(days=8))
