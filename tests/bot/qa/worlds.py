"""The committed world, and small worlds made in a test."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from bot.people import Delegation, Person
from bot.project import (
    Assignment,
    Group,
    Holder,
    Item,
    Kind,
    Letter,
    PersonHolder,
    Project,
    Vacancy,
)
from bot.qa.facts import Facts, Stage, in_memory
from tests.bot.qa.support import Document, World, read

DATA = Path(__file__).parent / "data"
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LADDER = (
    Stage("intake", "Data intake", ("intake", "ingest")),
    Stage("labels", "Labelling", ("labels", "annotation")),
    Stage("serving", "Serving", ("deployment", "go-live")),
)


@cache
def document() -> Document:
    return read(DATA / "workspace.json")


@cache
def harbour() -> World:
    """The invented hospital group of data/workspace.json."""
    return World.of(document())


def somebody(number: int, name: str, **more: object) -> Person:
    first = name.partition(" ")[0]
    return replace(Person(number, first.casefold(), name, first), **more)  # type: ignore[arg-type] # any field


def seat(letter: str, holder: Holder | int, *, since: datetime | None = None) -> Assignment:
    held = PersonHolder(holder) if isinstance(holder, int) else holder
    return Assignment(0, Letter(letter), held, since, None, NOW, None, "test")


def stages(**seats: Iterable[Assignment]) -> tuple[Item, ...]:
    """The ladder's stages as items of a project, with the seats given by stage."""
    return tuple(
        Item(
            number,
            stage.key,
            Kind.STAGE,
            stage.title,
            stage.aliases,
            assignments=tuple(seats.get(stage.key, ())),
        )
        for number, stage in enumerate(LADDER, 1)
    )


def project(number: int, name: str, **more: object) -> Project:
    plain = Project(number, name.casefold().replace(" ", "-"), name, items=stages())
    return replace(plain, **more)  # type: ignore[arg-type] # any field of a project


def facts(
    projects: Iterable[Project],
    people: Iterable[Person],
    *,
    now: datetime = NOW,
    asker: Person | None = None,
    channel: int | None = None,
    delegations: Iterable[Delegation] = (),
) -> Facts:
    return in_memory(
        projects,
        people,
        LADDER,
        now=now,
        asker=asker,
        delegations=delegations,
        channel_projects=(channel,) if channel else (),
    )


__all__ = [
    "DATA",
    "LADDER",
    "NOW",
    "Group",
    "Vacancy",
    "date",
    "document",
    "facts",
    "harbour",
    "project",
    "seat",
    "somebody",
    "stages",
]
