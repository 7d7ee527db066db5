"""The rounds of a standup, by the clock: one person is asked, the day is reported.

What is true now decides, not what was true when a schedule was made: somebody who is out by now is
not asked, and what a channel may not know (any more) is not told there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import standups as rules
from bot.lateness import Late
from bot.moments import own_day
from bot.people import Person
from bot.presence import Presence
from bot.project import Project
from bot.recurrence import Weekly
from bot.standups import (
    Plan,
    Trouble,
    ask_times,
    report_day,
    report_slot,
    report_times,
    zone_before_moving,
)
from handlers.service import attendance, homes, prompts, reminders
from handlers.service.timers import Duty, Occurrence, Shift
from handlers.views import standups as views
from handlers.views.kit import Message
from storage import directory, outbox, schedules, standups, uptimes
from storage.standups import Standing

ALONG = timedelta(hours=4)
"""Whose time comes within this, on the same day of theirs, is asked along with what comes first."""


@dataclass(frozen=True, slots=True)
class Round:
    """A standup that stands, with all that is needed to go on with it, in one transaction."""

    session: Session
    workspace: int
    project: Project
    standing: Standing
    people: Mapping[int, Person]
    now: datetime
    presence: Callable[[int], Presence]

    @property
    def plan(self) -> Plan:
        return self.standing.plan

    def trouble(self, day: date) -> Trouble | None:
        """Why it rests, on a day."""
        return self.trouble_in(self.plan.channel, is_refused=self._is_refused(day))

    def trouble_in(self, channel: str, *, is_refused: bool = False) -> Trouble | None:
        place = directory.place(self.session, self.workspace, channel)
        return rules.trouble(
            self.project,
            replace(self.plan, channel=channel),
            is_shared=place is not None and place.is_shared,
            is_refused=is_refused,
            is_gone=place is not None and place.gone is not None,
        )

    def _is_refused(self, day: date) -> bool:
        """Whether Slack refused the last report, as this standup is set now."""
        last = standups.last_day(self.session, self.project.id, day)
        if last is None:
            return False
        told = outbox.keyed(self.session, self.workspace, self.report_key(last))
        return told is not None and told.refused

    def report_key(self, day: date) -> str:
        return f"standup/{self.standing.id}/{day.isoformat()}"

    def answerable(self) -> tuple[str, ...]:
        """Who is told what is in its way, by Slack's ids: who set it, else the project's lead; of a
        team, which has none, the workspace's admins, as far as they may know of it.
        """
        project = self.project
        found = [self.people.get(key or 0) for key in (self.standing.set_by, project.lead)]
        for person in found:
            if person and person.active and (project.group or project.visible_to(person.id)):
                return (person.slack_id,) if person.slack_id else ()
        if project.group is None:
            return ()
        admins = (one for one in self.people.values() if one.is_admin and one.active)
        return tuple(one.slack_id for one in admins if one.slack_id and project.visible_to(one.id))

    def say(self, key: str, channel: str, message: Message, **where: Any) -> None:
        outbox.say(
            self.session,
            self.workspace,
            key,
            channel,
            message.text,
            message.blocks,
            self.now,
            confidential=self.project.private,
            **where,
        )


def is_refused(current: Round) -> bool:
    return current.trouble(date.max) is Trouble.REFUSED


# By the clock


def _ask(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    """Ask somebody, once a day (their own): with one project for all whose time comes soon."""
    person = shift.facts.people.get(occurrence.person or 0)
    if person is None or not person.slack_id:
        return
    day = own_day(occurrence.slot, _clock(occurrence, person))
    entry = _asked_for(shift, occurrence, person, day)
    if entry is None:
        return
    new = [entry]
    for one in schedules.of_person(
        shift.session, occurrence.workspace, attendance.ASK, person.id, occurrence.slot + ALONG
    ):
        is_of_today = own_day(one.slot, _clock(one, person)) == day
        if one.id != occurrence.id and one.slot >= occurrence.slot and is_of_today:
            also = _asked_for(shift, one, person, day)
            new += [also] if also else []
    whole = prompts.tell(shift, person, day, [one.id for one in new])
    reminders.plan(shift, person, whole)
    homes.call_for(shift.session, occurrence.workspace, {person.id}, shift.now)


def _clock(occurrence: Occurrence, person: Person) -> str:
    """The zone by which a question comes: theirs as it was set, also if it is another now."""
    times = occurrence.recurrence
    return times.zone if isinstance(times, Weekly) else person.timezone


def _asked_for(
    shift: Shift, occurrence: Occurrence, person: Person, day: date
) -> rules.Entry | None:
    """Write down that somebody is asked for a project; None where they are not, are away, or
    were already. Who has moved that day is asked once more by the clock that they had.
    """
    current = _current(shift, occurrence)
    if current is None:
        return None
    before, times = occurrence.recurrence, ask_times(current.plan, person.timezone)
    if before == times:
        return _asked_on(shift, current, occurrence, person, day)
    zone = zone_before_moving(before, times, person.zone_since, occurrence.slot)
    entry = _asked_on(shift, current, occurrence, person, day) if zone else None
    _attend(shift, occurrence, None)
    return entry


def _asked_on(
    shift: Shift, current: Round, occurrence: Occurrence, person: Person, day: date
) -> rules.Entry | None:
    if not _is_in(current, person.id) or _rests(current, day):
        return None
    if not attendance.is_there(shift, occurrence, person, _clock(occurrence, person)):
        return None
    return standups.ask(
        shift.session,
        current.workspace,
        current.project.id,
        person.id,
        day,
        current.plan.questions,
        occurrence.slot,
        shift.now,
    )


def _report(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    current = _current(shift, occurrence)
    if current is None:
        return
    if occurrence.recurrence != report_times(current.plan):
        _attend(shift, occurrence, None)
        return
    day = report_day(current.plan, occurrence.slot)
    if not _rests(current, day):
        tell_report(current, day)


def _question_awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether somebody was to be asked then, as all stands now, and was not."""
    current = _current(shift, occurrence)
    person = shift.facts.people.get(occurrence.person or 0)
    if current is None or person is None:
        return False
    day = own_day(slot, person.timezone)
    return (
        current.presence(person.id).asked_at(day, current.plan.at) is not None
        and occurrence.recurrence == ask_times(current.plan, person.timezone)
        and _is_in(current, person.id)
        and current.trouble(day) is None
        and not standups.is_asked(shift.session, current.project.id, person.id, day)
    )


def _report_awaited(shift: Shift, occurrence: Occurrence, slot: datetime) -> bool:
    """Whether a report was to be told then, as all stands now, and was not."""
    current = _current(shift, occurrence)
    if current is None or occurrence.recurrence != report_times(current.plan):
        return False
    day = report_day(current.plan, slot)
    subject = report_subject(current, day)
    everybody = attendance.inside(current.project, current.people, current.standing)
    return (
        current.trouble(day) is None
        and any(not current.presence(key).is_away(day) for key in everybody)
        and not outbox.about(shift.session, current.workspace, subject)
    )


def _attend(shift: Shift, occurrence: Occurrence, _fetched: None) -> None:
    """Put the schedules of a standup right."""
    if (project := _project(shift, occurrence.subject)) is not None:
        attendance.renew(
            shift.session, occurrence.workspace, [project], shift.facts.people, shift.now
        )


def _project(shift: Shift, key: int) -> Project | None:
    if shift.facts.known(key) is None:
        return None
    return shift.cache.project(shift.session, shift.facts, key, shift.now)


def _current(shift: Shift, occurrence: Occurrence) -> Round | None:
    project = _project(shift, occurrence.subject)
    return at(shift, project) if project else None


def at(moment: prompts.At, project: Project) -> Round | None:
    """The standup of a project, where it has one."""
    standing = standups.standing(moment.session, project.id)
    if standing is None:
        return None
    return Round(
        moment.session,
        moment.facts.workspace,
        project,
        standing,
        moment.facts.people,
        moment.now,
        moment.facts.presence,
    )


def _is_in(current: Round, person: int) -> bool:
    return person in attendance.inside(current.project, current.people, current.standing)


def _rests(current: Round, day: date) -> bool:
    """Whether something is in its way; whoever set it is told, once. Of a channel that is gone
    people were told when it went.
    """
    trouble = current.trouble(day)
    if trouble is None:
        return False
    if trouble is Trouble.GONE:
        return True
    key = f"standup/{current.standing.id}/rests/{trouble}"
    message = views.resting(current.project, trouble)
    for number, account in enumerate(current.answerable()):
        current.say(f"{key}/{number}" if number else key, account, message)
    return True


DUTIES = {
    attendance.ASK: Duty(_ask, awaited=_question_awaited),
    attendance.REPORT: Duty(_report, awaited=_report_awaited),
    attendance.ATTEND: Duty(_attend),
}
"""What the clock brings about in standups."""


# What stands in Slack


def tell_report(current: Round, day: date) -> None:
    """The report of a day, as it is now: posted once its time has come, then put right in place.

    A day's report stays where it began, also where the standup is set otherwise meanwhile.
    """
    if not rules.report_is_due(current.plan, day, current.now):
        return
    subject = report_subject(current, day)
    before = outbox.about(current.session, current.workspace, subject)
    key = before[0].key if before else current.report_key(day)
    channel = before[0].channel if before else current.plan.channel
    if current.trouble_in(channel) is not None:
        return
    report = rules.report(
        current.project,
        current.plan,
        day,
        standups.of_day(current.session, current.project.id, day),
        attendance.inside(current.project, current.people, current.standing),
        current.people,
        current.now,
        current.presence,
        _late(current, day, before[0].said_at if before else current.now),
    )
    if report is None:
        return
    stands = bool(before) and before[0].ts is not None
    pinged = views.pinged(one.blocks for one in before) if stands else None
    pages = views.reported(report, pinged)
    pages += [views.emptied(report)] * (len(before) - len(pages))
    for number, page in enumerate(pages):
        own = f"{key}/{number}" if number else key
        current.say(own, channel, page, under=key if number else None, about=subject)
    if before:
        _tell_late(current, report, before[0], subject)


def _tell_late(current: Round, report: rules.Report, parent: outbox.Standing, subject: str) -> None:
    """What was said after the report, in its thread: a reply for each person, put right where they
    say it otherwise.
    """
    about = f"{subject}/late"
    told = {one.key: one for one in outbox.about(current.session, current.workspace, about)}
    in_parent = views.pinged(parent.blocks)
    for entry in report.entries:
        key = f"{parent.key}/late/{entry.id}"
        before = told.get(key)
        if before is None and not rules.is_late(entry, parent.said_at):
            continue
        stands = before is not None and before.ts is not None
        pinged = views.pinged(before.blocks) if before and stands else None
        reply = views.added(report, entry, pinged, in_parent)
        current.say(key, parent.channel, reply, under=parent.key, about=about)


def report_subject(current: Round, day: date) -> str:
    """What the messages of a day's report are about."""
    return prompts.subject_of(current.project.id, day)


def _late(current: Round, day: date, said_at: datetime) -> Late | None:
    """How a report comes late, where nobody kept the clock when it was due. One that only waited
    for somebody to be asked does not, nor one that was due before the standup was set so.
    """
    slot, since = report_slot(current.plan, day), current.standing.since
    if slot is None or (since is not None and since > slot):
        return None
    late = uptimes.late(current.session, current.workspace, slot, said_at)
    return late if late and late.down else None
