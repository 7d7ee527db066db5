"""What stood in an export that comes back, as far as whoever imports it may see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from bot.exports.code import Base as Kept
from bot.exports.ids import SeatId, taken_apart
from bot.imports.exported import LETTERS, STAGES
from bot.imports.layout import text_of
from bot.project import Letter
from bot.sheets import Found, safe_text

WHERE = ("Project", "Stage", "Component")
WHO = ("Letter", "Person")
WHEN = ("Since", "Until")
_TWIN = "#"
Place = tuple[str, str]
"""A project and a stage or component of it, by their keys."""


@dataclass(frozen=True, slots=True)
class Was:
    """A letter as it was exported: which one, and the texts of its row by their heads."""

    key: str
    id: str
    seat: SeatId
    texts: Mapping[str, str]

    @property
    def place(self) -> Place:
        return self.seat.project, self.seat.item

    @property
    def letter(self) -> Letter:
        return self.seat.letter

    @property
    def holder(self) -> str:
        """Who held it, as `bot.exports.ids.of_holder` tells them."""
        return self.id.split("/", 3)[3]

    @property
    def person(self) -> str:
        return self.texts["Person"]

    @property
    def since(self) -> str:
        """The day as an ISO text; empty for before the record began."""
        return self.texts["Since"]

    @property
    def until(self) -> str:
        return self.texts["Until"]

    @property
    def title(self) -> str:
        return self.texts["Component"] or self.texts["Stage"]


@dataclass(frozen=True)
class Base:
    """An export that was kept. Days in it are those of `zone`. Of projects that whoever imports it
    may not see nothing is in `tables`: what they may not see was never exported, for them.
    """

    code: str
    zone: str
    tables: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @cached_property
    def letters(self) -> Mapping[str, Was]:
        """By the keys of their rows: the id, and for each further row of that id one with a number
        behind it.
        """
        found = {}
        for key, texts in self.tables.get(LETTERS, {}).items():
            name = plain_id(key)
            seat = taken_apart(name)
            if seat is not None:
                found[key] = Was(key, name, seat, texts)
        return found

    @cached_property
    def projects(self) -> frozenset[str]:
        """The projects that it has something of, by their keys."""
        return frozenset(key.partition("/")[0] for found in self.tables.values() for key in found)

    @cached_property
    def by_place(self) -> Mapping[Place, Sequence[Was]]:
        found: dict[Place, list[Was]] = {}
        for was in self.letters.values():
            found.setdefault(was.place, []).append(was)
        return found

    def stage_of(self, key: str) -> Place:
        """The stage that a component is of, by the ID of its row; a stage is of itself."""
        stages = self.tables.get(STAGES, {})
        project, _, item = key.partition("/")
        own = stages[key]
        return next(
            (
                (project, other.partition("/")[2])
                for other, row in stages.items()
                if other.startswith(f"{project}/")
                and (row["Stage"], row["Component"]) == (own["Stage"], "")
            ),
            (project, item),
        )


def base_of(code: str, kept: Kept, zone: str, sees: Callable[[str], bool]) -> Base | None:
    """What was kept, of the projects that somebody `sees`, by their keys; None where that is none
    of them.
    """
    seen: dict[str, bool] = {}

    def is_seen(key: str) -> bool:
        project = key.partition("/")[0]
        if project not in seen:
            seen[project] = sees(project)
        return seen[project]

    tables = {
        name: {
            key: {head: plain(value) for head, value in row.items()}
            for key, row in rows.items()
            if is_seen(key)
        }
        for name, rows in kept.items()
    }
    return Base(code, zone, tables) if any(tables.values()) else None


def plain_id(key: str) -> str:
    """The ID of a row, by the key under which it was kept."""
    name, twin, number = key.rpartition(_TWIN)
    return name if twin and number.isdigit() and taken_apart(name) else key


def plain(value: Found) -> str:
    """What stands in a cell, to compare: a day as an ISO text, text on one line."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case str():
            return " ".join(safe_text(value).split())
        case _:
            return text_of(value)
