"""Loading projects: their names, who may see them, where they talk, and what they are for."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.document import Document, Fate, MetricEntry, ProjectEntry, ScopeEntry
from storage.loading.desk import About, Desk, Present, Wish
from storage.loading.team import given
from storage.tables import (
    AliasRow,
    BindingRow,
    ChannelRow,
    Dated,
    LinkRow,
    MemberRow,
    MetricRow,
    ProjectRow,
    ScopeRow,
    StakeholderRow,
)

_COLUMNS = ("name", "private")
_SCOPE_LISTS = ("in_scope", "out_of_scope")
_SCOPE_PARTS = frozenset({"success_metrics", "stakeholders", "links"})
_METRIC_VALUES = ("aliases", "unit", "baseline", "target", "current", "updated")


def load_projects(desk: Desk, document: Document, people: Mapping[str, int]) -> dict[str, int]:
    """The projects themselves; gives their ids by key."""
    present = {row["key"]: row for row in desk.of_workspace(ProjectRow)}
    wishes = [
        Wish(
            project.key,
            {
                "workspace_id": desk.workspace,
                "key": project.key,
                "name": project.name,
                "mode": project.mode.value,
                "lead_id": people[project.lead] if project.lead else None,
                "private": project.private,
                "primary_run_metric": project.primary_run_metric or "",
                "created_at": desk.now,
                "created_by": desk.book.actor.person_id,
                "archived_at": desk.now if project.archived else None,
                "version": 0,
                "revision": 0,
            },
            _given(desk, project, people, present.get(project.key)),
        )
        for project in document.projects
    ]
    ids = desk.upsert("projects", "ProjectLoaded", ProjectRow, wishes, present)
    keys = {project.key: key for project, key in zip(document.projects, ids, strict=True)}
    desk.new_projects.update(key for name, key in keys.items() if name not in present)
    return keys


def _given(
    desk: Desk, project: ProjectEntry, people: Mapping[str, int], present: Present | None
) -> dict[str, Any]:
    """The columns of a project that the document speaks of."""
    says = given(project)
    columns = {name: says[name] for name in _COLUMNS if name in says}
    if "mode" in says:
        columns["mode"] = project.mode.value
    if "lead" in says:
        columns["lead_id"] = people[project.lead] if project.lead else None
    if "primary_run_metric" in says:
        columns["primary_run_metric"] = project.primary_run_metric or ""
    if present and "archived" in says and project.archived is not bool(present["archived_at"]):
        columns["archived_at"] = desk.now if project.archived else None
    return columns


class Charters:
    """The parts of the projects that a document speaks of, against those that are recorded."""

    def __init__(self, desk: Desk, document: Document, projects: Mapping[str, int]) -> None:
        self._desk = desk
        self._document = document
        self._projects = projects
        ids = list(projects.values())
        self._members = desk.of_projects(MemberRow, ids)
        self._aliases = desk.of_projects(AliasRow, ids, present=True)
        self._bindings = desk.of_projects(BindingRow, ids, present=True)
        self._fields = desk.of_projects(ScopeRow, ids, present=True)
        self._metrics = desk.of_projects(MetricRow, ids, present=True)
        self._links = desk.of_projects(LinkRow, ids, present=True)
        self._stakeholders = desk.of_projects(StakeholderRow, ids, present=True)

    def load(self, people: Mapping[str, int]) -> None:
        channels = _channels(self._desk, self._document)
        for project in self._document.projects:
            key = self._projects[project.key]
            members = [people[member] for member in project.members]
            self._add(project, MemberRow, "person_id", members, self._members[key])
            names = [row for row in self._aliases[key] if row["item_id"] is None]
            self._add(project, AliasRow, "text", project.aliases, names, item_id=None)
            bound = [channels[name] for name in _bound(project)]
            self._add(project, BindingRow, "channel_id", bound, self._bindings[key])
            self._load_fields(project, key)
            self._load_metrics(project, key)
            self._load_links(project, key)
            holders = [people[holder] for holder in project.scope.stakeholders]
            self._add_ordered(project, StakeholderRow, holders, self._stakeholders[key])

    def _add(
        self,
        project: ProjectEntry,
        model: type[MemberRow | AliasRow | BindingRow],
        column: str,
        values: Iterable[Any],
        present: Iterable[Present],
        **also: Any,
    ) -> None:
        """Add what is not there; nothing goes."""
        held = {row[column] for row in present}
        for value in values:
            if value not in held:
                self._write(project, model, {**also, column: value})

    def _add_ordered(
        self,
        project: ProjectEntry,
        model: type[StakeholderRow],
        values: Iterable[int],
        present: list[Present],
    ) -> None:
        held = {row["person_id"] for row in present}
        position = _after(present)
        for value in values:
            if value not in held:
                self._write(project, model, {"person_id": value, "position": position})
                position += 1

    def _write(self, project: ProjectEntry, model: type[Any], row: dict[str, Any]) -> None:
        key = self._projects[project.key]
        dated = self._desk.begun(key) if issubclass(model, Dated) else {}
        self._desk.later(self._about(project), model, {"project_id": key, **row, **dated})
        self._desk.mark("projects", project.key, Fate.CHANGED)

    def _about(self, project: ProjectEntry) -> About:
        return About("ProjectLoaded", self._projects[project.key])

    def _renew(
        self, project: ProjectEntry, model: type[Any], held: Present | None, row: dict[str, Any]
    ) -> None:
        """End the present row, if there is one, and begin the next."""
        if held is not None:
            self._desk.end(self._about(project), model, held)
        self._write(project, model, row)

    def _load_fields(self, project: ProjectEntry, key: int) -> None:
        held = {row["name"]: row for row in self._fields[key]}
        for name, value in _fields(project.scope).items():
            before = held.get(name)
            if value == (before["value"] if before else ""):
                continue
            if value:
                self._renew(project, ScopeRow, before, {"name": name, "value": value})
            elif before is not None:
                self._desk.end(self._about(project), ScopeRow, before)
                self._desk.mark("projects", project.key, Fate.CHANGED)

    def _load_metrics(self, project: ProjectEntry, key: int) -> None:
        held = {row["name"].casefold(): row for row in self._metrics[key]}
        position = _after(self._metrics[key])
        for metric in project.scope.success_metrics:
            before = held.get(metric.name.casefold())
            row = _metric(metric, before)
            if before is None:
                row["position"] = position
                position += 1
            if before is None or any(before[name] != value for name, value in row.items()):
                self._renew(project, MetricRow, before, row)

    def _load_links(self, project: ProjectEntry, key: int) -> None:
        held = {row["title"].casefold(): row for row in self._links[key]}
        position = _after(self._links[key])
        for link in project.scope.links:
            before = held.get(link.title.casefold())
            row = {"title": link.title, "url": link.url}
            if before is not None and all(before[name] == value for name, value in row.items()):
                continue
            row_position = position if before is None else before["position"]
            position += before is None
            self._renew(project, LinkRow, before, {**row, "position": row_position})


def _after(rows: Iterable[Present]) -> int:
    """The first position after those taken."""
    return max((row["position"] for row in rows), default=-1) + 1


def _fields(scope: ScopeEntry) -> dict[str, str]:
    """The texts of a scope that the document speaks of; lists are kept as lines."""
    says = given(scope, _SCOPE_PARTS)
    return {
        name: "\n".join(value) if name in _SCOPE_LISTS else value for name, value in says.items()
    }


def _metric(metric: MetricEntry, before: Present | None) -> dict[str, Any]:
    """A metric's row: what the document does not say stays as it was."""
    values = {name: getattr(metric, name) for name in _METRIC_VALUES}
    if before is not None:
        unsaid = values.keys() - metric.model_fields_set
        values |= {name: before[name] for name in unsaid}
    position = before["position"] if before is not None else 0
    higher = metric.direction == "higher"
    return {"name": metric.name, "higher": higher, "position": position, **values}


def _bound(project: ProjectEntry) -> list[str]:
    """The channels of a project, without their marks."""
    named = [project.channel] if project.channel else []
    return [name.removeprefix("#") for name in dict.fromkeys([*named, *project.more_channels])]


def _channels(desk: Desk, document: Document) -> dict[str, int]:
    """Channels by name, those that nobody has met yet made now."""
    known: dict[str, int] = {}
    for row in desk.of_workspace(ChannelRow):
        if row["name"] not in known or row["slack_id"] is not None:
            known[row["name"]] = row["id"]
    names = dict.fromkeys(name for project in document.projects for name in _bound(project))
    new = [name for name in names if name not in known]
    rows = [
        {
            "workspace_id": desk.workspace,
            "slack_id": None,
            "name": name,
            "is_private": False,
            "is_shared": False,
        }
        for name in new
    ]
    known.update(zip(new, desk.insert(ChannelRow, rows), strict=True))
    return known
