"""A standup as somebody is shown it: how it is set, and what they are asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zlib import crc32

from bot.drafts import Drafted
from bot.errors import CharterError
from bot.lateness import Late
from bot.orders import AnswerStandup
from bot.outcome import Done
from bot.people import Person
from bot.project import Group, Project
from bot.standups.answers import Entry, State
from bot.standups.missing import MissedDay
from bot.standups.plan import Plan, Trouble
from bot.standups.window import Timing


@dataclass(frozen=True, slots=True)
class Asked:
    """One day's standup as the one who is asked sees it.

    `plan` and `channel` (its name) tell where the answers go; None where the standup has ended.
    `others` are the names of the projects that withheld lines are about; `late` is how the question
    comes late. `drafted` is what may be ticked, where they are about to answer. `is_reported`: its
    report was told by now.
    """

    project: Project
    entry: Entry
    plan: Plan | None
    channel: str
    others: Mapping[int, str] = field(default_factory=dict)
    late: Late | None = None
    drafted: Drafted | None = None
    timing: Timing = Timing.FREE
    is_reported: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer; one that has ended does not."""
        return self.entry.state is State.ASKED and self.plan is not None

    @property
    def is_ended(self) -> bool:
        """Whether it ended before it was answered."""
        return self.entry.state is State.ASKED and self.plan is None

    @property
    def as_written(self) -> tuple[str, ...]:
        """The answers with the lines of them that are withheld, so that these do not go with a
        change.
        """
        own: list[list[str]] = [[answer] if answer else [] for _, answer in self.entry.answers]
        for line in self.entry.withheld:
            if line.project in self.others and line.question < len(own):
                own[line.question].append(f"{self.others[line.project]}: {line.text}")
        return tuple("\n".join(lines) for lines in own)

    @property
    def begun(self) -> tuple[str, ...]:
        """The answers with what somebody has begun to say instead."""
        draft = self.entry.draft
        return (*draft, *self.as_written[len(draft) :])

    @property
    def fingerprint(self) -> str:
        """Tells whether it was answered otherwise, without carrying the answers along."""
        return format(crc32("\0".join(self.as_written).encode("utf-8", "replace")), "x")


@dataclass(frozen=True, slots=True)
class DayAsked:
    """All that somebody is asked on one day (their own), in the order in which they were asked."""

    day: date
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered in standups, and the changes that it made.

    `elsewhere` are those of them in which nothing was said but by a line of another one; `whole` is
    all that they are asked on that day. What was said in those that are `archived` by now is not
    taken.
    """

    asked: tuple[Asked, ...]
    whole: DayAsked
    moved: tuple[Done, ...] = ()
    elsewhere: frozenset[int] = frozenset()
    archived: tuple[Asked, ...] = ()


@dataclass(eq=False)
class AnswerClash(CharterError):
    """Answers that were not saved, since others were given meanwhile in another place.

    `pages` are the standups as they stand now, each with what was to be said; `theirs` tells which
    answers (by the entry, and counted from 0) were given both ways.
    """

    pages: tuple[tuple[Asked, AnswerStandup], ...]
    theirs: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Next:
    """The question (counted from 0) that somebody is to answer next in their direct message."""

    asked: Asked
    question: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody typed was taken as their answers; `then` is what is asked after it."""

    answered: Answered
    then: Next | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """Somebody answers later: what they have begun is `kept` for so long; None: that is nothing."""

    asked: Asked
    kept: timedelta | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A text that may be an answer (the message `ts`), and the standups that wait for one."""

    asked: tuple[Asked, ...]
    text: str
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Stays:
    """What somebody said stays as it is, though they deleted the message that they said it in, or
    (`is_deleted` is False) edited that, after they had said it otherwise in another place.
    """

    asked: Asked
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Over:
    """What was typed is not taken: these standups have ended."""

    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Idle:
    """Somebody says "exit" or the like where nothing waits for an answer."""


Said = Next | Taken | Put | Offered | Stays | Over | Idle
"""What becomes of a text that somebody types while a standup waits."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is in a standup, and when they are asked next (UTC); None: they are away for
    long.
    """

    person: int
    next_ask: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class TeamsShown:
    """What a user group's own standup may be made of: the `groups` that Slack tells of, and the
    `channel` (with its name) that it was asked for in, if that can be it. The report's time is
    meant in `zone`.
    """

    groups: tuple[Group, ...]
    channel: str | None
    channel_name: str
    zone: str


@dataclass(frozen=True, slots=True)
class StandupShown:
    """How the standup of a project, or of a team, is set. `seen` is the plan's number, 0 where
    there is none.

    `zone` is the one in which the report's time is meant, or would be. `kept_days`: so long is kept
    what people write; 0 for ever. `missed` are days of the last weeks on which it did not come.
    `groups` are the user groups that Slack tells of.
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
    groups: tuple[Group, ...] = ()
