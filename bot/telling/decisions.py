"""Decisions kept and withdrawn, in words."""

from bot.changes import DecisionChange, DecisionKept
from bot.decisions import label
from bot.telling.line import Line, came


def lines(change: DecisionChange) -> tuple[Line, ...]:
    what = f"decision {label(change.number)}"
    if isinstance(change, DecisionKept):
        return (came(what, change.text, added=True),)
    why = f" ({change.because})" if change.because else ""
    holds, gone = change.text, f"withdrawn{why}"
    return (Line(what, holds, gone) if change.withdrawn else Line(what, "withdrawn", holds),)
