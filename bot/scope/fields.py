"""The fields of a scope, all in one table, and what each of them holds."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.amounts import Amount, parsed
from bot.errors import BadInput, Why
from bot.people import Person
from bot.project import Metric, Project, Scope


class Kind(Enum):
    """What a field holds."""

    TEXT = "text"
    LINES = "lines"
    AMOUNT = "amount"
    DAY = "day"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `asks` is what to write there; a scope is complete with all that are `needed`."""

    name: str
    words: str
    asks: str
    kind: Kind = Kind.TEXT
    needed: bool = False
    material: bool = True


FIELDS: tuple[Field, ...] = (
    Field("problem", "problem", "What goes wrong today, for whom, and how often?", needed=True),
    Field("goal", "goal", "What will be different, in one sentence?"),
    Field("why_ml", "why ML", "Why is a rule or a report not enough?", needed=True),
    Field("current_system", "current system", "How is it done today?", needed=True),
    Field("data_sources", "data sources", "Which tables, logs, files; who owns them?", needed=True),
    Field("in_scope", "in scope", "One thing a line.", Kind.LINES, needed=True),
    Field("out_of_scope", "out of scope", "One thing a line.", Kind.LINES),
    Field("expected_saving", "expected saving", "120k EUR a year", Kind.AMOUNT, needed=True),
    Field("cost", "cost", "40k EUR once", Kind.AMOUNT),
    Field("deadline", "deadline", "The day by which it must work.", Kind.DAY, needed=True),
    Field("sponsor", "sponsor", "Who wants it and pays for it?", Kind.PERSON, needed=True),
    Field("notes", "notes", "Anything else; it changes no sign-off.", material=False),
)
FIELD = {field.name: field for field in FIELDS}
NAMES = tuple(FIELD)
LISTS = tuple(field.name for field in FIELDS if field.kind is Kind.LINES)

_PERSON = "person:"


def value(scope: Scope, name: str) -> str:
    """A field as text; a list as lines."""
    if name == "in_scope":
        return "\n".join(scope.in_scope)
    if name == "out_of_scope":
        return "\n".join(scope.out_of_scope)
    return scope.fields.get(name, "")


def plain(name: str, text: str) -> str:
    """A value without the blanks, bullets and repetitions that mean nothing in it."""
    text = text.replace("\r\n", "\n").strip()
    if name not in LISTS:
        return text
    lines = (line.strip(" -•*\t") for line in text.splitlines())
    return "\n".join(dict.fromkeys(line for line in lines if line))


def words(name: str) -> str:
    """What a field is called."""
    return FIELD[name].words


def number(of: float | None) -> str:
    return "" if of is None else f"{of:.10g}"


_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_COMMA = re.compile(r"([-+]?\d+),(\d+)")


def read_number(text: str, field: str = "value") -> float:
    """A metric's value: `0.71`, `0,71`, `71 %`. `BadInput` for `1,200`, which is read in two ways,
    and for whatever is no number.
    """
    plain = text.strip().removesuffix("%").strip().casefold().replace("\N{MINUS SIGN}", "-")
    found = _COMMA.fullmatch(plain)
    if found and (len(found[2]) != 3 or found[1].lstrip("+-") == "0"):
        plain = f"{found[1]}.{found[2]}"
    if not _PLAIN.fullmatch(plain) or not math.isfinite(float(plain)):
        raise BadInput(Why.BAD_VALUE, {"value": text}, field=field)
    return float(plain)


def of_person(person: int) -> str:
    """Somebody as the value of a field: by number, so that names may change."""
    return f"{_PERSON}{person}"


def person_in(text: str) -> int | None:
    """The somebody that a field's value stands for, if it is one."""
    key = text.removeprefix(_PERSON)
    return int(key) if text.startswith(_PERSON) and key.isdigit() else None


def worded(cell: str, text: str, people: Mapping[int, Person]) -> str:
    """A cell's value as it is read."""
    if cell == "sponsor" and (key := person_in(text)) is not None:
        return people[key].name if key in people else "somebody unknown"
    return text


def deadline(scope: Scope) -> date | None:
    """The day by which it must work; None also for a text that names no day."""
    try:
        return date.fromisoformat(scope.fields.get("deadline", ""))
    except ValueError:
        return None


def deadline_ends(project: Project, people: Mapping[int, Person]) -> datetime | None:
    """When the day of the deadline is over where the project is at home: a day has no time."""
    day = deadline(project.scope)
    if day is None:
        return None
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone(project, people)))


class Led(Protocol):
    """Whose a project is."""

    @property
    def lead(self) -> int | None: ...
    @property
    def created_by(self) -> int | None: ...


def zone(project: Led, people: Mapping[int, Person]) -> str:
    """Where a project is at home: the zone of its lead, of whoever made it, else UTC."""
    for key in (project.lead, project.created_by):
        if key is not None and key in people:
            return people[key].timezone
    return "UTC"


def amount(scope: Scope, name: str) -> Amount | None:
    return parsed(scope.fields.get(name, ""))


def primary(scope: Scope) -> Metric | None:
    """The metric that a project is judged by: the first with a target, else the first there is."""
    aimed = (one for one in scope.metrics if one.target is not None)
    return next(aimed, next(iter(scope.metrics), None))


def missing(scope: Scope) -> tuple[Field, ...]:
    """The fields that a complete scope would have."""
    return tuple(field for field in FIELDS if field.needed and not value(scope, field.name))


def lacks_target(scope: Scope) -> bool:
    """Whether no metric says where to get to."""
    return all(one.target is None for one in scope.metrics)


@dataclass(frozen=True, slots=True)
class MetricWish:
    """What of a metric is to be otherwise, `now` its present value; None leaves it as it is."""

    higher: bool | None = None
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    measured: str | None = None
    now: float | None = None

    @property
    def only_measures(self) -> bool:
        """Whether it says where a metric stands, and nothing of what was agreed upon."""
        return self.now is not None and self == MetricWish(now=self.now)
