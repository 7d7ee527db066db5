"""How a project does: the worst of four things, each with one sentence.

Somebody may set it otherwise; what is computed stays beside that.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot import blockers, workdays
from bot.burnup import BurnUp, Pace
from bot.condition import Light, Opinion
from bot.gaps import gaps
from bot.people import Person
from bot.project import CLOSED, EVER, Item, Metric, Project, Status
from bot.scope import deadline
from bot.slips import slip

_WORST_FIRST = tuple(Light)


class Dimension(StrEnum):
    """What a project's health is made of, in the order in which it is told."""

    BLOCKERS = "blockers"
    SCHEDULE = "schedule"
    METRIC = "metric"
    OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class Rating:
    """How one thing stands, and why; `more` counts what else could be said of it."""

    dimension: Dimension
    light: Light
    sentence: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What is computed (`computed`, with its reason), what it is made of, and what was said."""

    computed: Light
    reason: str
    ratings: tuple[Rating, ...]
    opinion: Opinion | None = None

    @property
    def light(self) -> Light:
        """What counts: somebody's opinion, else what is computed."""
        return self.opinion.light if self.opinion else self.computed

    def words(self, people: Mapping[int, Person]) -> str:
        """ "Green (set by Pia; computed Red: Recall is 3 days overdue)"."""
        if self.opinion is None:
            return f"{self.computed.words}: {self.reason}"
        by = people.get(self.opinion.by or 0)
        who = by.name if by else "the operator"
        computed = f"computed {self.computed.words}: {self.reason.rstrip('.')}"
        return f"{self.opinion.light.words} (set by {who}; {computed})"


@dataclass(frozen=True, slots=True)
class HealthShown:
    """How a project does, to look at."""

    project: Project
    health: Health
    people: dict[int, Person]


def health(
    project: Project,
    people: Mapping[int, Person],
    today: date,
    zone: str = "UTC",
    trends: Sequence[BurnUp] = (),
) -> Health:
    """The worst of what can be said of a project, and how much more there is of it, on a day of
    `zone`. `trends` are what its runs say of its metrics.
    """
    said = {
        Dimension.BLOCKERS: list(_obstacles(project, people, today, zone)),
        Dimension.SCHEDULE: list(_schedule(project, today)),
        Dimension.METRIC: list(_metrics(project, today, trends)),
        Dimension.OWNERSHIP: list(_ownership(project, people)),
    }
    well = {**_WELL, Dimension.METRIC: _going_well(trends)}
    ratings = tuple(_rating(one, worries, well[one]) for one, worries in said.items())
    worst = min((one.light for one in ratings), key=_WORST_FIRST.index)
    if worst in (Light.RED, Light.AMBER):
        first = next(one for one in ratings if one.light is worst)
        count = sum(light is worst for worries in said.values() for light, _ in worries)
        more = f" (and {count - 1} more)" if count > 1 else ""
        return Health(worst, first.sentence + more, ratings, project.opinion)
    return Health(*_calm(project), ratings, project.opinion)


Worry = tuple[Light, str]

_WELL = {
    Dimension.BLOCKERS: "Nothing is blocked or at risk.",
    Dimension.SCHEDULE: "Nothing is late.",
    Dimension.METRIC: "No target is missed.",
    Dimension.OWNERSHIP: "Somebody is accountable for all that is under way.",
}


def _rating(dimension: Dimension, worries: Sequence[Worry], well: str) -> Rating:
    if not worries:
        return Rating(dimension, Light.GREEN, well)
    light, sentence = min(worries, key=lambda worry: _WORST_FIRST.index(worry[0]))
    return Rating(dimension, light, sentence, len(worries) - 1)


def _calm(project: Project) -> Worry:
    """In one word, where nothing worries."""
    states = {item.status for item in project.items}
    if states and states <= CLOSED:
        why = project.finish.why if project.finish else ""
        return Light.DONE, f"Everything is done: {why}" if why else "Everything is done."
    if not states - {Status.NOT_STARTED, Status.SKIPPED}:
        return Light.GREY, "Nothing has begun."
    if Status.ON_HOLD in states and not any(state.is_under_way for state in states):
        return Light.HOLD, "What is left is on hold."
    return Light.GREEN, "Nothing is blocked, late or at risk."


def _obstacles(
    project: Project, people: Mapping[int, Person], today: date, zone: str
) -> Iterator[Worry]:
    for item in by_age(item for item in project.items if item.status is Status.BLOCKED):
        first, *others = blockers.of(item)
        more = f" (and {len(others)} more)" if others else ""
        days = blockers.age(project, item, first, people, today, zone)
        lasting = f" for {workdays.words(days)}" if days else ""
        yield Light.RED, f"{item.title} is blocked{lasting}{because(first.text)}{more}"
    for item in by_age(item for item in project.items if item.status is Status.AT_RISK):
        yield Light.AMBER, f"{item.title} is at risk{because(item.note)}"


def _schedule(project: Project, today: date) -> Iterator[Worry]:
    late = [item for item in project.items if days_late(item, today)]
    for item in sorted(late, key=lambda item: item.due or today):
        yield Light.RED, f"{item.title} is {_days(days_late(item, today))} late"
    if (day := deadline(project.scope)) and day < today and not _is_closed(project):
        yield Light.RED, f"The deadline was {_days((today - day).days)} ago"
    slipped = slip(baseline_end(project), forecast_end(project))
    if slipped and slipped > 0:
        yield Light.AMBER, f"The end has slipped by {_days(slipped)}"


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"


def _metrics(project: Project, today: date, trends: Sequence[BurnUp]) -> Iterator[Worry]:
    """What is overdue; and what will not be there in time, as its runs go. A run that has reached
    the target says so before anybody writes that down.
    """
    if project.finish is not None:
        return
    day = target_day(project)
    reached = {one.metric.name for one in trends if one.pace is Pace.REACHED}
    for metric in missed(project):
        if metric.name in reached:
            continue
        if day is not None and day < today:
            yield (
                Light.RED,
                f"{metric.name} is {_days((today - day).days)} overdue: {_so_far(metric)}",
            )
        elif _is_closed(project):
            yield Light.RED, f"{metric.name} missed its target: {_so_far(metric)}"
    if not _is_closed(project) and (day is None or day >= today):
        for one in trends:
            if one.light in (Light.RED, Light.AMBER):
                yield one.light, one.sentence


def _going_well(trends: Sequence[BurnUp]) -> str:
    told = next((one.sentence for one in trends if one.light is Light.GREEN), None)
    return f"{told}." if told else _WELL[Dimension.METRIC]


def missed(project: Project) -> tuple[Metric, ...]:
    """The success metrics that have a target and are not there yet."""
    return tuple(
        one for one in project.scope.metrics if one.target is not None and not _is_met(one)
    )


def _is_met(metric: Metric) -> bool:
    if metric.current is None or metric.target is None:
        return False
    return metric.current >= metric.target if metric.higher else metric.current <= metric.target


def _so_far(metric: Metric) -> str:
    unit = f" {metric.unit.strip()}" if metric.unit.strip() else ""
    now = "not measured" if metric.current is None else f"{metric.current:g}"
    return f"{now} of {metric.target:g}{unit}"


def target_day(project: Project) -> date | None:
    """By when the targets are to be reached: when the metrics are due, else the deadline."""
    stage = project.item("metrics")
    return (stage.due if stage else None) or deadline(project.scope)


def _ownership(project: Project, people: Mapping[int, Person]) -> Iterator[Worry]:
    for gap in gaps(project, people):
        if gap.is_unowned:
            yield Light.AMBER, f"Nobody is accountable for {gap.item.title}"


def _is_closed(project: Project) -> bool:
    return bool(project.items) and all(item.status in CLOSED for item in project.items)


def because(note: str | None) -> str:
    return f": {' '.join(note.split())}" if note and note.strip() else ""


def by_age(items: Iterator[Item]) -> list[Item]:
    """The longest in their status first; first of all those from before the record began."""
    return sorted(items, key=lambda item: item.updated or EVER)


def is_pending(item: Item) -> bool:
    """Whether its due date counts: it is neither closed nor on hold."""
    return item.status not in CLOSED and item.status is not Status.ON_HOLD


def days_late(item: Item, today: date) -> int:
    """How many days an open item is past its due date."""
    if item.due is None or not is_pending(item):
        return 0
    return max(0, (today - item.due).days)


def baseline_end(project: Project) -> date | None:
    """The end as first planned: the latest first due date of what is not skipped."""
    return max(filter(None, (item.baseline_due for item in _planned(project))), default=None)


def forecast_end(project: Project) -> date | None:
    return max(filter(None, (item.due for item in _planned(project))), default=None)


def _planned(project: Project) -> Iterator[Item]:
    return (item for item in project.items if item.status is not Status.SKIPPED)
