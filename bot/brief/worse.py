"""What turned worse within a week."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.brief.values import Line, Material, Rule
from bot.burnup import burn_ups
from bot.condition import Light
from bot.digests import standing
from bot.digests.values import Aim, Linked, Window
from bot.evidence import numbers
from bot.gaps import gaps
from bot.health import Dimension, Health, by_age, health
from bot.hindsight import people_at, project_at
from bot.milestones import Milestone
from bot.moments import own_day
from bot.people import Person
from bot.project import CLOSED, Item, Metric, Project, Status
from bot.sources.base import Run

_LIGHTS = tuple(Light)
_RED, _LATER, _NUMBERS, _AMBER = range(4)
"""What comes first of all that turned worse."""


def worse(
    project: Project, evidence: Sequence[Linked], material: Material, window: Window
) -> Iterator[Line]:
    then = project_at(project, material.courses[project.id], window.since)
    if then is not None:
        yield from _health(project, then, evidence, material.people, window)
        yield from _items(project, then)
        yield from _metrics(project, then)
    yield from _milestones(project, window.since)
    yield from _runs(project, evidence, material, window)


def _health(
    project: Project,
    then: Project,
    evidence: Sequence[Linked],
    people: Mapping[int, Person],
    window: Window,
) -> Iterator[Line]:
    zone = window.zone
    runs = [seen for one in evidence if isinstance(seen := one.sighting.seen, Run)]
    ways = burn_ups(project, runs, window.now, zone)
    now = health(project, people, own_day(window.now, zone), zone, ways)
    day = own_day(window.since, zone)
    old = [run for run in runs if run.ended is not None and run.ended <= window.since]
    ways = burn_ups(then, old, window.since, zone)
    before = health(then, people_at(people, window.since, zone), day, zone, ways)
    if now.light not in (Light.RED, Light.AMBER):
        return
    if _LIGHTS.index(now.light) >= _LIGHTS.index(before.light):
        return
    turned = f"{before.light.words.lower()} a week ago"
    reason = now.opinion.reason if now.opinion else now.reason
    yield Line(
        Rule.HEALTH,
        project,
        _reason(project, now, people),
        f"{now.light.sign} {now.light.words}: {reason.rstrip('.')}",
        turned,
        rank=(_RED if now.light is Light.RED else _AMBER, _LIGHTS.index(now.light)),
    )


def _reason(project: Project, now: Health, people: Mapping[int, Person]) -> Item | None:
    """The item that the reason names, where it is about one that other sections would name too."""
    if now.opinion is not None:
        return None
    worst = next((one for one in now.ratings if one.light is now.computed), None)
    match worst.dimension if worst else None:
        case Dimension.BLOCKERS if now.computed is Light.RED:
            return next(iter(by_age(_in(project, Status.BLOCKED))), None)
        case Dimension.OWNERSHIP:
            return next((gap.item for gap in gaps(project, people) if gap.is_unowned), None)
        case _:
            return None


def _in(project: Project, status: Status) -> Iterator[Item]:
    return (item for item in project.items if item.status is status)


def _items(project: Project, then: Project) -> Iterator[Line]:
    before = {item.id: item.due for item in then.items}
    for item in project.items:
        was = before.get(item.id)
        if item.status not in CLOSED and was and item.due and item.due > was:
            yield _later(project, item, item.title, was, item.due)


def _milestones(project: Project, since: datetime) -> Iterator[Line]:
    items = {item.id: item for item in project.items}
    for one in project.milestones:
        was = _due_at(one, since)
        if not one.removed and one.met_on is None and was is not None and one.due > was:
            yield _later(project, items.get(one.item or 0), one.title, was, one.due)


def _due_at(milestone: Milestone, moment: datetime) -> date | None:
    told = [one.due for one in milestone.forecasts if one.at <= moment]
    return told[-1] if told else None


def _later(project: Project, item: Item | None, title: str, was: date, due: date) -> Line:
    days = (due - was).days
    said = f"{days} day{'s' if days != 1 else ''} later than a week ago"
    return Line(
        Rule.SLIP,
        project,
        item,
        f"{title}: due {due.isoformat()} instead of {was.isoformat()}",
        said,
        rank=(_LATER, -days),
    )


def _metrics(project: Project, then: Project) -> Iterator[Line]:
    before = {one.name: one for one in then.scope.metrics}
    for metric in project.scope.metrics:
        was = before.get(metric.name)
        if was is None or metric.target is None or project.finish is not None:
            continue
        if _is_worse(metric, metric.current, was.current):
            now, earlier, target = numbers(metric.current, was.current, metric.target)
            unit = f" {metric.unit.strip()}" if metric.unit.strip() else ""
            yield Line(
                Rule.METRIC,
                project,
                None,
                f"{metric.name} is {now}{unit}, target {target}{unit}",
                f"{earlier} a week ago",
                rank=(_NUMBERS, 0),
            )


def _is_worse(metric: Metric, now: float | None, before: float | None) -> bool:
    if now is None or before is None:
        return False
    return now < before if metric.higher else now > before


def _runs(
    project: Project, evidence: Sequence[Linked], material: Material, window: Window
) -> Iterator[Line]:
    earlier = [one for one in evidence if one.moved_at < window.since]
    lately = [one for one in evidence if one.moved_at >= window.since]
    before, now = (_best(project, some, material, window) for some in (earlier, lately))
    if before is None or now is None:
        return
    metric = now.comparison.metric
    if before.comparison.metric.name != metric.name or project.finish is not None:
        return
    if _is_worse(metric, now.comparison.value, before.comparison.value):
        value, best = numbers(now.comparison.value, before.comparison.value)
        yield Line(
            Rule.RUNS,
            project,
            None,
            f"the best run of the week has {metric.name} {value}",
            f"{best} before",
            rank=(_NUMBERS, 1),
        )


def _best(
    project: Project, evidence: Sequence[Linked], material: Material, window: Window
) -> Aim | None:
    wanted = material.aims.get(project.id, "")
    found = standing.runs(project, evidence, wanted, material.highers, window)
    return found.aim if found else None
