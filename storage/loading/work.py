"""Loading how the work of projects goes: blockers, gates, health, and what was taken out."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.document import Document, ProjectEntry, WorkEntry
from bot.gates import Knows
from bot.spelling import folded
from storage.loading.desk import About, Desk, Present
from storage.loading.parts import Parts
from storage.loading.states import ItemKey
from storage.tables import BlockerRow, CriterionRow, HealthRow, ItemRow, ProjectRow, TickRow


class Work(Parts):
    """What the projects of a document say of how their work goes. Nothing is taken away."""

    def __init__(
        self,
        desk: Desk,
        projects: Mapping[str, int],
        items: Mapping[ItemKey, int],
        people: Mapping[str, int],
    ) -> None:
        super().__init__(desk, projects)
        self._items = items
        self._people = people
        self.gone: dict[ItemKey, int] = {}
        """What was taken out of the projects, once they are loaded."""

    def load(self, document: Document) -> None:
        told = [project for project in document.projects if project.work is not None]
        keys = [self._projects[project.key] for project in told]
        present = {
            model: self._desk.of_projects(model, keys, present=True)
            for model in (BlockerRow, CriterionRow, TickRow, HealthRow)
        }
        every = self._desk.of_projects(ItemRow, keys)
        for project in told:
            assert project.work is not None
            key, work = self._projects[project.key], project.work
            self._blockers(project, work, present[BlockerRow].get(key, ()))
            self._criteria(project, work, present[CriterionRow].get(key, ()))
            self._ticks(project, work, present[TickRow].get(key, ()))
            self._health(project, work, present[HealthRow].get(key, ()))
            self._finished(project, work)
            self._removed(project, work, every.get(key, ()))

    def _blockers(self, project: ProjectEntry, work: WorkEntry, present: Iterable[Present]) -> None:
        known = {(row["item_id"], folded(row["text"])) for row in present}
        for one in work.blockers:
            item = self._items[project.key, one.item]
            if (item, folded(one.text)) in known:
                continue
            nothing = {"resolution": "", "closed_by": None, "escalated_at": None}
            row = {"item_id": item, "text": one.text, "owner_id": self._person(one.owner)}
            self._add(project, BlockerRow, {**row, **nothing, "since": one.since})

    def _criteria(self, project: ProjectEntry, work: WorkEntry, present: Iterable[Present]) -> None:
        known = {(row["item_id"], row["key"]) for row in present}
        for one in work.criteria:
            item = self._items[project.key, one.item]
            if (item, one.key) not in known:
                kind = Knows.OFF if one.off else Knows.TICK
                row = {"item_id": item, "key": one.key, "kind": kind.value, "text": one.text}
                self.write(project, CriterionRow, row)

    def _ticks(self, project: ProjectEntry, work: WorkEntry, present: Iterable[Present]) -> None:
        known = {(row["item_id"], row["criterion"]) for row in present}
        for one in work.ticks:
            item = self._items[project.key, one.item]
            if (item, one.criterion) in known:
                continue
            row = {"item_id": item, "criterion": one.criterion, "note": one.note}
            row |= {"is_self": one.self_approved, "set_by": self._person(one.by), "since": one.at}
            self._add(project, TickRow, row)

    def _health(self, project: ProjectEntry, work: WorkEntry, present: Iterable[Present]) -> None:
        said, held = work.health, next(iter(present), None)
        if said is None:
            return
        row: dict[str, Any] = {"health": said.light, "reason": said.reason}
        if held is not None and all(held[name] == value for name, value in row.items()):
            return
        if held is not None:
            self.end(project, HealthRow, held)
        row["set_by"] = self._person(said.by)
        self._add(project, HealthRow, {**row, "since": self._desk.now})

    def _finished(self, project: ProjectEntry, work: WorkEntry) -> None:
        if work.finished is None:
            return
        row = self._desk.row(ProjectRow, self._projects[project.key])
        if row["finished_at"] is None:
            values = {"finished_at": work.finished.at, "finished_why": work.finished.why}
            self._desk.change(self.about(project), ProjectRow, row, values)

    def _removed(self, project: ProjectEntry, work: WorkEntry, every: Iterable[Present]) -> None:
        known = {row["key"]: row["id"] for row in every}
        key = self._projects[project.key]
        for one in work.removed:
            if one.key in known:
                self.gone[project.key, one.key] = known[one.key]
                continue
            row = {
                "project_id": key,
                "key": one.key,
                "kind": one.kind,
                "title": one.title,
                "parent_key": None,
                "inherits_raci": False,
                "position": 0,
                "version": 1,
                "removed_at": one.at,
            }
            [item] = self._desk.insert(ItemRow, [row])
            self.gone[project.key, one.key] = item
            self._desk.tell(About("ItemLoaded", key, item), ItemRow, row)

    def _add(self, project: ProjectEntry, model: type[Any], row: dict[str, Any]) -> None:
        """A row that says itself since when it holds, and perhaps who set it."""
        whole = {"project_id": self._projects[project.key], **self._desk.recorded(), "until": None}
        self._desk.later(self.about(project), model, {**whole, **row})

    def _person(self, key: str | None) -> int | None:
        return self._people[key] if key is not None else None
