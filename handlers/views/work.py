"""Whole sentences for what was done to a project, its ladder or a gate, and what was signed off or
promised: the chat and digests say them alike.
"""

from bot.telling import Line
from handlers.views.kit import cut, name

_LONGEST = 160

_BESIDE = {
    ("stage", True): ". Nobody holds a letter of it yet.",
    ("component", True): ". Nobody holds a letter of it yet.",
    ("item", True): ", with its history and its letters.",
    ("item", False): ". Its history stays, its letters end today.",
    ("archived", True): ": it can be read, but not changed.",
    ("archived", False): ": it can be changed again.",
    ("channel", True): (
        ": it is meant there where nobody names another. "
        "Where several are bound, I ask which one is meant."
    ),
}
"""What the one who did it is told besides, by label and whether something came."""


_CLAUSES = {
    "stage": (" is a stage of this project now", ""),
    "component": (" is a component of this project now", ""),
    "item": (": {after} is back", ": {before} is taken out"),
    "order": (": {after}", ""),
    "ticked": (": met at its gate: {after}", ": no longer met at its gate: {before}"),
    "archived": (" is archived", " is back"),
    "channel": (" is bound to {after} now", " is no longer bound to {before}"),
    "alias": (" is also called “{after}” now", " is no longer called “{before}”"),
    "scope approved": (": scope {after} is approved", ": scope {before} is no longer approved"),
    "confirmed": (": confirmed as still true", ": not confirmed now"),
}
"""What follows the name of what it is about, by label: where something came, and where it went."""


def sentence(line: Line) -> str:
    """What follows the name of what it is about; empty for what is told as before → after."""
    said = clause(line)
    return f"{said}{_BESIDE.get((line.label, _came(line)), '.')}" if said else ""


def clause(line: Line) -> str:
    """The same without a full stop and without what is told only to the one who did it."""
    match line.label:
        case "done":
            return _done(line)
        case "gate":
            return _gate(line)
        case str(label) if label.startswith("milestone ") and not line.before:
            return (
                f": milestone “{name(label.removeprefix('milestone '))}” is on {name(line.after)}"
            )
        case label:
            came, went = _CLAUSES.get(label, ("", ""))
            said = came if _came(line) else went
            again = f" (it was {line.before})" if label == "scope approved" and line.before else ""
            before, after = name(line.before, _LONGEST), name(line.after, _LONGEST)
            told = said.format(before=before, after=after)
            return f"{told}{again if _came(line) else ''}"


def _came(line: Line) -> bool:
    return line.after not in {"", "no"}


def _done(line: Line) -> str:
    if not line.after.startswith("yes"):
        return " is not done after all"
    return f" is {cut(line.after.replace('yes', 'done', 1), _LONGEST)}"


def _gate(line: Line) -> str:
    before, after = cut(line.before, _LONGEST), cut(line.after, _LONGEST)
    if after.startswith("asked for"):
        return f": its gate is {after}"
    return (
        f": its gate asks for “{after}” now" if after else f": its gate asks no more for “{before}”"
    )
