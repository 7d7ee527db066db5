"""How a standup is set: what is asked, when, where it is reported, and what is in its way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.moments import known, own_day, zone_in_words
from bot.presence import Presence
from bot.project import Group, Project
from bot.recurrence import DAY, WORKDAYS, Weekly, at_local, next_after
from bot.teams import has_turned

QUESTIONS = (
    "What have you done since last time?",
    "What comes next?",
    "What are you blocked by?",
)
"""What is asked where nobody set other questions."""
DAYS = WORKDAYS
AT = time(9, 30)

MOST_QUESTIONS = 8
MOST_PEOPLE = 50
LONGEST_QUESTION = 150

_REPORT_AFTER = timedelta(minutes=90)
_LOOK = 400
"""Times in which whoever is away is back: they come once a day at most."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a project's standup is set.

    `at` is each person's own time, on `days` (Monday is 0). The report goes to `channel` (a Slack
    id) at `report_at`, which is a time in `zone`, in the order of people or (`by_stage`) of stages.
    `people` are in besides those with an R or an A, and so is who is in the Slack user `group`. An
    answer after `closes_at`, each person's own time, is late; where that is before `at`, it is the
    next day's. `reminds`: who has not answered is reminded, once.
    """

    questions: tuple[str, ...]
    days: frozenset[int]
    at: time
    zone: str
    report_at: time
    channel: str
    people: tuple[int, ...] = ()
    by_stage: bool = False
    closes_at: time | None = None
    reminds: bool = True
    group: Group | None = None

    @property
    def is_overnight(self) -> bool:
        """Whether the report of a day is told after midnight."""
        return self.report_at < self.at


class Trouble(StrEnum):
    """Why a standup that is set rests."""

    ARCHIVED = "archived"
    UNBOUND = "unbound"
    EXPOSED = "exposed"
    TURNED = "turned"
    SHARED = "shared"
    GONE = "gone"
    REFUSED = "refused"


def report_time(at: time, closes_at: time | None = None) -> time:
    """When the report is told where nobody said when: when the window closes, or 90 minutes after
    people are asked.
    """
    if closes_at is not None:
        return closes_at
    return (datetime.combine(date.min, at) + _REPORT_AFTER).time()


def ask_times(plan: Plan, zone: str) -> Weekly:
    """When somebody whose zone this is gets asked."""
    return Weekly(plan.days, plan.at, known(zone))


def next_ask(plan: Plan, zone: str, presence: Presence, now: datetime) -> datetime | None:
    """When somebody whose zone this is gets asked next; None where they are away for as long as
    anybody can see.
    """
    times = ask_times(plan, zone)
    slot = next_after(times, now - DAY)  # this morning's may have been put off to the afternoon
    for _ in range(_LOOK):
        day = own_day(slot, zone)
        at = presence.asked_at(day, plan.at)
        if at is not None:
            due = slot if at == plan.at else at_local(day, at, ZoneInfo(known(zone)))
            if due is not None and due > now:
                return due
        slot = next_after(times, slot)
    return None


def report_times(plan: Plan) -> Weekly:
    days = frozenset((day + plan.is_overnight) % 7 for day in plan.days)
    return Weekly(days, plan.report_at, plan.zone)


def report_day(plan: Plan, slot: datetime) -> date:
    """The day that the report of this slot is about."""
    day = slot.astimezone(ZoneInfo(plan.zone)).date()
    return day - timedelta(days=plan.is_overnight)


def report_slot(plan: Plan, day: date) -> datetime | None:
    """When the report of a day is told; None where the zone leaves that day out."""
    told_on = day + timedelta(days=plan.is_overnight)
    return at_local(told_on, plan.report_at, ZoneInfo(plan.zone))


def report_is_due(plan: Plan, day: date, now: datetime) -> bool:
    """Whether the report of a day has had its time."""
    slot = report_slot(plan, day)
    return slot is not None and slot <= now


def is_asked_after(plan: Plan, zone: str, day: date) -> bool:
    """Whether somebody whose zone this is, is asked only after a day's report was told."""
    asked, told = at_local(day, plan.at, ZoneInfo(known(zone))), report_slot(plan, day)
    return asked is not None and told is not None and asked >= told


def city(zone: str) -> str:
    """A zone as people call it: "New York" for America/New_York."""
    return zone_in_words(zone).rpartition("/")[2].replace("_", " ")


def trouble(
    project: Project, plan: Plan, *, is_shared: bool, is_refused: bool, is_gone: bool = False
) -> Trouble | None:
    """Why nobody is asked and nothing is reported; None where all is well.

    `is_shared`: another organisation reads the channel. `is_refused`: Slack took no report there.
    `is_gone`: the channel was archived or deleted, or Charter was taken out of it.
    """
    channel = next((one for one in project.channels if one.slack_id == plan.channel), None)
    if project.archived_at:
        return Trouble.ARCHIVED
    if channel is None:
        return Trouble.UNBOUND
    if has_turned(project, channel):
        return Trouble.TURNED
    if not project.is_told_in(channel):
        return Trouble.EXPOSED
    if is_shared:
        return Trouble.SHARED
    if is_gone:
        return Trouble.GONE
    return Trouble.REFUSED if is_refused else None
