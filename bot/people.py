"""People, and who is acting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the workspace knows. `key` is stable and unique; people who left stay known.

    An outside person is somebody of another `company`, without an account here: never written to.
    `work_days` (Monday is 0) None: the usual week. `quiet_from` and `quiet_until` ("18:00") are
    their own time, empty for the usual. `timezone` is their own word (`own_zone`), else Slack's.
    `zone_since`: they have it since then, where that is known.
    `region` is the one whose public holidays they have, if they said so. `no_reminders`: standups
    are not to remind them. `is_unreachable`: Slack
    lets Charter write them no direct messages. `merged_into`: they turned out to be that person,
    whose name they have then.
    """

    id: int
    key: str
    name: str
    first_name: str
    job_title: str = ""
    role: str = ""
    timezone: str = "UTC"
    slack_id: str | None = None
    email: str | None = None
    active: bool = True
    left_on: date | None = None
    is_bot: bool = False
    is_admin: bool = False
    in_standups: bool = False
    is_guest: bool = False
    is_outside: bool = False
    company: str = ""
    is_unreachable: bool = False
    work_days: frozenset[int] | None = None
    quiet_from: str = ""
    quiet_until: str = ""
    merged_into: int | None = None
    own_zone: str = ""
    zone_since: datetime | None = None
    region: str = ""
    no_reminders: bool = False


def apart(people: Mapping[int, Person]) -> tuple[Person, ...]:
    """All of them, each once: without those who turned out to be somebody else."""
    return tuple(one for one in people.values() if one.merged_into is None)


class Surface(StrEnum):
    """Where a change came from; stands in every audit line."""

    COMMAND = "command"
    BUTTON = "button"
    MODAL = "modal"
    EVENT = "event"
    CLI = "cli"
    LOAD = "load"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which workspace, through what. `person` None is the operator at the command
    line, or Charter itself by the clock. `message` is the address of the message that they act in
    or under, where it is one that others can open: in a channel that is neither private nor shared.
    """

    workspace: int
    person: Person | None
    surface: Surface
    is_admin: bool = False
    message: str = ""

    @property
    def name(self) -> str:
        if self.person:
            return self.person.name
        return "Charter" if self.surface is Surface.CLOCK else "the operator"

    @property
    def zone(self) -> str:
        """Where they are; UTC for whoever is nowhere."""
        return self.person.timezone if self.person else "UTC"

    @property
    def person_id(self) -> int | None:
        return self.person.id if self.person else None


@dataclass(frozen=True, slots=True)
class Delegation:
    """`delegate` acts for `person` from `start` to `end`, both days included (person ids).

    In one `project`, or (None) in all.
    """

    person: int
    delegate: int
    start: date
    end: date
    project: int | None = None
    id: int = 0
    reason: str = ""
    set_by: int | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of one of its users. `team` is the workspace, or organisation, of theirs.

    `is_away`: their status says so, until `away_until`, or (None) as long as it stands.
    """

    slack_id: str
    name: str
    first_name: str
    timezone: str = "UTC"
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_guest: bool = False
    email: str = ""
    team: str = ""
    is_away: bool = False
    away_until: datetime | None = None
