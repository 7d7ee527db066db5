"""How a project stands, in one word with a reason: for those who read one line of each."""

from collections.abc import Iterator, Mapping

from bot import blockers as hurdles
from bot.acting import Acting
from bot.condition import Blocker, Light
from bot.gaps import gaps
from bot.outcome import Gap
from bot.people import Person
from bot.project import CLOSED, Item, Letter, Project, Status, Vacancy
from bot.sheets import Cell, Look
from bot.telling import holder_name, owners

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


def light_cell(light: Light) -> Cell:
    """A light as a word with its sign and a fill: none of them is needed to understand it."""
    return Cell(f"{light.sign} {light.words}", LIGHTS[light])


def current(project: Project) -> Item | None:
    """The stage that the project is at: the first under way, else the first that is not closed."""
    stages = list(project.stages())
    under_way = (stage for stage in stages if stage.status.is_under_way)
    open_ones = (stage for stage in stages if stage.status not in CLOSED)
    return next(under_way, None) or next(open_ones, None)


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


def owner(
    project: Project,
    item: Item,
    people: Mapping[int, Person],
    acting: Mapping[int, Acting] = owners.NOBODY,
) -> Cell:
    """Who is accountable as answers name them, or what stands in that place; of an offer the day,
    for a file is read later.
    """
    if words := owners.owner(project, item, people, acting):
        return Cell(words, Look.TEXT)
    held = [one.holder for one in project.raci(item) if one.letter is Letter.A]
    if item.status in CLOSED and not held:
        return Cell(None, Look.TEXT)
    if not held:
        return Cell("nobody", Look.GAP)
    left = "" if isinstance(held[0], Vacancy) else " (left)"
    return Cell(f"{holder_name(held[0], people)}{left}", Look.GAP)


def blocker_owner(
    project: Project,
    item: Item,
    blocker: Blocker,
    people: Mapping[int, Person],
    acting: Mapping[int, Acting] = owners.NOBODY,
) -> Cell:
    """Whose a blocker is."""
    key = hurdles.whose(project, item, blocker, people)
    if key is None or key not in people:
        return Cell("nobody", Look.GAP)
    return Cell(owners.of_blocker(key, project, item, people, acting), Look.TEXT)


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
