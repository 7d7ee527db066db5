"""What a gate asks for, and who says that it is so."""

from bot.changes import CriterionChanged, GateChange, TickChanged
from bot.telling.line import Line, came


def lines(change: GateChange) -> tuple[Line, ...]:
    match change:
        case CriterionChanged(text=text, added=added):
            return (came("gate", text, added=added),)
        case TickChanged():
            return (came("ticked", _ticked(change), added=change.ticked),)
        case _:
            return (Line("gate", "", f"asked for{_note(change.note)}"),)


def _ticked(change: TickChanged) -> str:
    own = " (self-approved)" if change.is_self else ""
    return f"{change.text}{own}{_note(change.note)}"


def _note(note: str) -> str:
    return f": {note}" if note else ""
