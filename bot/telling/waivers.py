"""Rules that are waived, and applied again."""

from bot.changes import WaiverChanged
from bot.telling.line import Line
from bot.waivers import Waiver


def lines(change: WaiverChanged) -> tuple[Line, ...]:
    return (Line(f"waiver of {change.rule}", _words(change.before), _words(change.after)),)


def _words(waiver: Waiver | None) -> str:
    return f"until {waiver.last_day.isoformat()}: {waiver.reason}" if waiver else ""
