"""Which stages and components a project has: added, renamed, taken out, put in another order."""

from collections.abc import Mapping, Sequence

from bot.changes import ItemAdded, ItemRemoved, ItemRenamed, ItemsOrdered
from bot.deciding.names import NO_RUNGS, spellings
from bot.deciding.projects import checked_name, refuse_archived
from bot.deciding.texts import fresh_key
from bot.errors import Refused, Why
from bot.people import Person
from bot.project import Gone, Item, Kind, Project
from bot.spelling import folded

MOST_ITEMS = 100


def add_item(
    project: Project,
    title: str,
    *,
    parent: Item | None = None,
    after: Item | None = None,
    key: str = "",
    rungs: Mapping[str, tuple[str, ...]] = NO_RUNGS,
) -> ItemAdded:
    """A stage after another one (None: at the end), or a component of the stage `parent`.

    One of that name that was taken out comes back, with its history.
    """
    refuse_archived(project)
    title = checked_name(title)
    _free(project, title, rungs)
    if len(project.items) >= MOST_ITEMS:
        facts = {"field": "stages", "length": str(MOST_ITEMS + 1), "longest": str(MOST_ITEMS)}
        raise Refused(Why.TOO_MANY, facts)
    kind = Kind.COMPONENT if parent else Kind.STAGE
    stage = parent.key if parent else None
    before = _stands_after(project, after)
    gone = _gone(project, title, kind)
    if gone is not None:
        return ItemAdded(project.id, gone.key, gone.title, kind, stage, before, gone.id)
    taken = {one.key for one in project.items} | {one.key for one in project.gone}
    key = key or fresh_key(title, taken, "stage")
    return ItemAdded(project.id, key, title, kind, stage, before)


def _free(
    project: Project,
    title: str,
    rungs: Mapping[str, tuple[str, ...]],
    but: Item | None = None,
) -> None:
    """Raise `Refused` where a name means something in the project already."""
    for owner in project.items:
        if owner != but and folded(title) in spellings(owner, rungs):
            raise Refused(Why.ITEM_TAKEN, {"name": title, "item": owner.title}, field="name")


def _gone(project: Project, title: str, kind: Kind) -> Gone | None:
    same = (one for one in project.gone if one.kind is kind and folded(one.title) == folded(title))
    return next(same, None)


def _stands_after(project: Project, after: Item | None) -> str | None:
    """Which item it stands behind, here or at the end: stages and components stand in one row."""
    last = after or (project.items[-1] if project.items else None)
    return last.key if last else None


def rename_item(
    project: Project,
    item: Item,
    title: str,
    rungs: Mapping[str, tuple[str, ...]] = NO_RUNGS,
) -> ItemRenamed:
    """Another title for an item, whose old one stays a name for it."""
    refuse_archived(project)
    title = checked_name(title)
    if title == item.title:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    _free(project, title, rungs, but=item)
    others = {folded(one) for one in (title, item.key, *item.aliases, *rungs.get(item.key, ()))}
    named = "" if folded(item.title) in others else item.title
    return ItemRenamed(project.id, item.id, item.title, title, named)


def remove_item(project: Project, item: Item, people: Mapping[int, Person]) -> ItemRemoved:
    """Take an item out; its letters end, its history stays. `Refused` while it has components, and
    while it is on its way to somebody.
    """
    refuse_archived(project)
    if item.offer is not None:
        facts = {"item": item.title, "name": people[item.offer.receiver].name}
        raise Refused(Why.OFFER_OPEN, facts)
    if parts := [one.title for one in project.components(item.key)]:
        raise Refused(Why.HAS_COMPONENTS, {"item": item.title, "items": ", ".join(parts[:5])})
    planned = (one for one in item.accountable if one not in item.assignments and not one.until)
    return ItemRemoved(project.id, item.id, item.title, (*item.assignments, *planned))


def order_items(project: Project, item: Item, ahead_of: Item) -> ItemsOrdered:
    """Put a stage before another one, or a component before another one of its stage."""
    refuse_archived(project)
    before = [one.key for one in project.items]
    rest = [key for key in before if key != item.key]
    if item.kind is not ahead_of.kind or item.parent != ahead_of.parent:
        raise Refused(Why.NOT_SIDE_BY_SIDE, {"item": item.title, "other": ahead_of.title})
    if ahead_of.id == item.id:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    at = rest.index(ahead_of.key)
    after = [*rest[:at], item.key, *rest[at:]]
    if after == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": item.title})
    return ItemsOrdered(project.id, tuple(before), tuple(after), item.title, ahead_of.title)


def back_in_order(present: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The keys of now in an order of before; what came since stays behind what it stood behind."""
    order = [key for key in wanted if key in present]
    for at, key in enumerate(present):
        if key not in order:
            order.insert(order.index(present[at - 1]) + 1 if at else 0, key)
    return tuple(order)
