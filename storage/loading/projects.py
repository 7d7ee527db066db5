"""Loading projects: their names, who may see them, where they talk, and what they are for."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.document import Document, ProjectEntry
from storage.loading.desk import Desk, Present, Wish
from storage.loading.parts import Parts, after
from storage.loading.scope import Scopes
from storage.loading.team import given
from storage.tables import (
    AliasRow,
    BindingRow,
    ChannelRow,
    MemberRow,
    ProjectRow,
    StakeholderRow,
)

_COLUMNS = ("name", "private", "shows_titles", "template")


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
                "shows_titles": project.shows_titles,
                "primary_run_metric": project.primary_run_metric or "",
                "template": project.template,
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


class Charters(Parts):
    """The parts of the projects that a document speaks of, against those that are recorded."""

    def __init__(self, desk: Desk, document: Document, projects: Mapping[str, int]) -> None:
        super().__init__(desk, projects)
        self._document = document
        self._scopes = Scopes(desk, projects)
        ids = list(projects.values())
        self._members = desk.of_projects(MemberRow, ids)
        self._aliases = desk.of_projects(AliasRow, ids, present=True)
        self._bindings = desk.of_projects(BindingRow, ids, present=True)
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
            self._scopes.load(project, people)
            holders = [people[holder] for holder in project.scope.stakeholders]
            self._add_ordered(project, StakeholderRow, holders, self._stakeholders[key])
        self._scopes.finish()

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
                self.write(project, model, {**also, column: value})

    def _add_ordered(
        self,
        project: ProjectEntry,
        model: type[StakeholderRow],
        values: Iterable[int],
        present: list[Present],
    ) -> None:
        held = {row["person_id"] for row in present}
        position = after(present)
        for value in values:
            if value not in held:
                self.write(project, model, {"person_id": value, "position": position})
                position += 1


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
