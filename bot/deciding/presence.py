"""Whether somebody may be away, or back, and what that changes."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.changes import AbsenceEnded, AbsenceSet, RegionSet, RemindersSet, ZoneSet
from bot.errors import BadInput, Refused, Why
from bot.orders import SetAway
from bot.people import Person
from bot.presence import Absence, Half, Presence, Told
from bot.presence import region as known_region

_LONGEST = timedelta(days=366)


def set_away(
    presence: Presence, order: SetAway, today: date, name: str
) -> tuple[AbsenceSet, tuple[AbsenceEnded, ...]]:
    """The days off that somebody wants, and those of before that lie within them, which end.

    `today` is the day where they are. `BadInput` for days that are over, or too many; `Refused`
    for what they said already.
    """
    first, last = order.first, _last(presence, order)
    if last < first:
        raise BadInput(Why.AWAY_BACKWARDS, {"date": last.isoformat()}, field="until")
    if last < today:
        raise BadInput(Why.AWAY_OVER, {"date": last.isoformat()}, field="until")
    if last - first > _LONGEST:
        raise BadInput(Why.AWAY_LONG, {"date": last.isoformat()}, field="until")
    wanted = AbsenceSet(presence.person, max(first, today), last, order.half)
    said = [one for one in presence.absences if one.told is Told.SAID]
    for one in said:
        if _covers(one, wanted):
            days = {"from": one.first.isoformat(), "until": one.last.isoformat()}
            raise Refused(Why.AWAY_ALREADY, {"name": name, **days}, field="away")
    within = [one for one in said if _lies_in(one, wanted)]
    return wanted, tuple(_ended(one, today) for one in within)


def _last(presence: Presence, order: SetAway) -> date:
    """The last of the days; where so many working days are wanted, those that they do not work
    anyway are none of them.
    """
    if order.last is not None:
        return order.last
    working = replace(presence, absences=()).working_days(order.first)
    return [day for _, day in zip(range(max(1, order.days)), working, strict=False)][-1]


def _covers(one: Absence, wanted: AbsenceSet) -> bool:
    same = one.half in {Half.DAY, wanted.half}
    return same and one.first <= wanted.first_day and wanted.last_day <= one.last


def _lies_in(one: Absence, wanted: AbsenceSet) -> bool:
    same = wanted.half in {Half.DAY, one.half}
    return same and wanted.first_day <= one.first and one.last <= wanted.last_day


def end_away(presence: Presence, day: date | None, today: date, name: str) -> AbsenceEnded:
    """They are back: what covers the day that is meant is over; where none was meant, what is under
    way, else what comes next. `Refused` where there is nothing.
    """
    found = _meant(presence, day, today)
    if found is None:
        raise Refused(Why.NOT_AWAY, {"name": name}, field="away")
    return _ended(found, today)


def _meant(presence: Presence, day: date | None, today: date) -> Absence | None:
    if day is not None:
        return presence.leave(day)
    if (present := presence.leave(today)) is not None:
        return present
    ahead = [one for one in presence.absences if one.first > today]
    return min(ahead, key=lambda one: (one.first, one.id), default=None)


def _ended(one: Absence, today: date) -> AbsenceEnded:
    return AbsenceEnded(
        one.id, one.person, one.first, one.last, min(max(today, one.first), one.last), one.half
    )


def also_back(presence: Presence, ended: AbsenceEnded, today: date) -> tuple[AbsenceEnded, ...]:
    """Whoever is back today is so whatever their status in Slack goes on to say."""
    if ended.first_day > today:
        return ()
    standing = (one for one in presence.absences if one.told is Told.STATUS and one.last >= today)
    return tuple(_ended(one, today) for one in standing if one.id != ended.absence)


def follow_status(
    person: int,
    standing: Sequence[Absence],
    called_off: Collection[date],
    last: date | None,
    today: date,
) -> tuple[AbsenceSet | AbsenceEnded, ...]:
    """What a status in Slack changes that says until `last` (None: nothing) that they are away.

    `standing` is what it said until now, as far as that is not over. Of what was to last until one
    of the days `called_off` somebody said that they are back all the same.
    """
    until = max((one.last for one in standing), default=None)
    over: tuple[AbsenceEnded, ...] = ()
    if until is not None and (last is None or last < until):
        over = tuple(_ended(one, today) for one in standing)
        until = None
    first = today if until is None else max(today, until + timedelta(days=1))
    if last is None or last < first or last in called_off:
        return over
    return (*over, AbsenceSet(person, first, last, told=Told.STATUS))


def set_region(person: Person, said: str) -> RegionSet:
    """The region whose public holidays somebody has. `NotFound` for what is none."""
    after = known_region(said) if said else ""
    if after == person.region:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your region"})
    return RegionSet(person.id, person.region, after)


def set_reminders(person: Person, *, wanted: bool) -> RemindersSet:
    """Whether standups may remind somebody."""
    if wanted is not person.no_reminders:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your reminders"})
    return RemindersSet(person.id, not person.no_reminders, wanted)


def set_zone(person: Person, zone: str) -> ZoneSet:
    """Somebody's own time zone, or (empty) Slack's."""
    if zone == person.own_zone:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your time zone"})
    return ZoneSet(person.id, person.own_zone, zone)
