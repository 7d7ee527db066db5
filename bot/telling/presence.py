"""Who is away, and by which clock somebody lives. Why somebody is away is told nowhere."""

from collections.abc import Mapping

from bot.changes import AbsenceEnded, AbsenceSet, PresenceChange, RegionSet, RemindersSet, ZoneSet
from bot.people import Person
from bot.presence import Half
from bot.telling.line import Line, came

_UNSAID = "not said"


def lines(change: PresenceChange, people: Mapping[int, Person]) -> tuple[Line, ...]:
    match change:
        case RegionSet(before=before, after=after):
            return (Line("holidays", before or _UNSAID, after or _UNSAID),)
        case RemindersSet(before=before, after=after):
            return (Line("reminders of standups", _is_on(before), _is_on(after)),)
        case ZoneSet(before=before, after=after):
            return (Line("time zone", before or "as in Slack", after or "as in Slack"),)
        case AbsenceSet() | AbsenceEnded():
            is_set = isinstance(change, AbsenceSet)
            return (came("away", _days(change, people), added=is_set),)


def _is_on(wanted: bool) -> str:
    return "on" if wanted else "off"


def _days(change: AbsenceSet | AbsenceEnded, people: Mapping[int, Person]) -> str:
    name = people[change.person].name if change.person in people else "somebody unknown"
    part = "" if change.half is Half.DAY else f", {change.half.value}"
    return f"{name}, {change.first_day.isoformat()} to {change.last_day.isoformat()}{part}"
