"""When somebody who was asked and has not answered is reminded: once a day, where that helps."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.hours import Hours
from bot.standups import window
from bot.standups.answers import Entry, State
from bot.standups.plan import Plan, report_slot

REMIND_AFTER = timedelta(hours=1)


def ends(plan: Plan, entry: Entry, zone: str) -> datetime | None:
    """From when on a reminder helps nobody: the window is closed, or the report was told."""
    moments = (window.end(plan, entry, zone), report_slot(plan, entry.day))
    return min((moment for moment in moments if moment is not None), default=None)


def open_until(
    asked: Sequence[tuple[Plan, Entry]], zone: str, now: datetime
) -> dict[int, datetime]:
    """Until when those of these somebody may be reminded of, by the entries' ids."""
    found: dict[int, datetime] = {}
    for plan, entry in asked:
        end = ends(plan, entry, zone)
        if plan.reminds and entry.state is State.ASKED and end is not None and now < end:
            found[entry.id] = end
    return found


def reminder(asked: Sequence[tuple[Plan, Entry]], own: Hours, now: datetime) -> datetime | None:
    """When somebody is to be reminded of what they were asked on a day: an hour after they were,
    or halfway to its end where that is sooner, then or later in their working hours. None where all
    of it is over before that, or answered.
    """
    left = open_until(asked, own.zone, now)
    wanted = [
        entry.asked_at + min(REMIND_AFTER, (left[entry.id] - entry.asked_at) / 2)
        for _plan, entry in asked
        if entry.id in left and entry.asked_at is not None
    ]
    if not wanted:
        return None
    at = own.next_open(max(now, min(wanted)))
    return at if at < max(left.values()) else None
