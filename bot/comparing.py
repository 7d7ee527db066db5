"""Runs side by side, and the best of them: what they log against the scope, and what differs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.burnup import BurnUp, counts
from bot.errors import Ambiguous, NotFound
from bot.evidence import Comparison, Standing, best, compared
from bot.people import Person
from bot.project import Metric, Project
from bot.qa.evidence import Tried
from bot.sources.base import Ref, Run
from bot.spelling import folded

FEWEST_SIGNS = 3
"""Of the beginning of an id: fewer fit too many."""
MOST_OPTIONS = 5


@dataclass(frozen=True, slots=True)
class BurnUpShown:
    """The ways of a project's metrics to their targets; `authors` are the people (ids) behind the
    runs that are the best, as far as they are known.
    """

    project: Project
    people: Mapping[int, Person]
    ways: tuple[BurnUp, ...]
    authors: Mapping[Ref, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """Runs side by side. `metrics` are those of the scope that any of them logs, each with how
    every run stands; `others` what else they log; `params` what differs, None where a run has none
    of it; `settings` names what they agree on (its number).
    """

    project: Project
    people: Mapping[int, Person]
    runs: tuple[Tried, ...]
    metrics: tuple[tuple[Metric, tuple[Comparison, ...]], ...]
    others: tuple[tuple[str, tuple[float | None, ...]], ...]
    params: tuple[tuple[str, tuple[str | None, ...]], ...]
    same: int


@dataclass(frozen=True, slots=True)
class BestShown:
    """The best finished run by each of some metrics: None where no run logs it. `finished` counts
    the runs that were looked at.
    """

    project: Project
    people: Mapping[int, Person]
    found: tuple[tuple[Metric, tuple[Tried, Comparison] | None], ...]
    finished: int


def meant(text: str, runs: Sequence[Tried], key: str | None = None) -> Tried:
    """The run of that id (`key`, where an address was given), of that name, or whose id begins so.

    Raises `NotFound` where there is none, `Ambiguous` where there are several.
    """
    wanted = folded(key or text)
    exact = [one for one in runs if folded(one.seen.ref.key) == wanted]
    named = [one for one in runs if folded(one.seen.name) == wanted] if wanted else []
    begun = [
        one
        for one in runs
        if len(wanted) >= FEWEST_SIGNS and folded(one.seen.ref.key).startswith(wanted)
    ]
    found = exact or named or begun
    if not found:
        raise NotFound("run", text)
    if len({one.seen.ref for one in found}) > 1:
        options = [(called(one.seen), one.seen.ref.key) for one in found[:MOST_OPTIONS]]
        raise Ambiguous("run", text, tuple(options))
    return found[0]


def called(run: Run) -> str:
    """ "gbm-wind (0ab12)"."""
    return f"{run.name} ({run.ref.key[:12]})" if run.name else run.ref.key[:12]


def side_by_side(project: Project, people: Mapping[int, Person], runs: Sequence[Tried]) -> Compared:
    rows = []
    scoped: set[str] = set()
    for metric in project.scope.metrics:
        told = tuple(one for run in runs for one in compared(run.seen, (metric,)))
        if any(one.standing is not Standing.MISSING for one in told):
            rows.append((metric, told))
            scoped |= {folded(name) for name in (metric.name, *metric.aliases)}
    logged = dict.fromkeys(name for one in runs for name in one.seen.metrics)
    others = tuple(
        (name, tuple(one.seen.metrics.get(name) for one in runs))
        for name in logged
        if folded(name) not in scoped
    )
    params = {
        name: tuple(_text(one.params.get(name)) for one in runs)
        for name in sorted({name for one in runs for name in one.params})
    }
    told_of = {
        "data": tuple(", ".join(one.seen.datasets) or None for one in runs),
        "commit": tuple(one.seen.commit[:12] or None for one in runs),
    }
    differing = [
        (name, values) for name, values in {**params, **told_of}.items() if len(set(values)) > 1
    ]
    same = sum(len(set(values)) == 1 for values in params.values())
    return Compared(project, people, tuple(runs), tuple(rows), others, tuple(differing), same)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def best_of(
    project: Project, people: Mapping[int, Person], runs: Sequence[Tried], name: str | None
) -> BestShown:
    """The best by the metric of that name: of the scope, or one that runs log, of which more is
    better unless somebody says otherwise; without a name by every metric of the scope.

    Raises `NotFound` for a metric that nobody knows.
    """
    done = {one.seen.ref: one for one in runs if counts(one.seen)}
    metrics = project.scope.metrics if name is None else (_metric(project, done.values(), name),)
    found = []
    for metric in metrics:
        top = best((one.seen for one in done.values()), metric)
        found.append((metric, (done[top[0].ref], top[1]) if top else None))
    return BestShown(project, people, tuple(found), len(done))


def _metric(project: Project, runs: Iterable[Tried], name: str) -> Metric:
    wanted = folded(name)
    for metric in project.scope.metrics:
        if wanted in {folded(each) for each in (metric.name, *metric.aliases)}:
            return metric
    logged = {folded(each): each for one in runs for each in one.seen.metrics}
    if wanted not in logged:
        there = tuple(metric.name for metric in project.scope.metrics)
        raise NotFound("metric", name, there=there)
    return Metric(logged[wanted], (), True, "", None, None, None, None)
