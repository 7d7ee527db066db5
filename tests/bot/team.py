"""Small projects whose letters are told in one line: `"A ana, R bea, C vacant Data Analyst"`."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from bot.people import Person
from bot.project import (
    Assignment,
    Group,
    Holder,
    Item,
    Kind,
    Letter,
    Metric,
    Mode,
    PersonHolder,
    Project,
    Scope,
    Status,
    Vacancy,
)
from bot.stages import LADDER
from tests.bot.support import ANA, BEA, BOT, CY, DEE, PEOPLE
from tests.support.clock import T0

EVA, GUS, OTTO = 6, 7, 8
TEAM: dict[int, Person] = {
    **PEOPLE,
    EVA: Person(EVA, "eva", "Eva Sample", "Eva", role="data_scientist", slack_id="UEVA"),
    GUS: Person(GUS, "gus", "Gus Sample", "Gus", slack_id="UGUS", is_guest=True),
    OTTO: Person(OTTO, "otto", "Otto Sample", "Otto", is_outside=True, company="Labels Ltd"),
}
_NAMES = {person.key: key for key, person in TEAM.items()}
_numbers = count(1000)
TARGET = Scope(metrics=(Metric("AUC", (), True, "", 0.7, 0.8, None, None),))
TITLES = {rung.key: rung.title for rung in LADDER}

__all__ = ["ANA", "BEA", "BOT", "CY", "DEE", "EVA", "GUS", "OTTO", "TEAM"]


def letters(told: str) -> tuple[Assignment, ...]:
    found = []
    for part in filter(None, (one.strip() for one in told.split(","))):
        signs, name = part.split(" ", 1)
        for sign in signs.split("/"):
            held = Assignment(
                next(_numbers), Letter(sign), _holder(name), T0, None, T0, None, "command"
            )
            found.append(held)
    return tuple(found)


def _holder(name: str) -> Holder:
    if name.startswith("vacant"):
        return Vacancy(name.removeprefix("vacant").strip())
    if name.startswith("@"):
        return Group(f"S{name[1:].upper()}", name[1:])
    return PersonHolder(_NAMES[name])


def stage(
    key: str, told: str = "", status: Status = Status.NOT_STARTED, kind: Kind = Kind.STAGE
) -> Item:
    title = TITLES.get(key, key.replace("_", " ").capitalize())
    return Item(next(_numbers), key, kind, title, status=status, assignments=letters(told))


def project(
    rows: Mapping[str, str],
    name: str = "Atlas",
    *,
    id: int = 3,
    mode: Mode = Mode.TEAM,
    done: tuple[str, ...] = (),
    scope: Scope = TARGET,
) -> Project:
    """A project with these stages, by key."""
    items = tuple(
        stage(key, told, Status.DONE if key in done else Status.NOT_STARTED)
        for key, told in rows.items()
    )
    return Project(id, name.casefold(), name, lead=ANA, mode=mode, items=items, scope=scope)


def with_status(made: Project, **statuses: Status) -> Project:
    items = (
        replace(item, status=statuses[item.key]) if item.key in statuses else item
        for item in made.items
    )
    return replace(made, items=tuple(items))
