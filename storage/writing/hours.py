"""The columns of somebody's own hours."""

from bot.changes import HoursSet
from storage.database import plainly
from storage.statements import setting
from storage.tables import PersonRow
from storage.writing.pen import Pen


def write(pen: Pen, change: HoursSet) -> None:
    kept = {
        "work_days": sorted(change.after.days),
        "quiet_from": change.after.quiet_from.isoformat("minutes"),
        "quiet_until": change.after.quiet_until.isoformat("minutes"),
    }
    plainly(pen.session).execute(setting(PersonRow, *kept), {"of": change.person, **kept})
