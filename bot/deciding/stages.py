"""Where an item stands, and when it is due."""

from datetime import date

from bot.changes import DueMoved, StageMoved
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import BadInput, Refused, Why
from bot.project import Item, Project, Status


def move(project: Project, item: Item, status: Status, note: str | None) -> StageMoved:
    """Move an item to a status. Skipping and blocking need a note that says why."""
    refuse_archived(project)
    note = checked_text(note, LONGEST_NOTE, "note") if note else None
    if status in {Status.SKIPPED, Status.BLOCKED} and not note:
        raise BadInput(
            Why.REASON_NEEDED, {"status": status.words, "item": item.title}, field="note"
        )
    if (status, note) == (item.status, item.note):
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return StageMoved(project.id, item.id, item.status, item.note, status, note)


def move_due(project: Project, item: Item, due: date | None) -> DueMoved:
    refuse_archived(project)
    if due == item.due:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return DueMoved(project.id, item.id, item.due, due)
