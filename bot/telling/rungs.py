"""The ladder that new projects begin with: one line for each stage that differs."""

from bot.changes import RungsChanged
from bot.telling.line import Line


def lines(change: RungsChanged) -> tuple[Line, ...]:
    before = {rung.key: rung.title for rung in change.before}
    after = {rung.key: rung.title for rung in change.after}
    return tuple(
        Line("ladder", before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )
