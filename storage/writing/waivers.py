"""The rows of rules that are waived."""

from sqlalchemy import update
from sqlmodel import col

from bot.changes import WaiverChanged
from storage.database import plainly
from storage.statements import adding
from storage.tables import WaiverRow
from storage.writing.pen import Pen


def write(pen: Pen, change: WaiverChanged) -> None:
    """End the present waiver, if there is one, and begin the next, now."""
    if change.before is not None:
        same_item = (
            col(WaiverRow.item_id).is_(None)
            if change.item is None
            else col(WaiverRow.item_id) == change.item
        )
        pen.session.execute(
            update(WaiverRow)
            .where(
                col(WaiverRow.project_id) == change.project,
                same_item,
                col(WaiverRow.rule) == change.rule,
                col(WaiverRow.until).is_(None),
            )
            .values(until=pen.now)
        )
    if change.after is None:
        return
    row = {
        "project_id": change.project,
        "item_id": change.item,
        "rule": change.rule,
        "reason": change.after.reason,
        "last_day": change.after.last_day,
        "since": pen.now,
        **pen.recorded(),
    }
    plainly(pen.session).execute(adding(WaiverRow), row)
