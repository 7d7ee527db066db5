"""Who is in a standup, kept by the clock: a schedule for everybody who is asked, and the report's.

`renew` puts the schedules right: at once where a standup, a letter or an item changes, and every
hour for all that changes otherwise (people who leave or move, documents that are loaded).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.changes import (
    ArchiveChanged,
    Change,
    ItemRemoved,
    RolesChanged,
    StageMoved,
    StandupEnded,
    StandupSet,
)
from bot.people import Person
from bot.project import Project
from bot.recurrence import Every, Recurrence, Weekly, at_local, next_after
from bot.standups import (
    ask_times,
    asks_once_more,
    members,
    passed_over,
    report_times,
)
from handlers.service.timers import Occurrence, Shift
from handlers.views import standups as views
from storage import outbox, schedules, standups
from storage.schedules import Coming
from storage.standups import Standing

ASK = "standup_ask"
REPORT = "standup_report"
ATTEND = "standup_attend"
EVERY = Every(60)

_MATTER = (RolesChanged, StageMoved, ItemRemoved, ArchiveChanged, StandupSet, StandupEnded)


def matters(change: Change) -> bool:
    """Whether a change may bring somebody into a standup, or out of it."""
    return isinstance(change, _MATTER)


def inside(project: Project, people: Mapping[int, Person], standing: Standing) -> tuple[int, ...]:
    """Who is in the standup of a project now."""
    grouped = standing.grouped or ()
    return members(project, people, standing.plan, project.visible_to, grouped)


def renew(
    session: Session,
    workspace: int,
    projects: Sequence[Project],
    people: Mapping[int, Person],
    now: datetime,
) -> None:
    """Let the clock ask those who are in the standups of projects, each at their own time, and
    nobody else.
    """
    if not projects:
        return
    keys = [project.id for project in projects]
    standing = standups.standing_in(session, keys)
    present = schedules.about(session, workspace, (ASK, REPORT, ATTEND), keys)
    for project in projects:
        stands = standing.get(project.id)
        _renew(session, workspace, project, stands, present.get(project.id, {}), people, now)


def _renew(
    session: Session,
    workspace: int,
    project: Project,
    standing: Standing | None,
    present: Mapping[str, Coming],
    people: Mapping[int, Person],
    now: datetime,
) -> None:
    if standing is None:
        schedules.drop(session, workspace, present)
        return
    plan = standing.plan
    wanted = {ask_key(project.id, person): person for person in inside(project, people, standing)}
    for key, person in wanted.items():
        times = ask_times(plan, people[person].timezone)
        before = present.get(key)
        if before is not None:
            since = people[person].zone_since
            if before.times == times or asks_once_more(before.times, times, since, before.next_at):
                continue
        schedules.put(session, workspace, key, ASK, project.id, times, now, person)
        days = passed_over(before.times, times, before.next_at, now) if before is not None else ()
        if days and people[person].slack_id:
            _tell_passed(session, workspace, people[person], days, times, now)
    rest: dict[str, tuple[str, Recurrence]] = {
        f"standup/{project.id}/{kind}": (kind, times)
        for kind, times in ((REPORT, report_times(plan)), (ATTEND, EVERY))
    }
    for key, (kind, recurrence) in rest.items():
        if key not in present or present[key].times != recurrence:
            schedules.put(session, workspace, key, kind, project.id, recurrence, now)
    schedules.drop(session, workspace, present.keys() - {*wanted, *rest})


def moved(session: Session, workspace: int, people: Sequence[int], now: datetime) -> None:
    """These people live by another clock: the standups that they are in are put right next."""
    if people:
        schedules.hasten(session, workspace, ATTEND, ASK, people, now)


def is_there(shift: Shift, occurrence: Occurrence, person: Person, zone: str) -> bool:
    """Whether somebody can be asked at this slot, which is theirs in a zone. Who is off for the
    morning is asked in the first minute of the afternoon instead.
    """
    here = occurrence.slot.astimezone(ZoneInfo(zone))
    day, at = here.date(), here.time()
    wanted = shift.facts.presence(person.id).asked_at(day, at)
    if wanted is not None and wanted != at:
        if (later := at_local(day, wanted, ZoneInfo(zone))) is not None:
            schedules.put_off(shift.session, occurrence, later)
        return False
    return wanted is not None


def _tell_passed(
    session: Session,
    workspace: int,
    person: Person,
    days: Sequence[date],
    times: Weekly,
    now: datetime,
) -> None:
    """Whose zone has moved on past a day hears that it brings no standup, once for all of them."""
    said = views.passed(days, times.zone, next_after(times, now))
    key = f"standup/passed/{person.id}/{days[0].isoformat()}"
    account = person.slack_id or ""
    outbox.say(session, workspace, key, account, said.text, said.blocks, now)


def attend_key(project: int) -> str:
    """The key by which the schedules of a standup are put right."""
    return f"standup/{project}/{ATTEND}"


def ask_key(project: int, person: int) -> str:
    return f"standup/{project}/{ASK}/{person}"
