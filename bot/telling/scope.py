"""What a project is for, said otherwise."""

from bot.changes import ScopeChanged
from bot.telling.line import Line


def lines(change: ScopeChanged) -> tuple[Line, ...]:
    return (Line(change.name.replace("_", " "), change.before, change.after),)
