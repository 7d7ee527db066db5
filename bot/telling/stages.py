"""An item that moves, and its due date."""

from datetime import date

from bot.changes import StageChange, StageMoved
from bot.project import Status
from bot.telling.line import Line


def lines(change: StageChange) -> tuple[Line, ...]:
    if isinstance(change, StageMoved):
        before = _status(change.before, change.before_note)
        return (Line("status", before, _status(change.after, change.note)),)
    return (Line("due", _day(change.before), _day(change.after)),)


def _status(status: Status, note: str | None) -> str:
    return f"{status.words} ({note})" if note else status.words


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
