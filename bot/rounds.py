"""A standup as somebody is shown it: how it is set, and what they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.drafts import Drafted
from bot.lateness import Late
from bot.outcome import Done
from bot.people import Person
from bot.project import Project
from bot.standups.answers import Entry
from bot.standups.missing import MissedDay
from bot.standups.plan import Plan, Trouble


@dataclass(frozen=True, slots=True)
class Asked:
    """One day's standup as the one who is asked sees it.

    `plan` and `channel` (its name) tell where the answers go; None where the standup has ended.
    `others` are the names of the projects that withheld lines are about; `late` is how the question
    comes late. `drafted` is what may be ticked, where they are about to answer.
    """

    project: Project
    entry: Entry
    plan: Plan | None
    channel: str
    others: Mapping[int, str] = field(default_factory=dict)
    late: Late | None = None
    drafted: Drafted | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered in standups, and the changes that it made."""

    asked: tuple[Asked, ...]
    moved: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is in a standup, and when they are asked next (UTC); None: they are away for
    long.
    """

    person: int
    next_ask: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class StandupShown:
    """How a project's standup is set. `seen` is the plan's number, 0 where there is none.

    `zone` is the one in which the report's time is meant, or would be. `kept_days`: so long is kept
    what people write; 0 for ever. `missed` are days of the last weeks on which it did not come.
    """

    project: Project
    plan: Plan | None
    seen: int
    zone: str
    channel: str
    seats: tuple[Seat, ...]
    next_report: datetime | None
    trouble: Trouble | None
    set_by: int | None
    people: Mapping[int, Person]
    kept_days: int = 0
    missed: tuple[MissedDay, ...] = ()
