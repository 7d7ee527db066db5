"""Loading the stages and components of projects: which there are, and in what order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.document import (
    ComponentEntry,
    Document,
    ProjectEntry,
    StateEntry,
)
from bot.errors import Problem
from bot.project import Kind
from storage.loading.desk import About, Desk, Present, Wish
from storage.loading.states import Entry, ItemKey, States
from storage.tables import ItemRow


def _entries(document: Document, titles: Mapping[str, str]) -> Iterator[Entry]:
    """All items of a document; the stages of a project in the order of the ladder."""
    for number, project in enumerate(document.projects):
        path = f"projects[{number}]"
        for key, state in _stages(project, list(titles)):
            title = state.title or titles[key]
            where = f"{path}.stages.{key}"
            yield Entry(project.key, key, Kind.STAGE, title, None, state, where)
        for n, part in enumerate(project.components):
            where = f"{path}.components[{n}]"
            kind = Kind.COMPONENT
            yield Entry(project.key, part.key, kind, part.title, part.stage, part, where)


def _stages(project: ProjectEntry, ladder: Sequence[str]) -> list[tuple[str, StateEntry]]:
    """A project's stages in the ladder's order; one of its own follows the one it stands behind."""
    if "stages" not in project.model_fields_set:
        return [(key, StateEntry()) for key in ladder]
    order = [key for key in ladder if key in project.stages]
    before: str | None = None
    for key in project.stages:
        if key not in order:
            order.insert(order.index(before) + 1 if before else 0, key)
        before = key
    return [(key, project.stages[key]) for key in order]


def load_items(
    desk: Desk, document: Document, projects: Mapping[str, int], titles: Mapping[str, str]
) -> dict[ItemKey, int]:
    """The items, and where they stand; gives their ids by the keys of project and item."""
    entries = list(_entries(document, titles))
    names = {key: name for name, key in projects.items()}
    present: dict[ItemKey, Present] = {
        (names[project], row["key"]): row
        for project, rows in desk.of_projects(ItemRow, projects.values()).items()
        for row in rows
    }
    for entry in entries:
        if entry.of in present and present[entry.of]["kind"] != entry.kind:
            kind = present[entry.of]["kind"]
            desk.problems.append(Problem(entry.path, f"'{entry.key}' is recorded as a {kind}"))
    positions: dict[str, int] = defaultdict(int)
    wishes = []
    for entry in entries:
        wishes.append(_wish(entry, projects, positions[entry.project]))
        positions[entry.project] += 1
    ids = desk.upsert("items", "ItemLoaded", ItemRow, wishes, present)
    keys = {entry.of: key for entry, key in zip(entries, ids, strict=True)}
    desk.new_items.update(key for of, key in keys.items() if of not in present)
    _reorder(desk, entries, keys, present)
    States(desk, projects, keys, _told(document)).load(entries, present)
    return keys


def _told(document: Document) -> frozenset[ItemKey]:
    """The items whose blockers stand in a list of their own."""
    return frozenset(
        (project.key, one.item)
        for project in document.projects
        if project.work
        for one in project.work.blockers
    )


def _wish(entry: Entry, projects: Mapping[str, int], position: int) -> Wish:
    inherits = isinstance(entry.said, ComponentEntry) and entry.said.inherits_raci
    row = {
        "project_id": projects[entry.project],
        "key": entry.key,
        "kind": entry.kind.value,
        "title": entry.title,
        "parent_key": entry.parent,
        "inherits_raci": inherits,
        "position": position,
        "version": 1,
        "removed_at": None,
    }
    given: dict[str, Any] = {"title": entry.title, "parent_key": entry.parent}
    given["removed_at"] = None  # one that was taken out comes back
    if entry.says("inherits_raci"):
        given["inherits_raci"] = inherits
    return Wish(entry.of, row, given)


def _reorder(
    desk: Desk,
    entries: Iterable[Entry],
    keys: Mapping[ItemKey, int],
    present: Mapping[ItemKey, Present],
) -> None:
    """Put the items of projects that were there in the document's order, others after them."""
    stored: dict[str, list[ItemKey]] = defaultdict(list)
    for of in sorted(present, key=lambda of: present[of]["position"]):
        stored[of[0]].append(of)
    wanted: dict[str, list[ItemKey]] = defaultdict(list)
    for entry in entries:
        if entry.project in stored:
            wanted[entry.project].append(entry.of)
    for project, order in wanted.items():
        if [of for of in stored[project] if of in keys] == order:
            continue
        order += [of for of in stored[project] if of not in keys]
        for position, of in enumerate(order):
            _place(desk, of, position, keys, present)


def _place(
    desk: Desk,
    of: ItemKey,
    position: int,
    keys: Mapping[ItemKey, int],
    present: Mapping[ItemKey, Present],
) -> None:
    row = present.get(of) or desk.row(ItemRow, keys[of])
    if row["position"] != position:
        about = About("ItemLoaded", row["project_id"], row["id"])
        desk.change(about, ItemRow, row, {"position": position})
