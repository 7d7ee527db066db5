"""The rows of which stages and components a project has."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from bot.changes import (
    AliasChanged,
    ItemAdded,
    ItemRemoved,
    ItemRenamed,
    ItemsOrdered,
    LadderChange,
)
from bot.deciding.ladder import back_in_order
from bot.project import Status
from storage.database import plainly
from storage.statements import adding, adding_for_keys, setting
from storage.tables import ItemRow, StatusRow, columns
from storage.writing import names, roles
from storage.writing.pen import Pen

_ITEM = columns(ItemRow)
_ORDER = (
    select(_ITEM.id, _ITEM.key)
    .where(_ITEM.project_id == bindparam("project"), _ITEM.removed_at.is_(None))
    .order_by(_ITEM.position, _ITEM.id)
)
_REMOVING = setting(ItemRow, "removed_at")
_RETURNING = setting(ItemRow, "removed_at", "title", "parent_key")
_RENAMING = setting(ItemRow, "title")
_PLACING = setting(ItemRow, "position")


def write(pen: Pen, change: LadderChange) -> int | None:
    """Gives the item that it is about, which may be new; None where it is about several."""
    match change:
        case ItemAdded():
            return _added(pen, change)
        case ItemRemoved():
            return _removed(pen, change)
        case ItemRenamed():
            return _renamed(pen, change)
        case ItemsOrdered():
            present = _present(pen, change.project)
            _place(pen, present, back_in_order(list(present), change.after))
            return None


def _present(pen: Pen, project: int) -> dict[str, int]:
    """The items by their keys, in their order."""
    found = plainly(pen.session).execute(_ORDER, {"project": project})
    return {key: number for number, key in found}


def _place(pen: Pen, present: dict[str, int], order: Sequence[str]) -> None:
    rows = [{"of": present[key], "position": at} for at, key in enumerate(order)]
    if rows:
        plainly(pen.session).execute(_PLACING, rows)


def _added(pen: Pen, change: ItemAdded) -> int:
    order = list(_present(pen, change.project))
    number = change.item if change.item is not None else _begun(pen, change)
    if change.item is not None:
        row = {"removed_at": None, "title": change.title, "parent_key": change.parent}
        plainly(pen.session).execute(_RETURNING, {"of": number, **row})
    at = order.index(change.after) + 1 if change.after in order else len(order)
    order.insert(at, change.key)
    _place(pen, _present(pen, change.project), order)
    return number


def _begun(pen: Pen, change: ItemAdded) -> int:
    """A new item, which has not started and is held by nobody."""
    row = {
        "project_id": change.project,
        "key": change.key,
        "kind": change.kind.value,
        "title": change.title,
        "parent_key": change.parent,
        "inherits_raci": False,
        "position": 0,
        "version": 0,
    }
    plain = plainly(pen.session)
    number: int = plain.execute(adding_for_keys(ItemRow), row).scalar_one()
    status = {"project_id": change.project, "item_id": number, "status": Status.NOT_STARTED.value}
    plain.execute(adding(StatusRow), {**status, "since": pen.now, **pen.recorded()})
    return number


def _removed(pen: Pen, change: ItemRemoved) -> int:
    at = None if change.back else pen.now
    plainly(pen.session).execute(_REMOVING, {"of": change.item, "removed_at": at})
    if change.back:
        roles.restore(pen, change.ended)
    else:
        roles.end(pen, change.ended, pen.now)
    return change.item


def _renamed(pen: Pen, change: ItemRenamed) -> int:
    plainly(pen.session).execute(_RENAMING, {"of": change.item, "title": change.after})
    for alias, added in ((change.named, True), (change.unnamed, False)):
        if alias:
            names.write(pen, AliasChanged(change.project, change.item, alias, added=added))
    return change.item
