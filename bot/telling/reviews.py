"""Projects said to be still true, in words."""

from bot.changes import ReviewChange, ReviewSet
from bot.telling.line import Line, came


def lines(change: ReviewChange) -> tuple[Line, ...]:
    if isinstance(change, ReviewSet):
        return (Line("review", _often(change.before), _often(change.after)),)
    return (came("confirmed", "still true", added=not change.taken_back),)


def _often(days: int | None) -> str:
    if days is None:
        return "as in the whole workspace"
    return f"every {days} {'day' if days == 1 else 'days'}" if days else "off"
