"""What may go wrong, is taken for granted, has gone wrong or waits for others, and is open."""

from bot.project import Project
from bot.qa import wording
from bot.qa.facts import Facts
from bot.qa.replies import Answer, Point, Told
from bot.qa.rule import Form, Rule
from bot.qa.tallies import RAID, Wanted
from bot.qa.topics.having import NAMED, Having, having
from bot.qa.topics.topic import Asked, Place, Topic
from bot.raid import RaidEntry, RaidKind, ordered, rating
from bot.text import clip

_KINDS = {
    "risks": RaidKind.RISK,
    "assumptions": RaidKind.ASSUMPTION,
    "issues": RaidKind.ISSUE,
    "dependencies": RaidKind.DEPENDENCY,
}
_POINT = 160  # characters of one entry

RULES = (
    Rule(
        "list",
        ("|".join((*_KINDS, "raid")),),
        ("open", "best", "everywhere", "of_projects", "today", "count", "stage"),
    ),
)


def answer(asked: Asked) -> Answer:
    kinds = [kind for cue, kind in _KINDS.items() if asked.reading.has(cue)] or list(RaidKind)
    found = _found(asked, kinds)
    what = _named(kinds, found.total)
    verdict = bool(found.total) if asked.reading.form is Form.WHETHER else None
    if not found.total:
        return asked.answer(f"No open {what} on record{_where(asked)}.", verdict=verdict)
    points = (_point(project, entry, asked.facts) for project, entry in _heaviest(found))
    told = Told(f"{found.total} open {what}{_where(asked)}").listing(points, found.total)
    places = [_place(project, entry) for project, entry in found.first]
    owners = [entry.said.owner for _, entry in found.first if entry.said.owner]
    return asked.answer(told, places, people=owners, verdict=verdict)


def _found(asked: Asked, kinds: list[RaidKind]) -> Having[RaidEntry]:
    """Of the stages or components that are named; else of the projects that are meant."""
    if not asked.reading.items:
        return having(asked, _wanted(kinds), lambda project: _open(project, kinds))
    first = tuple(
        (place.project, entry)
        for place in asked.places()
        for entry in _open(place.project, kinds)
        if place.item is None or entry.said.item == place.item.id
    )
    return Having(len(first), first)


def _wanted(kinds: list[RaidKind]) -> Wanted:
    return Wanted(tuple(RAID[kind].value for kind in kinds))


def _open(project: Project, kinds: list[RaidKind]) -> list[RaidEntry]:
    return [one for one in ordered(project.raid) if one.is_open and one.kind in kinds]


def _heaviest(found: Having[RaidEntry]) -> list[tuple[Project, RaidEntry]]:
    """The heaviest first, where all are at hand; of more than that by project."""
    if found.total > NAMED:
        return list(found.first)
    return sorted(found.first, key=lambda one: -one[1].weight)


def _point(project: Project, entry: RaidEntry, facts: Facts) -> Point:
    """ "R-2 of Churn Radar: labels are late (high × medium, owner Bea Lind, due 2026-12-01)"."""
    said = entry.said
    item = next((one for one in project.items if one.id == said.item), None)
    owner = facts.people.get(said.owner or 0)
    beside = (
        rating(said),
        wording.name(item.title) if item else "",
        f"owner {wording.person(owner, facts)}" if owner else "no owner",
        f"due {said.due.isoformat()}" if said.due else "",
    )
    what = clip(wording.name(said.text), _POINT)
    return Point(
        f"{entry.label} of {wording.name(project.name)}: {what} ({', '.join(filter(None, beside))})"
    )


def _place(project: Project, entry: RaidEntry) -> Place:
    return Place(project, next((one for one in project.items if one.id == entry.said.item), None))


def _named(kinds: list[RaidKind], count: int) -> str:
    """ "risk", "risks", "risks or issues"."""
    return wording.listed([one.value if count == 1 else one.plural for one in kinds], "or")


def _where(asked: Asked) -> str:
    return "" if asked.reading.items else asked.where


TOPIC = Topic("raid", RULES, answer)
