"""Who is in a standup, kept by the clock: a schedule for everybody who is asked, and the report's.

`renew` puts the schedules right: at once where a standup, a letter or an item changes, and every
hour for all that changes otherwise (people who leave or move, documents that are loaded).
"""

from collections.abc import Mapping
from datetime import datetime

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
from bot.recurrence import Every, Recurrence
from bot.standups import Plan, ask_times, members, report_times
from storage import schedules, standups

ASK = "standup_ask"
REPORT = "standup_report"
ATTEND = "standup_attend"
EVERY = Every(60)

_MATTER = (RolesChanged, StageMoved, ItemRemoved, ArchiveChanged, StandupSet, StandupEnded)


def matters(change: Change) -> bool:
    """Whether a change may bring somebody into a standup, or out of it."""
    return isinstance(change, _MATTER)


def inside(project: Project, people: Mapping[int, Person], plan: Plan) -> tuple[int, ...]:
    """Who is in the standup of a project now."""
    return members(project, people, plan, project.visible_to)


def renew(
    session: Session,
    workspace: int,
    project: Project,
    people: Mapping[int, Person],
    now: datetime,
) -> None:
    """Let the clock ask those who are in, each at their own time, and nobody else."""
    prefix = f"standup/{project.id}/"
    present = schedules.keyed(session, workspace, prefix)
    standing = standups.standing(session, project.id)
    if standing is None:
        schedules.drop(session, workspace, present)
        return
    plan = standing.plan
    wanted = {ask_key(project.id, person): person for person in inside(project, people, plan)}
    for key, person in wanted.items():
        times = ask_times(plan, people[person].timezone)
        if present.get(key) != times:
            schedules.put(session, workspace, key, ASK, project.id, times, now, person)
    rest: dict[str, Recurrence] = {REPORT: report_times(plan), ATTEND: EVERY}
    for kind, recurrence in rest.items():
        if present.get(f"{prefix}{kind}") != recurrence:
            key = f"{prefix}{kind}"
            schedules.put(session, workspace, key, kind, project.id, recurrence, now)
    kept = {*wanted, *(f"{prefix}{kind}" for kind in rest)}
    schedules.drop(session, workspace, present.keys() - kept)


def ask_key(project: int, person: int) -> str:
    return f"standup/{project}/{ASK}/{person}"
