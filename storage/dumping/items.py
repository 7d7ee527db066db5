"""Stages and components as entries of a document."""

from collections.abc import Sequence

from bot.document import ComponentEntry, StateEntry, one_line
from bot.project import Item


def state(item: Item, title: str | None) -> StateEntry:
    """A stage; `title` is what the ladder calls it."""
    return StateEntry(
        status=item.status,
        due=item.due,
        updated=item.updated.date() if item.updated else None,
        blocker=item.note,
        baseline_due=item.baseline_due if item.baseline_due != item.due else None,
        title=item.title if item.title != title else None,
        aliases=lines(item.aliases),
    )


def component(item: Item) -> ComponentEntry:
    return ComponentEntry(
        key=item.key,
        title=item.title,
        stage=item.parent or "",
        aliases=lines(item.aliases),
        inherits_raci=item.inherits_raci,
        status=item.status,
        due=item.due,
        updated=item.updated.date() if item.updated else None,
        blocker=item.note,
        baseline_due=item.baseline_due if item.baseline_due != item.due else None,
    )


def lines(names: Sequence[str]) -> list[str]:
    """Names as a document may hold them; one that is empty then is left out."""
    return [line for name in names if (line := one_line(name, ""))]
