"""The rows of who is away, and the columns of somebody's own zone and holidays."""

from bot.changes import AbsenceEnded, AbsenceSet, PresenceChange, RegionSet, RemindersSet, ZoneSet
from storage.database import plainly
from storage.statements import adding, setting
from storage.tables import AbsenceRow, PersonRow
from storage.writing.pen import Pen


def write(pen: Pen, change: PresenceChange) -> None:
    plain = plainly(pen.session)
    match change:
        case AbsenceSet():
            row = {
                "workspace_id": pen.workspace_id,
                "person_id": change.person,
                "first_day": change.first_day,
                "last_day": change.last_day,
                "half": change.half.value,
                "told": change.told.value,
            }
            plain.execute(adding(AbsenceRow), {**row, **pen.recorded()})
        case AbsenceEnded():
            ended = {
                "ended_at": pen.now,
                "ended_on": change.ended_on,
                "ended_by": pen.actor.person_id,
            }
            plain.execute(setting(AbsenceRow, *ended), {"of": change.absence, **ended})
        case RegionSet():
            region = {"holiday_region": change.after}
            plain.execute(setting(PersonRow, *region), {"of": change.person, **region})
        case RemindersSet():
            kept = {"no_reminders": not change.after}
            plain.execute(setting(PersonRow, *kept), {"of": change.person, **kept})
        case ZoneSet():
            zone = {"own_zone": change.after, "zone_since": pen.now}
            plain.execute(setting(PersonRow, *zone), {"of": change.person, **zone})
