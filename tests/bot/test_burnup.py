"""The way to a target: how much of the gap is closed by the week, how fast, and what that means."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.burnup import (
    BurnUp,
    Due,
    Pace,
    burn_up,
    burn_ups,
    due_of,
    improvements,
    share_words,
    theil_sen,
)
from bot.condition import Light
from bot.health import Dimension, health
from bot.milestones import Forecast, Milestone
from bot.project import Item, Kind, Metric, Project, Scope, Status
from bot.sources.base import Run, RunState
from tests.bot.support import PEOPLE, project
from tests.support.clock import T0
from tests.support.evidence import RUN

DAY = timedelta(days=1)
RECALL = Metric("Recall", ("rec",), True, "", 0.70, 0.90, None, None)
LOSS = Metric("Log loss", (), False, "", 0.5, 0.3, None, None)
TODAY = T0.date()
DEADLINE = Due(TODAY + timedelta(days=30), "deadline")


def run(value: float, ago: float, key: str = "", name: str = "recall") -> Run:
    """A finished run that ended so many days ago."""
    ended = T0 - timedelta(days=ago)
    ref = replace(RUN.ref, key=key or f"r{ago}")
    return replace(
        RUN,
        ref=ref,
        state=RunState.FINISHED,
        started=ended - timedelta(hours=2),
        ended=ended,
        metrics={name: value},
    )


def told(runs: Sequence[Run], metric: Metric = RECALL, due: Due | None = DEADLINE) -> BurnUp:
    return burn_up(metric, runs, due, T0)


STEADY = [run(0.72, 20), run(0.74, 15), run(0.76, 10), run(0.78, 5)]
"""0.004 a day: the 0.12 that are left after the last one take 30 days."""


def test_m5_at_this_slope_the_target_is_met_after_the_deadline() -> None:
    one = told(STEADY, due=Due(date(2026, 12, 10), "deadline"))
    assert one.pace is Pace.LATE
    assert one.light is Light.RED
    assert one.slope == pytest.approx(0.004)
    assert one.forecast == date(2026, 12, 18)
    assert one.sentence == (
        "Recall: at this slope the target is met on 2026-12-18, the deadline is 2026-12-10"
    )


@pytest.mark.parametrize(
    ("runs", "due", "pace", "light", "sentence"),
    [
        (
            STEADY,
            Due(date(2026, 12, 18), "deadline"),
            Pace.ON_TIME,
            Light.GREEN,
            "Recall: at this slope the target is met on 2026-12-18, the deadline is 2026-12-18",
        ),
        (
            STEADY,
            None,
            Pace.OPEN,
            Light.GREY,
            "Recall: at this slope the target is met on 2026-12-18",
        ),
        (
            [*STEADY, run(0.91, 1)],
            DEADLINE,
            Pace.REACHED,
            Light.GREEN,
            "Recall: the target 0.90 is reached with 0.91",
        ),
        (
            STEADY[:2],
            DEADLINE,
            Pace.TOO_FEW,
            Light.GREY,
            "Recall: it improved 2 times, too few for a forecast (3 are needed), "
            "the deadline is 2026-12-23",
        ),
        (
            [run(0.72, 50), run(0.74, 40), run(0.76, 30), run(0.76, 2)],
            DEADLINE,
            Pace.STALLED,
            Light.AMBER,
            "Recall: no improvement in 4 weeks, 0.76 of 0.90, the deadline is 2026-12-23",
        ),
        (
            [],
            DEADLINE,
            Pace.NO_RUNS,
            Light.GREY,
            "Recall: no finished run is better than the baseline, the deadline is 2026-12-23",
        ),
        (
            STEADY[:1],
            Due(TODAY - DAY, "milestone Launch"),
            Pace.TOO_FEW,
            Light.RED,
            "Recall: it improved once, too few for a forecast (3 are needed), "
            "the milestone Launch was 2026-11-22",
        ),
    ],
)
def test_m5_a_sentence_says_how_it_stands_and_the_light_follows(
    runs: Sequence[Run], due: Due | None, pace: Pace, light: Light, sentence: str
) -> None:
    one = told(runs, due=due)
    assert (one.pace, one.light, one.sentence) == (pace, light, sentence)


def test_a_stall_begins_with_the_third_week() -> None:
    assert told([run(0.76, 20.99)]).pace is Pace.TOO_FEW
    stalled = told([run(0.76, 21)])
    assert (stalled.pace, stalled.slope) == (Pace.STALLED, 0.0)


def test_lower_is_better_is_the_same_the_other_way_round() -> None:
    runs = [run(value, ago, name="log_loss") for value, ago in [(0.48, 15), (0.44, 10), (0.4, 5)]]
    runs.append(run(0.6, 1, name="log_loss"))
    one = told(runs, LOSS)
    assert one.best is not None
    assert one.best.share == pytest.approx(0.5)
    assert one.slope == pytest.approx(0.008)
    assert one.forecast == (T0 - 5 * DAY + 12.5 * DAY).date()
    assert share_words(one) == "50 % of the gap from 0.5 to 0.3"


def test_a_forecast_that_has_gone_by_begins_anew_today() -> None:
    slow = [run(0.86, 20), run(0.87, 19), run(0.88, 18)]  # 0.01 a day: the rest takes two days
    assert told(slow).forecast == (T0 + 2 * DAY).date()


def test_a_target_that_is_ages_away_has_no_day() -> None:
    slow = [run(0.7 + 1e-6, 3), run(0.7 + 2e-6, 2), run(0.7 + 3e-6, 1)]
    one = told(slow)
    assert (one.pace, one.forecast) == (Pace.LATE, None)
    assert one.sentence == (
        "Recall: at this slope the target is met in more than ten years, the deadline is 2026-12-23"
    )


def test_edge_62_deleted_runs_unfinished_ones_and_what_is_no_number_count_for_nothing() -> None:
    odd = [
        replace(run(0.89, 9), deleted=True),
        replace(run(0.89, 8), state=RunState.FAILED),
        replace(run(0.89, 7), state=RunState.RUNNING),
        run(math.nan, 6),
        run(math.inf, 6.5),
        run(1.7976931348623157e308, 4),
        replace(run(0.89, 3), metrics={"precision": 0.89}),
    ]
    assert told([*STEADY, *odd]) == told(STEADY)
    archived = replace(run(0.8, 2), is_archived=True)
    assert told([*STEADY, archived]).leader == archived


def test_a_run_of_which_nobody_tells_when_counts_but_moves_no_forecast() -> None:
    undated = replace(run(0.73, 1, "undated"), started=None, ended=None)
    one = told([*STEADY, undated])
    assert [step.value for step in one.steps] == [0.73, 0.74, 0.76, 0.78]
    assert one.slope == pytest.approx(0.004)
    alone = told([undated])
    assert alone.levels == ()
    assert alone.sentence.startswith("Recall: nobody tells when it improved")


def test_a_run_from_a_clock_that_runs_ahead_ends_now() -> None:
    ahead = run(0.8, -0.003)
    assert improvements(RECALL, [ahead], T0)[0].at == T0


def test_the_levels_are_a_week_apart_and_begin_before_the_first_improvement() -> None:
    levels = told(STEADY).levels
    assert [level.day for level in levels] == [TODAY - timedelta(days=7 * n) for n in (3, 2, 1, 0)]
    assert [level.value for level in levels] == [0.70, 0.74, 0.76, 0.78]
    shares = [level.share for level in levels]
    assert shares == pytest.approx([0.0, 0.2, 0.3, 0.4])


def test_without_a_baseline_the_first_run_is_the_first_step_and_there_is_no_share() -> None:
    one = told(STEADY, replace(RECALL, baseline=None))
    assert len(one.steps) == 4
    assert one.levels[0] == replace(one.levels[0], value=None, share=None)
    assert one.levels[-1].share is None
    assert one.forecast == date(2026, 12, 18)
    assert share_words(one) == "0.78 of 0.90"


def test_m5_two_metrics_each_have_a_way_of_their_own() -> None:
    both = [replace(one, metrics={**one.metrics, "log loss": 0.4}) for one in STEADY]
    told = burn_ups(_atlas(RECALL, LOSS, replace(LOSS, name="AUC", target=None)), both, T0)
    assert [(one.metric.name, one.pace) for one in told] == [
        ("Recall", Pace.OPEN),
        ("Log loss", Pace.TOO_FEW),
    ]


def _atlas(*metrics: Metric, deadline: str = "", items: tuple[Item, ...] = ()) -> Project:
    fields = {"deadline": deadline} if deadline else {}
    return replace(project(*items), scope=Scope(fields=fields, metrics=metrics))


def test_a_target_is_due_with_the_metrics_else_at_the_deadline_else_at_the_last_milestone() -> None:
    last = date(2027, 3, 1)
    marks = (
        _milestone(1, "Launch", last),
        replace(_milestone(2, "Review", last + DAY), removed=True),
        replace(_milestone(3, "Data", last + DAY), item=7),
        replace(_milestone(4, "Kick-off", last + DAY), met_on=TODAY),
    )
    atlas = replace(_atlas(RECALL), milestones=marks)
    assert due_of(atlas) == Due(last, "milestone Launch")
    dated = replace(_atlas(RECALL, deadline="2027-02-01"), milestones=marks)
    assert due_of(dated) == Due(date(2027, 2, 1), "deadline")
    stage = Item(9, "metrics", Kind.STAGE, "Success metrics", (), due=date(2027, 1, 5))
    assert due_of(replace(dated, items=(stage,))) == Due(date(2027, 1, 5), "due date")
    assert due_of(_atlas(RECALL)) is None


def _milestone(key: int, title: str, due: date) -> Milestone:
    return Milestone(key, title.lower(), title, None, due, (Forecast(due, "", None, T0),))


# --- the health of a project ----------------------------------------------------------------------


def test_t5_the_metric_of_a_projects_health_comes_from_its_runs() -> None:
    stage = Item(7, "modelling", Kind.STAGE, "Modelling", (), status=Status.IN_PROGRESS)
    atlas = _atlas(RECALL, deadline="2026-12-10", items=(stage,))
    late = health(atlas, PEOPLE, TODAY, trends=burn_ups(atlas, STEADY, T0))
    metric = next(one for one in late.ratings if one.dimension is Dimension.METRIC)
    assert late.computed is Light.RED
    assert metric.sentence == (
        "Recall: at this slope the target is met on 2026-12-18, the deadline is 2026-12-10"
    )
    reached = health(atlas, PEOPLE, TODAY, trends=burn_ups(atlas, [run(0.9, 1)], T0))
    metric = next(one for one in reached.ratings if one.dimension is Dimension.METRIC)
    assert metric.light is Light.GREEN
    assert metric.sentence == "Recall: the target 0.9 is reached with 0.9."


def test_t5_what_is_overdue_is_told_once_and_not_where_a_run_has_reached_it() -> None:
    stage = Item(7, "modelling", Kind.STAGE, "Modelling", (), status=Status.IN_PROGRESS)
    atlas = _atlas(replace(RECALL, current=0.75), deadline="2026-11-20", items=(stage,))

    def metric(runs: Sequence[Run]) -> tuple[Light, int]:
        found = health(atlas, PEOPLE, TODAY, trends=burn_ups(atlas, runs, T0)).ratings
        [one] = [one for one in found if one.dimension is Dimension.METRIC]
        return one.light, one.more

    assert metric(STEADY) == (Light.RED, 0)
    assert metric([run(0.95, 1)]) == (Light.GREEN, 0)


# --- what holds whatever the runs are -------------------------------------------------------------

VALUES = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 60 * 24)),
    max_size=25,
    unique_by=lambda pair: pair[1],
)


def _runs(pairs: Sequence[tuple[int, int]], scale: float = 1.0, shift: float = 0.0) -> list[Run]:
    return [run(value * scale + shift, ago / 24, f"k{n}") for n, (value, ago) in enumerate(pairs)]


def _metric(*, higher: bool, scale: float = 1.0, shift: float = 0.0) -> Metric:
    ends = (100.0, 900.0) if higher else (900.0, 100.0)
    baseline, target = (one * scale + shift for one in ends)
    return Metric("Recall", (), higher, "", baseline, target, None, None)


@given(VALUES, st.booleans())
def test_the_share_that_is_closed_never_goes_back(
    pairs: Sequence[tuple[int, int]], higher: bool
) -> None:
    shares = [one.share for one in told(_runs(pairs), _metric(higher=higher)).levels]
    known = [share for share in shares if share is not None]
    assert len(known) == len(shares)
    assert all(a <= b for a, b in pairwise(known))


@given(VALUES, st.sampled_from([0.25, 0.5, 2.0, 8.0]), st.sampled_from([-4096.0, 0.0, 64.0]))
def test_neither_the_unit_nor_the_direction_of_a_metric_changes_the_forecast(
    pairs: Sequence[tuple[int, int]], scale: float, shift: float
) -> None:
    plain = told(_runs(pairs), _metric(higher=True))
    for sign in (1, -1):
        metric = _metric(higher=sign == 1)
        metric = replace(
            metric,
            baseline=100 * scale * sign + shift,
            target=900 * scale * sign + shift,
        )
        other = told(_runs(pairs, scale * sign, shift), metric)
        assert (other.pace, other.forecast) == (plain.pace, plain.forecast)
        assert [one.share for one in other.levels] == [one.share for one in plain.levels]


@given(VALUES)
def test_the_order_in_which_runs_are_told_does_not_matter(
    pairs: list[tuple[int, int]],
) -> None:
    runs = _runs(pairs)
    assert told(runs[::-1]) == told(runs)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-1000, 1000)), max_size=12))
def test_the_slope_is_the_median_of_all_slopes_between_two_points(
    points: list[tuple[int, int]],
) -> None:
    slopes = []
    for first in points:
        for second in points:
            if first[0] < second[0]:
                slopes.append((second[1] - first[1]) / (second[0] - first[0]))
    assert theil_sen(points) == (pytest.approx(median(slopes)) if slopes else None)


@given(st.integers(-50, 50), st.integers(-5, 5), st.integers(0, 9), st.integers(-999, 999))
def test_one_odd_point_among_ten_moves_a_straight_line_little(
    start: int, slope: int, odd: int, by: int
) -> None:
    assume(by != 0)
    line = [(float(x), float(start + slope * x)) for x in range(10)]
    line[odd] = (line[odd][0], line[odd][1] + by)
    assert theil_sen(line) == pytest.approx(slope)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.floats(), st.just(math.nan)),
            st.timedeltas(timedelta(days=-2000), timedelta(days=2000)),
        ),
        max_size=12,
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
def test_nothing_that_a_tracker_may_hold_breaks_it(
    some: list[tuple[float, timedelta]], baseline: float, target: float, higher: bool
) -> None:
    runs = [
        replace(run(value, 0, f"k{n}"), started=None, ended=T0 + at)
        for n, (value, at) in enumerate(some)
    ]
    metric = Metric("Recall", (), higher, "", baseline, target, None, None)
    one = told(runs, metric)
    assert one.sentence.startswith("Recall: ")
    assert one.slope is None or one.slope >= 0
    assert one.forecast is None or one.forecast >= TODAY
