"""How projects stand: what may go wrong, what nobody answers for, what is in the way."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot import blockers as hurdles
from bot import workdays
from bot.brief.values import Age, Line, Rule
from bot.gaps import gaps
from bot.people import Person
from bot.project import EVER, Project
from bot.raid import RaidEntry, RaidKind, rating

HEAVY = 6
"""High and medium: the least weight of a risk that is told before its day."""

_TOLD = frozenset({RaidKind.RISK, RaidKind.ISSUE})


def risks(project: Project, today: date) -> Iterator[Line]:
    items = {item.id: item for item in project.items}
    for one in project.raid:
        is_past = one.is_past(today)
        if one.kind not in _TOLD or not one.is_open or not (is_past or one.weight >= HEAVY):
            continue
        said = one.said
        yield Line(
            Rule.RISK,
            project,
            items.get(said.item or 0),
            f"{one.label} {said.text}",
            _why(one, is_past=is_past),
            (said.owner,) if said.owner is not None else (),
            said.due,
            (-one.weight, not is_past, (said.due or date.max).toordinal()),
        )


def _why(one: RaidEntry, *, is_past: bool) -> str:
    heavy = rating(one.said)
    past = f"its day was {one.said.due.isoformat()}" if is_past and one.said.due else ""
    return ", ".join(each for each in (heavy, past) if each)


def unowned(project: Project, people: Mapping[int, Person]) -> Iterator[Line]:
    for gap in gaps(project, people):
        if gap.is_unowned:
            since = gap.item.updated or EVER
            yield Line(
                Rule.UNOWNED,
                project,
                gap.item,
                gap.item.title,
                f"{gap.item.status.words}, and nobody is accountable",
                rank=(int(since.timestamp()),),
            )


def blocked(
    project: Project, people: Mapping[int, Person], today: date, zone: str
) -> Iterator[Line]:
    for item in project.items:
        for one in hurdles.of(item):
            age = hurdles.age(project, item, one, people, today, zone)
            owner = hurdles.whose(project, item, one, people)
            text = f": {' '.join(one.text.split())}" if one.text.strip() else ""
            yield Line(
                Rule.BLOCKER,
                project,
                item,
                f"{item.title}{text}",
                _lasting(age),
                (owner,) if owner is not None else (),
                rank=(0, 0) if age is None else (1, -age),
            )


def _lasting(age: int | None) -> str:
    if age is None:
        return "from before the record"
    return f"for {workdays.words(age)}" if age else "for less than a working day"


def ages(project: Project, people: Mapping[int, Person], today: date, zone: str) -> Iterator[Age]:
    """How old blockers are, where that is known: one an item, the oldest."""
    for item in project.items:
        known = (hurdles.age(project, item, one, people, today, zone) for one in hurdles.of(item))
        if found := [age for age in known if age is not None]:
            yield Age(project, item, max(found))
