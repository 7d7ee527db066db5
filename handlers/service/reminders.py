"""Who has not answered is reminded, once a day for all that they were asked.

When that is to be is written down where somebody is asked; what is true then decides. The reminder
is known by whom and which day it is for, so there is one, whoever gets there first.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.hours import hours
from bot.people import Person
from bot.recurrence import Every
from bot.rounds import Asked, DayAsked
from bot.standups import Entry, Plan, open_until, reminder
from handlers.service import attendance, kinds, prompts
from handlers.service.facts import FactsCache
from handlers.service.timers import Duty, Occurrence, Shift
from storage import schedules, standups
from storage.database import Database

KIND = kinds.REMINDER
AGAIN = Every(60)
"""What could not be seen to in time is looked at once more then; else it comes once."""

QuietUntil = Callable[[int, str, datetime], datetime | None]
"""Until when somebody of a workspace (by Slack's id) wants no notifications now; None where they
take them.
"""


def plan(shift: Shift, person: Person, whole: DayAsked) -> None:
    """Let the clock remind somebody of what they are asked, at the time that is right for it."""
    at = _next(shift, person, whole.asked, shift.now)
    if at is not None:
        workspace, day = shift.facts.workspace, whole.day
        key = f"standup/remind/{person.id}/{day.isoformat()}"
        schedules.put(
            shift.session, workspace, key, KIND, day.toordinal(), AGAIN, shift.now, person.id, at
        )


def duty(
    database: Database,
    clock: Callable[[], datetime],
    cache: FactsCache,
    quiet_until: QuietUntil | None,
) -> Duty:
    """Remind somebody, and not while Slack is to leave them in peace, where there is a Slack to ask
    (`quiet_until`).
    """

    def fetch(occurrence: Occurrence) -> datetime | None:
        with database.read() as session:
            facts = cache.current(session, occurrence.workspace)
        person = facts.people.get(occurrence.person or 0)
        if quiet_until is None or person is None or person.slack_id is None:
            return None
        return quiet_until(occurrence.workspace, person.slack_id, clock())

    return Duty(_remind, fetch, awaited=_awaited)


def _awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether somebody was to be reminded when that was first due, as all stands now, and comes to
    no reminder any more: one that still helps is not missed, but late.
    """
    person = shift.facts.people.get(occurrence.person or 0)
    day = date.fromordinal(occurrence.subject)
    if slot != occurrence.first or person is None or prompts.is_reminded(shift, person, day):
        return False
    asked = prompts.of_day(shift, person, day).asked
    was_due = _next(shift, person, asked, slot) is not None
    return was_due and _next(shift, person, asked, shift.now) is None


def _remind(shift: Shift, occurrence: Occurrence, peace: datetime | None) -> None:
    person = shift.facts.people.get(occurrence.person or 0)
    day = date.fromordinal(occurrence.subject)
    if person is not None and not prompts.is_reminded(shift, person, day):
        whole = prompts.of_day(shift, person, day)
        at = _next(shift, person, whole.asked, max(shift.now, peace or shift.now))
        if at is not None and at > shift.now:
            schedules.put_off(shift.session, occurrence, at)
            return
        if at is not None:
            left = open_until(_pairs(whole.asked), hours(person).zone, shift.now)
            waiting = (one for one in _asking(shift, person, whole.asked) if one.entry.id in left)
            prompts.remind(shift, person, replace(whole, asked=tuple(waiting)))
    schedules.drop(shift.session, occurrence.workspace, [occurrence.key])


def _next(shift: Shift, person: Person, asked: Iterable[Asked], now: datetime) -> datetime | None:
    """When somebody is reminded of these; None where they are not."""
    if person.no_reminders or person.is_unreachable or not person.active or not person.slack_id:
        return None
    own = hours(person, shift.facts.presence(person.id))
    return reminder(_pairs(_asking(shift, person, asked)), own, now)


def _asking(shift: Shift, person: Person, asked: Iterable[Asked]) -> list[Asked]:
    """Those of them whose standup goes on, with them in it."""
    every = list(asked)
    standing = standups.standing_in(shift.session, [one.project.id for one in every])
    return [
        one
        for one in every
        if one.project.id in standing
        and not one.project.archived_at
        and person.id
        in attendance.inside(one.project, shift.facts.people, standing[one.project.id])
    ]


def _pairs(asked: Iterable[Asked]) -> list[tuple[Plan, Entry]]:
    return [(one.plan, one.entry) for one in asked if one.plan is not None]
