"""Which stages and components a project has."""

from bot.changes import ItemAdded, ItemRemoved, ItemRenamed, LadderChange
from bot.telling.line import Line, came


def lines(change: LadderChange) -> tuple[Line, ...]:
    match change:
        case ItemAdded():
            return (came(change.kind.value, change.title, added=True),)
        case ItemRemoved():
            return (came("item", change.title, added=change.back),)
        case ItemRenamed(before=before, after=after):
            return (Line("title", before, after),)
        case _:
            where = f"before {change.ahead_of}" if change.ahead_of else "where it was"
            return (Line("order", "", f"{change.moved} {where}"),)
