"""What becomes of milestones. Their first day stays what every later one is held against."""

from dataclasses import replace
from datetime import date

from bot.changes import (
    MilestoneChange,
    MilestoneMet,
    MilestoneMoved,
    MilestoneRemoved,
    MilestoneSet,
)
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_line, checked_text
from bot.errors import BadInput, NotFound, Refused, Why
from bot.milestones import Milestone
from bot.project import Item, Project
from bot.spelling import folded


def milestone_named(project: Project, name: str, *, removed: bool = False) -> Milestone:
    """The milestone of that name. Raises `NotFound` with the names that there are."""
    wanted = folded(name)
    known = [one for one in project.milestones if one.removed is removed]
    found = next((one for one in known if one.key == wanted), None)
    if found is None:
        raise NotFound("milestone", name, tuple(one.title for one in known)[:3])
    return found


def set_milestone(project: Project, item: Item | None, name: str, due: date) -> MilestoneSet:
    """A milestone that is new. `Refused` where there is one of that name: it is moved, with a
    reason; one that was removed comes back with its first day, so that nobody can begin anew.
    """
    refuse_archived(project)
    title = checked_line(name, "milestone")
    key = folded(title)
    if not key:
        raise BadInput(Why.EMPTY_TEXT, {"field": "milestone"}, field="milestone")
    for known in project.milestones:
        if known.key == key:
            facts = {"milestone": known.title, "date": known.baseline.isoformat()}
            why = Why.MILESTONE_REMOVED if known.removed else Why.MILESTONE_THERE
            raise Refused(why, facts, field="milestone")
    return MilestoneSet(project.id, item.id if item else None, key, title, due)


def move_milestone(project: Project, name: str, due: date, reason: str) -> MilestoneMoved:
    refuse_archived(project)
    one = milestone_named(project, name)
    if one.due == due:
        raise Refused(Why.NOTHING_CHANGES, {"item": one.title})
    if not reason.strip():
        facts = {"milestone": one.title, "date": due.isoformat()}
        raise BadInput(Why.MOVE_REASON, facts, field="reason")
    reason = checked_text(reason, LONGEST_NOTE, "reason")
    return MilestoneMoved(project.id, one.item, one.key, one.title, one.due, due, reason)


def meet_milestone(project: Project, name: str, day: date, today: date) -> MilestoneMet:
    refuse_archived(project)
    one = milestone_named(project, name)
    if day > today:
        facts = {"milestone": one.title, "date": day.isoformat()}
        raise Refused(Why.NOT_MET_YET, facts, field="day")
    if one.met_on == day:
        raise Refused(Why.NOTHING_CHANGES, {"item": one.title})
    return MilestoneMet(project.id, one.item, one.key, one.title, one.met_on, day)


def remove_milestone(project: Project, name: str, *, removed: bool = True) -> MilestoneRemoved:
    """Plan it no more, or again."""
    refuse_archived(project)
    one = milestone_named(project, name, removed=not removed)
    return MilestoneRemoved(project.id, one.item, one.key, one.title, one.due, removed)


def milestone_reversed(change: MilestoneChange) -> MilestoneChange | None:
    match change:
        case MilestoneSet(taken_back=False):
            return replace(change, taken_back=True)
        case MilestoneMoved(taken_back=False):
            return replace(change, before=change.after, after=change.before, taken_back=True)
        case MilestoneMet():
            return replace(change, before=change.after, after=change.before)
        case MilestoneRemoved():
            return replace(change, removed=not change.removed)
        case _:
            return None
