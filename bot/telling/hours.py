"""When somebody is left in peace."""

from bot.changes import HoursSet
from bot.telling.line import Line


def lines(change: HoursSet) -> tuple[Line, ...]:
    return (Line("quiet", change.before.words, change.after.words),)
