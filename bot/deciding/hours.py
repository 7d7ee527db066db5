"""When somebody is left in peace."""

from datetime import time

from bot.changes import HoursSet
from bot.errors import Refused, Why
from bot.hours import ALWAYS, NEVER, Hours, hours
from bot.people import Person


def set_hours(
    person: Person,
    days: frozenset[int] | None,
    quiet_from: time | None,
    quiet_until: time | None,
    *,
    is_off: bool = False,
) -> HoursSet:
    """Somebody's hours as they want them: what they do not say stays as it is. `is_off`: they may
    be written to at any time.
    """
    before = hours(person)
    after = Hours(
        before.zone,
        ALWAYS if is_off else days or before.days,
        NEVER if is_off else quiet_from if quiet_from is not None else before.quiet_from,
        NEVER if is_off else quiet_until if quiet_until is not None else before.quiet_until,
    )
    if after == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": "your quiet hours"})
    return HoursSet(person.id, before, after)
