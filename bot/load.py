"""Who bears how much: the rows that somebody answers for, and those that nobody else could do.

Only what is open counts: neither archived projects nor what is done or skipped. Rows that one
person holds alone in start-up mode count as one, and are no warning: there is nobody else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.filling import fills
from bot.people import Person
from bot.project import CLOSED, Holder, Item, Kind, Letter, PersonHolder, Project
from bot.startup import solo


@dataclass(frozen=True, slots=True)
class Row:
    """An item of a project; `together` is how many it stands for in start-up mode."""

    project: Project
    item: Item
    together: int = 1


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody bears: rows they are accountable for, and stages whose only Responsible they
    are. `limit` is how many of the former are thought to be enough.
    """

    person: Person
    accountable: tuple[Row, ...]
    alone: tuple[Row, ...]
    limit: int

    @property
    def is_over(self) -> bool:
        return len(self.accountable) > self.limit


def loads(
    projects: Iterable[Project], people: Mapping[int, Person], limit: int
) -> tuple[Load, ...]:
    """Those who bear too much or alone, the heaviest first."""
    every = _loads(projects, people, limit).values()
    worth = [load for load in every if load.is_over or load.alone]
    return tuple(
        sorted(
            worth,
            key=lambda load: (
                not load.is_over,
                -len(load.accountable),
                -len(load.alone),
                load.person.name.casefold(),
                load.person.id,
            ),
        )
    )


def load(
    person: Person, projects: Iterable[Project], people: Mapping[int, Person], limit: int
) -> Load:
    """What one person bears, however little."""
    return _loads(projects, people, limit).get(person.id, Load(person, (), (), limit))


def borne(
    projects: Iterable[Project], people: Mapping[int, Person], limit: int
) -> Mapping[int, Load]:
    """What each bears who bears anything, by person."""
    return _loads(projects, people, limit)


def rows_of(projects: Iterable[Project], people: Mapping[int, Person]) -> dict[int, int]:
    """How many open rows each is accountable for, by person."""
    return {key: len(one.accountable) for key, one in _loads(projects, people, 0).items()}


def _loads(
    projects: Iterable[Project], people: Mapping[int, Person], limit: int
) -> dict[int, Load]:
    accountable: dict[int, list[Row]] = {}
    alone: dict[int, list[Row]] = {}
    for project in _open(projects):
        for person, row in _accountable(project, people):
            accountable.setdefault(person, []).append(row)
        for person, row in _alone(project, people):
            alone.setdefault(person, []).append(row)
    return {
        key: Load(people[key], tuple(accountable.get(key, ())), tuple(alone.get(key, ())), limit)
        for key in {**accountable, **alone}
    }


def _open(projects: Iterable[Project]) -> list[Project]:
    open_ones = (project for project in projects if project.archived_at is None)
    return sorted(open_ones, key=lambda project: (project.name.casefold(), project.id))


def _accountable(project: Project, people: Mapping[int, Person]) -> Iterator[tuple[int, Row]]:
    one_line = solo(project)
    together = [item for item in one_line.items if _counts(item)] if one_line else []
    if one_line and together and fills(PersonHolder(one_line.person), people):
        yield one_line.person, Row(project, together[0], len(together))
    told = {item.id for item in together}
    for item in project.items:
        if item.id in told or not _counts(item):
            continue
        for person in _people(item, Letter.A, people):
            yield person, Row(project, item)


def _alone(project: Project, people: Mapping[int, Person]) -> Iterator[tuple[int, Row]]:
    """The only one responsible for an open stage; in start-up mode that is as it should be."""
    one_line = solo(project)
    expected = {item.id for item in one_line.items} if one_line else set()
    for item in project.stages():
        if item.id not in expected and (person := only_responsible(project, item, people)):
            yield person, Row(project, item)


def only_responsible(project: Project, item: Item, people: Mapping[int, Person]) -> int | None:
    """The one person whom an open stage depends on, if it is one."""
    if item.kind is not Kind.STAGE or item.status in CLOSED:
        return None
    there: set[Holder] = {
        one.holder
        for one in project.raci(item)
        if one.letter is Letter.R and fills(one.holder, people)
    }
    match list(there):
        case [PersonHolder(person=person)]:
            return person
        case _:
            return None


def _counts(item: Item) -> bool:
    return item.status not in CLOSED and not item.inherits_raci


def _people(item: Item, letter: Letter, people: Mapping[int, Person]) -> list[int]:
    return [
        one.holder.person
        for one in item.assignments
        if one.letter is letter
        and isinstance(one.holder, PersonHolder)
        and fills(one.holder, people)
    ]


def idle(projects: Iterable[Project], people: Mapping[int, Person]) -> tuple[Person, ...]:
    """Active people without any letter in an open project, by name; no bots, nobody from outside
    and no guests.
    """
    holding = {
        one.holder.person
        for project in _open(projects)
        for item in project.items
        for one in item.assignments
        if isinstance(one.holder, PersonHolder)
    }
    free = (person for person in people.values() if person.id not in holding and _works(person))
    return tuple(sorted(free, key=lambda person: (person.name.casefold(), person.id)))


def _works(person: Person) -> bool:
    return person.active and not (person.is_bot or person.is_outside or person.is_guest)
