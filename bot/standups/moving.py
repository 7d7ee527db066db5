"""Somebody who is in a standup moves, or their zone does: what is asked on the day of the move.

The day on which it happens is still asked by the clock that they had, and each later one by the new
one, so that no day of theirs is asked twice. A day that is over where they are by the time that the
old clock would ask is not asked, and they are told.
"""

from dataclasses import replace
from datetime import date, datetime

from bot.moments import own_day
from bot.recurrence import DAY, Recurrence, Weekly, next_after


def is_move(old: Recurrence | None, new: Weekly) -> bool:
    """Whether nothing but the zone is another."""
    return isinstance(old, Weekly) and old != new and replace(old, zone=new.zone) == new


def asks_once_more(
    old: Recurrence | None, new: Weekly, since: datetime | None, due: datetime
) -> bool:
    """Whether the old clock's question that is to come next, at `due`, is that of the day of the
    move (`since`, if that is known), on what is the same day by the new one. It may have been put
    off, for who has the morning off.
    """
    return zone_before_moving(old, new, since, due) is not None


def zone_before_moving(
    old: Recurrence | None, new: Weekly, since: datetime | None, slot: datetime
) -> str | None:
    """The zone by which a slot of the old clock is asked still: on the day of the move, if it is
    the same day by the new one. None where it is not, or where more than the zone is another.
    """
    if not isinstance(old, Weekly) or not is_move(old, new) or since is None:
        return None
    day = own_day(slot, old.zone)
    is_that_day = day == own_day(since, old.zone) == own_day(slot, new.zone)
    return old.zone if is_that_day else None


def passed_over(
    old: Recurrence | None, new: Weekly, due: datetime, now: datetime
) -> tuple[date, ...]:
    """The days of a standup that are asked by neither clock where the new one holds from now on,
    and the old one's next question, at `due`, does not come any more.
    """
    if not isinstance(old, Weekly) or not is_move(old, new):
        return ()
    left = own_day(due, old.zone)
    first = own_day(next_after(new, now), new.zone)
    between = (left + DAY * n for n in range((first - left).days))
    return tuple(day for day in between if day.weekday() in new.days)
