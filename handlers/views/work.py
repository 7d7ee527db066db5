"""Whole sentences for what was done to a ladder or a gate, what was signed off or promised, and for
a project's end.
"""

from bot.telling import Line
from handlers.views.kit import cut, name

_LONGEST = 160


def sentence(line: Line) -> str:
    """What follows the name of what it is about; empty for what is told as before → after."""
    before, after = name(line.before), name(line.after)
    match line.label:
        case "stage" | "component":
            return f" is a {line.label} of this project now. Nobody holds a letter of it yet."
        case "item" if line.after:
            return f": {after} is back, with its history and its letters."
        case "item":
            return f": {before} is taken out. Its history stays, its letters end today."
        case "order":
            return f": {after}."
        case "done" | "gate":
            return _done(line) if line.label == "done" else _gate(line)
        case "scope approved":
            again = f" (it was {before})" if line.before and line.after else ""
            return f": scope {after} is approved{again}." if line.after else ": not approved now."
        case "confirmed":
            return ": confirmed as still true." if line.after else ": not confirmed now."
        case str(label) if label.startswith("milestone ") and not line.before:
            return f": milestone “{name(label.removeprefix('milestone '))}” is on {after}."
        case _:
            return ""


def _done(line: Line) -> str:
    if not line.after.startswith("yes"):
        return " is not done after all."
    return f" is {cut(line.after.replace('yes', 'done', 1), _LONGEST)}."


def _gate(line: Line) -> str:
    before, after = cut(line.before, _LONGEST), cut(line.after, _LONGEST)
    if after.startswith("asked for"):
        return f": its gate is {after}."
    return (
        f": its gate asks for “{after}” now."
        if after
        else f": its gate asks no more for “{before}”."
    )
