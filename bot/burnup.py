"""How much of a metric's gap finished runs have closed by now, how fast, and whether that does.

A run counts from when it ended (began, where nobody tells) and as far as it is better than the
baseline and than every one before it. Deleted ones, and those whose value is no number, count for
nothing; what was exported of a tracker that is gone counts like any other.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations
from statistics import median
from typing import assert_never

from bot.condition import Light
from bot.evidence import Comparison, Standing, compare, compared, numbers, percent
from bot.moments import own_day
from bot.project import Metric, Project
from bot.scope import deadline
from bot.sources.base import Run, RunState

WEEK = timedelta(days=7)
MOST_WEEKS = 12
"""Weeks that are looked back on."""
MOST_STEPS = 10
"""Improvements that a forecast is made of, the last ones: how fast it goes by now."""
FEWEST_STEPS = 3
"""With fewer there is no forecast: two points lie on a line whatever they are."""
STALLED_AFTER = 3 * WEEK
FARTHEST = timedelta(days=3653)
"""A target that is farther away than this has no day."""


class Pace(StrEnum):
    """What can be said of the way to a target."""

    NO_TARGET = "no_target"
    NO_RUNS = "no_runs"
    """No finished run logs it."""
    REACHED = "reached"
    STALLED = "stalled"
    """There was no improvement for three weeks or longer."""
    TOO_FEW = "too_few"
    """Too few improvements for a forecast."""
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    """There is a forecast, and no deadline to hold it against."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run that was better than all before it. `at` None: nobody tells when it was."""

    run: Run
    value: float
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Level:
    """How far it was on a day: the best value by then (None: none yet), and the share of the gap
    that is closed, 1.0 being all of it; None where there is no gap to have a share of.
    """

    day: date
    value: float | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Due:
    """By when targets are to be reached, and what says so: "deadline", "milestone Launch"."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class BurnUp:
    """The way of one metric of a project to its target.

    `best` is the run that is furthest, held against the scope; `steps` are all that led there. The
    `levels` are a week apart, the last one is now. `slope` is how much it improves in a day, in the
    metric's own unit, and never below 0; None where that cannot be said. `forecast` is the day on
    which the target is met at that slope.
    """

    metric: Metric
    pace: Pace
    light: Light
    sentence: str
    steps: tuple[Step, ...] = ()
    levels: tuple[Level, ...] = ()
    best: Comparison | None = None
    slope: float | None = None
    forecast: date | None = None
    due: Due | None = None

    @property
    def leader(self) -> Run | None:
        """The best run so far."""
        return self.steps[-1].run if self.steps else None


def burn_ups(
    project: Project, runs: Iterable[Run], now: datetime, zone: str = "UTC"
) -> tuple[BurnUp, ...]:
    """One for each metric of the scope that has a target or that finished runs log, in its order;
    days are those of `zone`.
    """
    done = [run for run in runs if counts(run)]
    due = due_of(project)
    return tuple(
        one
        for metric in project.scope.metrics
        if (one := burn_up(metric, done, due, now, zone)).steps or metric.target is not None
    )


def counts(run: Run) -> bool:
    """Whether a run may be the best: it is finished, and still there."""
    return run.state is RunState.FINISHED and not run.deleted


def due_of(project: Project) -> Due | None:
    """By when: when the metrics are due, else the deadline, else the last milestone that is open
    and of the project as a whole.
    """
    stage = project.item("metrics")
    if stage is not None and stage.due is not None:
        return Due(stage.due, "due date")
    if (last := deadline(project.scope)) is not None:
        return Due(last, "deadline")
    marks = [
        one
        for one in project.milestones
        if one.item is None and one.met_on is None and not one.removed
    ]
    final = max(marks, key=lambda one: (one.due, one.id), default=None)
    return Due(final.due, f"milestone {final.title}") if final else None


def burn_up(
    metric: Metric,
    runs: Iterable[Run],
    due: Due | None,
    now: datetime,
    zone: str = "UTC",
) -> BurnUp:
    steps = improvements(metric, runs, now)
    best = compare(metric, steps[-1].value) if steps else None
    slope = pace_of(metric, steps)
    last = steps[-1].at if steps else None
    if last is not None and now - last >= STALLED_AFTER:
        slope = 0.0
    forecast = None
    if best is not None and metric.target is not None and best.standing is not Standing.REACHED:
        forecast = _met_on(abs(metric.target - steps[-1].value), slope, last, now, zone)
    pace = _pace(metric, best, slope, forecast, due)
    light = _light(pace, due, own_day(now, zone))
    told = _sentence(metric, pace, steps, forecast, _until(due, own_day(now, zone)), now)
    levels = _levels(metric, steps, now, zone)
    return BurnUp(metric, pace, light, told, steps, levels, best, slope, forecast, due)


# --- the way so far -------------------------------------------------------------------------------


def improvements(metric: Metric, runs: Iterable[Run], now: datetime) -> tuple[Step, ...]:
    """The runs that were the best so far when they came, in that order: those first of which nobody
    tells when, and of equals the one with the lesser id. What is to end later ends now.

    Without a baseline the first run is the first step.
    """
    way = 1 if metric.higher else -1
    found: list[Step] = []
    for run in runs:
        [one] = compared(run, (metric,))
        if one.value is None or one.standing is Standing.NOT_A_NUMBER or not counts(run):
            continue
        at = run.ended or run.started
        found.append(Step(run, one.value, min(at, now) if at else None))
    found.sort(
        key=lambda one: (one.at is not None, one.at or now, -one.value * way, one.run.ref.key)
    )
    best = metric.baseline if metric.baseline is not None else -math.inf * way
    steps: list[Step] = []
    for step in found:
        if (step.value - best) * way > 0:
            best = step.value
            steps.append(step)
    return tuple(steps)


def _levels(metric: Metric, steps: Sequence[Step], now: datetime, zone: str) -> tuple[Level, ...]:
    """The weeks from the one in which it began to improve, and the one before that."""
    known = [one.at for one in steps if one.at is not None]
    if not known:
        return ()
    weeks = min(MOST_WEEKS, (now - min(known)) // WEEK + 1)
    return tuple(_level(metric, steps, now - WEEK * back, zone) for back in range(weeks, -1, -1))


def _level(metric: Metric, steps: Sequence[Step], moment: datetime, zone: str) -> Level:
    by_then = [one.value for one in steps if one.at is None or one.at <= moment]
    value = by_then[-1] if by_then else metric.baseline
    share = compare(metric, value).share if value is not None else None
    return Level(own_day(moment, zone), value, share)


# --- how fast -------------------------------------------------------------------------------------


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """The slope of a line through points: the median of the slopes between any two of them that
    differ in the first coordinate. None where no two do. A single odd one hardly moves it.
    """
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if a[0] != b[0]]
    finite = [slope for slope in slopes if math.isfinite(slope)]
    return median(finite) if finite else None


def pace_of(metric: Metric, steps: Sequence[Step]) -> float | None:
    """How much it improves in a day, by its last improvements; None where these are too few."""
    known = [one for one in steps if one.at is not None][-MOST_STEPS:]
    if len(known) < FEWEST_STEPS:
        return None
    way = 1 if metric.higher else -1
    first = known[0].at
    points = [
        ((one.at - first) / timedelta(days=1), one.value * way)
        for one in known
        if one.at is not None and first is not None
    ]
    return theil_sen(points)


def _met_on(
    left: float, slope: float | None, last: datetime | None, now: datetime, zone: str
) -> date | None:
    """When what is `left` is made up for, counted from the last improvement; from now on, where
    that would have been before now. None for a day that is too far away.
    """
    if not slope or last is None or not left / slope < FARTHEST / timedelta(days=1):
        return None
    lasts = timedelta(days=left / slope)
    return own_day(last + lasts if last + lasts >= now else now + lasts, zone)


# --- what that means ------------------------------------------------------------------------------


def _pace(
    metric: Metric,
    best: Comparison | None,
    slope: float | None,
    forecast: date | None,
    due: Due | None,
) -> Pace:
    if metric.target is None:
        return Pace.NO_TARGET
    if best is not None and best.standing is Standing.REACHED:
        return Pace.REACHED
    if best is None:
        return Pace.NO_RUNS
    if slope is None:
        return Pace.TOO_FEW
    if slope == 0:
        return Pace.STALLED
    if due is None:
        return Pace.OPEN
    return Pace.ON_TIME if forecast is not None and forecast <= due.day else Pace.LATE


def _light(pace: Pace, due: Due | None, today: date) -> Light:
    """Red where the target is not met in time by all that is known; amber where nothing moves."""
    match pace:
        case Pace.REACHED | Pace.ON_TIME:
            return Light.GREEN
        case _ if due is not None and due.day < today and pace is not Pace.NO_TARGET:
            return Light.RED
        case Pace.LATE:
            return Light.RED
        case Pace.STALLED:
            return Light.AMBER
        case _:
            return Light.GREY


def _until(due: Due | None, today: date) -> str:
    """By when, to be said after the rest."""
    if due is None:
        return ""
    return f", the {due.what} {'was' if due.day < today else 'is'} {due.day.isoformat()}"


def _sentence(
    metric: Metric,
    pace: Pace,
    steps: Sequence[Step],
    forecast: date | None,
    until: str,
    now: datetime,
) -> str:
    """In one sentence, without a full stop: "Recall: at this slope the target is met on 2026-06-09,
    the deadline is 2026-05-20".
    """
    best = steps[-1].value if steps else None
    value, target = numbers(best, metric.target)
    match pace:
        case Pace.NO_TARGET:
            said = "the scope sets no target"
        case Pace.NO_RUNS:
            better = " is better than the baseline" if metric.baseline is not None else " logs it"
            said = f"no finished run{better}{until}"
        case Pace.REACHED:
            said = f"the target {target} is reached with {value}"
        case Pace.STALLED:
            last = steps[-1].at
            weeks = (now - last) // WEEK if last else 0
            said = f"no improvement in {weeks} weeks, {value} of {target}{until}"
        case Pace.TOO_FEW:
            count = sum(one.at is not None for one in steps)
            often = "once" if count == 1 else f"{count} times"
            known = f"it improved {often}" if count else "nobody tells when it improved"
            said = f"{known}, too few for a forecast ({FEWEST_STEPS} are needed){until}"
        case Pace.ON_TIME | Pace.LATE | Pace.OPEN:
            on = f"on {forecast.isoformat()}" if forecast else "in more than ten years"
            said = f"at this slope the target is met {on}{until}"
        case _:
            assert_never(pace)
    return f"{metric.name}: {said}"


def share_words(one: BurnUp) -> str:
    """ "66.7 % of the gap from 0.71 to 0.80"; the bare value where there is no gap."""
    metric, best = one.metric, one.best
    if best is None:
        return ""
    value, baseline, target = numbers(best.value, metric.baseline, metric.target)
    if best.share is None:
        return f"{value} of {target}" if metric.target is not None else value
    return f"{percent(best.share)} of the gap from {baseline} to {target}"


Trends = Mapping[int, Sequence[BurnUp]]
"""The ways of projects (by id) to their targets."""
