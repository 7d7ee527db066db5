"""How a project stands, in one word with a reason: for those who read one line of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.gaps import CLOSED, UNDER_WAY, fills, gaps
from bot.outcome import Gap
from bot.people import Person
from bot.project import Item, Letter, Project, Status, Vacancy
from bot.sheets import Cell, Look
from bot.telling import holder_name


class Light(StrEnum):
    """From worst to best."""

    RED = "▲ Red"
    AMBER = "◆ Amber"
    HOLD = "‖ On hold"
    GREY = "○ Not begun"
    GREEN = "● Green"
    DONE = "✓ Done"


LIGHTS: dict[Light, Look] = {
    Light.RED: Look.RED,
    Light.AMBER: Look.AMBER,
    Light.HOLD: Look.PLAIN,
    Light.GREY: Look.PLAIN,
    Light.GREEN: Look.GREEN,
    Light.DONE: Look.GREEN,
}

STATUSES: dict[Status, Cell] = {
    Status.NOT_STARTED: Cell("○ not started", Look.PLAIN),
    Status.IN_PROGRESS: Cell("● in progress", Look.BLUE),
    Status.AT_RISK: Cell("◆ at risk", Look.AMBER),
    Status.BLOCKED: Cell("▲ blocked", Look.RED),
    Status.DONE: Cell("✓ done", Look.GREEN),
    Status.SKIPPED: Cell("– skipped", Look.STRUCK),
    Status.ON_HOLD: Cell("‖ on hold", Look.PLAIN),
}
"""A status in words, with a sign and a fill: none of them is needed to understand it."""


@dataclass(frozen=True, slots=True)
class Health:
    light: Light
    reason: str

    def cell(self) -> Cell:
        return Cell(self.light.value, LIGHTS[self.light])


def health(project: Project, people: Mapping[int, Person], today: date) -> Health:
    """The worst of what can be said of a project, and how much more there is of it."""
    for light, worries in (
        (Light.RED, list(_alarms(project, today))),
        (Light.AMBER, list(_worries(project, people))),
    ):
        if worries:
            more = f" (and {len(worries) - 1} more)" if len(worries) > 1 else ""
            return Health(light, worries[0] + more)
    states = {item.status for item in project.items}
    if states and states <= CLOSED:
        return Health(Light.DONE, "Everything is done.")
    if not states - {Status.NOT_STARTED, Status.SKIPPED}:
        return Health(Light.GREY, "Nothing has begun.")
    if Status.ON_HOLD in states and not states & UNDER_WAY:
        return Health(Light.HOLD, "What is left is on hold.")
    return Health(Light.GREEN, "Nothing is blocked, late or at risk.")


def _alarms(project: Project, today: date) -> Iterator[str]:
    for item in by_age(item for item in project.items if item.status is Status.BLOCKED):
        yield f"{item.title} is blocked{because(item)}"
    late = [item for item in project.items if days_late(item, today)]
    for item in sorted(late, key=lambda item: item.due or today):
        days = days_late(item, today)
        yield f"{item.title} is {days} {'day' if days == 1 else 'days'} late"


def _worries(project: Project, people: Mapping[int, Person]) -> Iterator[str]:
    for item in by_age(item for item in project.items if item.status is Status.AT_RISK):
        yield f"{item.title} is at risk{because(item)}"
    for gap in gaps(project, people):
        if gap.missing is Letter.A and gap.item.status in UNDER_WAY:
            yield f"Nobody is accountable for {gap.item.title}"
    slipped = slip(baseline_end(project), forecast_end(project))
    if slipped and slipped > 0:
        yield f"The end has slipped by {slipped} {'day' if slipped == 1 else 'days'}"


def because(item: Item) -> str:
    return f": {' '.join(item.note.split())}" if item.note and item.note.strip() else ""


def by_age(items: Iterator[Item]) -> list[Item]:
    """The longest in their status first; first of all those from before the record began."""
    return sorted(items, key=lambda item: item.updated or date.min)


def days_late(item: Item, today: date) -> int:
    """How many days an open item is past its due date."""
    if item.due is None or item.status in CLOSED or item.status is Status.ON_HOLD:
        return 0
    return max(0, (today - item.due).days)


def current(project: Project) -> Item | None:
    """The stage that the project is at: the first under way, else the first that is not closed."""
    stages = list(project.stages())
    under_way = (stage for stage in stages if stage.status in UNDER_WAY)
    open_ones = (stage for stage in stages if stage.status not in CLOSED)
    return next(under_way, None) or next(open_ones, None)


def baseline_end(project: Project) -> date | None:
    """The end as first planned: the latest first due date of what is not skipped."""
    return max(filter(None, (item.baseline_due for item in _planned(project))), default=None)


def forecast_end(project: Project) -> date | None:
    return max(filter(None, (item.due for item in _planned(project))), default=None)


def _planned(project: Project) -> Iterator[Item]:
    return (item for item in project.items if item.status is not Status.SKIPPED)


def slip(baseline: date | None, forecast: date | None) -> int | None:
    return (forecast - baseline).days if baseline and forecast else None


def lacks(project: Project, people: Mapping[int, Person]) -> dict[int, str]:
    """What items lack, in words, by their ids: "no A: vacant (Data Engineer, DE-114); no R"."""
    found: dict[int, list[str]] = {}
    for gap in gaps(project, people):
        found.setdefault(gap.item.id, []).append(_lack(gap, people))
    return {item: "; ".join(words) for item, words in found.items()}


def _lack(gap: Gap, people: Mapping[int, Person]) -> str:
    why = why_missing(gap, people)
    return f"no {gap.missing.value}: {why}" if why else f"no {gap.missing.value}"


def why_missing(gap: Gap, people: Mapping[int, Person]) -> str:
    """What stands in the place of somebody; empty where nothing does."""
    holders = [one.holder for one in gap.project.raci(gap.item) if one.letter is gap.missing]
    open_ones = [holder for holder in holders if isinstance(holder, Vacancy)]
    words = ", ".join(holder_name(holder, people) for holder in open_ones or holders)
    if words and not open_ones:
        words += " has left" if len(holders) == 1 else " have left"
    return words


def owner(project: Project, item: Item, people: Mapping[int, Person]) -> Cell:
    """Who is accountable, or what stands in that place."""
    held = [one.holder for one in project.raci(item) if one.letter is Letter.A]
    there = [holder for holder in held if fills(holder, people)]
    if there:
        return Cell(holder_name(there[0], people), Look.TEXT)
    if item.status in CLOSED and not held:
        return Cell(None, Look.TEXT)
    if not held:
        return Cell("nobody", Look.GAP)
    left = "" if isinstance(held[0], Vacancy) else " (left)"
    return Cell(f"{holder_name(held[0], people)}{left}", Look.GAP)


def ordered(project: Project) -> Iterator[tuple[Item, Item | None]]:
    """Each stage and its components, in order: (stage, None), (stage, component) …

    A component whose stage is not there comes last, as a stage of its own.
    """
    stages = list(project.stages())
    for stage in stages:
        yield stage, None
        for component in project.components(stage.key):
            yield stage, component
    keys = {stage.key for stage in stages}
    for component in project.components():
        if component.parent not in keys:
            yield component, None
