"""What becomes of milestones, in words."""

from bot.changes import MilestoneChange, MilestoneMet, MilestoneMoved, MilestoneSet
from bot.telling.line import Line, came


def lines(change: MilestoneChange) -> tuple[Line, ...]:
    what = f"milestone {change.title}"
    match change:
        case MilestoneSet(due=due, taken_back=gone):
            return (came(what, due.isoformat(), added=not gone),)
        case MilestoneMoved(before=before, after=after, reason=reason, taken_back=gone):
            why = "" if gone else f" ({reason})"
            return (Line(what, before.isoformat(), f"{after.isoformat()}{why}"),)
        case MilestoneMet(before=was, after=now):
            told = (f"met on {day.isoformat()}" if day else "not met" for day in (was, now))
            return (Line(what, *told),)
        case _:
            return (came(what, change.due.isoformat(), added=not change.removed),)
