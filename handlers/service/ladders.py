"""The use cases of a project's own ladder: its stages and components."""

from collections.abc import Mapping
from dataclasses import replace

from bot import deciding
from bot.changes import Change
from bot.errors import Refused, Why
from bot.orders import AddItem, OrderItems, RemoveItem, RenameItem
from bot.outcome import Done, Place
from bot.people import Actor
from bot.project import Item, Kind, Project
from bot.spelling import folded
from handlers.service import references
from handlers.service.desks import Desks
from handlers.service.references import Desk


class Ladders(Desks):
    """What may be done with which stages and components a project has."""

    def add(self, actor: Actor, order: AddItem, place: Place) -> Done:
        """A stage, or a component of one. A name that the workspace's ladder has takes its key."""

        def decide(desk: Desk, project: Project, _item: Item | None) -> Change:
            parent = _stage(desk, project, order.parent) if order.parent else None
            after = references.item(desk, project, order.after) if order.after else None
            return deciding.add_item(
                project,
                order.name,
                parent=parent,
                after=after,
                key="" if parent else _rung(desk, project, order.name),
                rungs=_rungs(desk),
            )

        done = self._change(actor, order.project, None, None, place, decide)
        added = next((one for one in done.project.items if _is_called(one, order.name)), None)
        return replace(done, item=added)

    def rename(self, actor: Actor, order: RenameItem, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.rename_item(project, item, order.name, _rungs(desk))

        return self._change(actor, order.project, order.item, None, place, decide)

    def remove(self, actor: Actor, order: RemoveItem, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            return deciding.remove_item(project, item, desk.facts.people)

        return self._change(actor, order.project, order.item, None, place, decide)

    def order(self, actor: Actor, order: OrderItems, place: Place) -> Done:
        def decide(desk: Desk, project: Project, item: Item | None) -> Change:
            assert item is not None
            ahead_of = references.item(desk, project, order.ahead_of)
            return deciding.order_items(project, item, ahead_of)

        return self._change(actor, order.project, order.item, None, place, decide)


def _is_called(item: Item, name: str) -> bool:
    return folded(item.title) == folded(name)


def _stage(desk: Desk, project: Project, ref: str) -> Item:
    """The stage that a component is to belong to."""
    item = references.item(desk, project, ref)
    if item.kind is not Kind.STAGE:
        raise Refused(Why.NO_STAGE, {"item": item.title}, field="stage")
    return item


def _rungs(desk: Desk) -> Mapping[str, tuple[str, ...]]:
    """What the workspace's ladder calls its stages, by their keys."""
    return {rung.key: rung.aliases for rung in desk.facts.ladder}


def _rung(desk: Desk, project: Project, name: str) -> str:
    """The key of the ladder's stage of that name, where the project has none of that key."""
    taken = {one.key for one in project.items} | {one.key for one in project.gone}
    same = (rung.key for rung in desk.facts.ladder if folded(rung.title) == folded(name))
    return next((key for key in same if key not in taken), "")
