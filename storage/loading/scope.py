"""Loading what projects are for: what a document changes of a scope is one version of it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bot import scope
from bot.document import MetricEntry, ProjectEntry, ScopeEntry
from bot.project import Metric
from bot.scope import Edit
from storage.loading.desk import Desk, Present
from storage.loading.parts import Parts, after
from storage.loading.team import given
from storage.statements import setting
from storage.tables import (
    DocumentRow,
    LinkRow,
    MetricRow,
    ProjectRow,
    ScopeEditRow,
    ScopeRow,
    VerdictRow,
)

_PARTS = frozenset({"success_metrics", "stakeholders", "links", "sponsor_person"})
_METRIC_VALUES = ("aliases", "unit", "baseline", "target", "current", "updated", "measured")


class Scopes(Parts):
    """The scopes that a document speaks of, against those that are recorded."""

    def __init__(self, desk: Desk, projects: Mapping[str, int]) -> None:
        super().__init__(desk, projects)
        ids = list(projects.values())
        self._fields = desk.of_projects(ScopeRow, ids, present=True)
        self._metrics = desk.of_projects(MetricRow, ids, present=True)
        self._links = desk.of_projects(LinkRow, ids, present=True)
        self._documents = desk.of_projects(DocumentRow, ids, present=True)
        self._verdicts = desk.of_projects(VerdictRow, ids, present=True)
        self._edits: dict[int, list[Edit]] = defaultdict(list)

    def load(self, project: ProjectEntry, people: Mapping[str, int]) -> None:
        key = self._projects[project.key]
        self._load_fields(project, key, people)
        self._load_metrics(project, key)
        self._load_links(project, key)
        self._load_documents(project, key)
        self._load_verdict(project, key)

    def finish(self) -> None:
        """Count the versions, and keep what each has changed."""
        if not self._edits:
            return
        present = {row["id"]: row["scope_version"] for row in self._desk.of_workspace(ProjectRow)}
        next_ones = {key: present[key] + 1 for key in self._edits}
        rows = [
            {
                "project_id": key,
                "version": next_ones[key],
                "cell": edit.cell,
                "before": edit.before,
                "after": edit.after,
                **self._desk.recorded(),
            }
            for key, edits in self._edits.items()
            for edit in edits
        ]
        self._desk.insert(ScopeEditRow, rows)
        now = self._desk.now
        self._desk.session.execute(
            setting(ProjectRow, "scope_version", "scope_changed_at"),
            [
                {"of": key, "scope_version": version, "scope_changed_at": now}
                for key, version in next_ones.items()
            ],
        )

    def _note(self, key: int, before: Mapping[str, str], now: Mapping[str, str]) -> None:
        if edits := scope.edits(before, now):
            self._edits[key].extend(edits)

    def _load_fields(self, project: ProjectEntry, key: int, people: Mapping[str, int]) -> None:
        held = {row["name"]: row for row in self._fields[key]}
        for name, value in _fields(project.scope, people).items():
            before = held.get(name)
            was = before["value"] if before else ""
            if value == was:
                continue
            self._note(key, {name: was}, {name: value})
            if value:
                self.renew(project, ScopeRow, before, {"name": name, "value": value})
            elif before is not None:
                self.end(project, ScopeRow, before)

    def _load_metrics(self, project: ProjectEntry, key: int) -> None:
        held = {row["name"].casefold(): row for row in self._metrics[key]}
        position = after(self._metrics[key])
        for metric in project.scope.success_metrics:
            before = held.get(metric.name.casefold())
            row = _metric(metric, before)
            if before is None:
                row["position"] = position
                position += 1
            if before is None or any(before[name] != value for name, value in row.items()):
                self._note(key, _cells(before), _cells(row))
                self.renew(project, MetricRow, before, row)

    def _load_links(self, project: ProjectEntry, key: int) -> None:
        held = {row["title"].casefold(): row for row in self._links[key]}
        position = after(self._links[key])
        for link in project.scope.links:
            before = held.get(link.title.casefold())
            row = {"title": link.title, "url": link.url}
            if before is not None and all(before[name] == value for name, value in row.items()):
                continue
            row_position = position if before is None else before["position"]
            position += before is None
            was = {scope.link_cell(before["url"]): before["title"]} if before else {}
            self._note(key, was, {scope.link_cell(link.url): link.title})
            self.renew(project, LinkRow, before, {**row, "position": row_position})

    def _load_documents(self, project: ProjectEntry, key: int) -> None:
        """What the document does not say of a link stays as it was."""
        held = {row["url"]: row for row in self._documents[key]}
        for link in project.scope.links:
            before = held.get(link.url)
            was = {name: before[name] if before else None for name in ("review", "item_key")}
            said = {"review": link.review, "item_key": link.item}
            now = was | {
                name: value
                for name, value in said.items()
                if name.removesuffix("_key") in link.model_fields_set
            }
            if now == was:
                continue
            if any(now.values()):
                self.renew(project, DocumentRow, before, {"url": link.url, **now})
            elif before is not None:
                self.end(project, DocumentRow, before)

    def _load_verdict(self, project: ProjectEntry, key: int) -> None:
        if "verdict" not in project.model_fields_set:
            return
        before = next(iter(self._verdicts[key]), None)
        verdict = project.verdict
        if verdict is None:
            if before is not None:
                self.end(project, VerdictRow, before)
            return
        row = {"verdict": verdict.call.value, "reason": verdict.reason}
        if before is None or any(before[name] != value for name, value in row.items()):
            self.renew(project, VerdictRow, before, row)


def _fields(entry: ScopeEntry, people: Mapping[str, int]) -> dict[str, str]:
    """The texts of a scope that the document speaks of; lists are kept as lines."""
    says = given(entry, _PARTS)
    texts = {
        name: "\n".join(value) if name in scope.LISTS else value for name, value in says.items()
    }
    if entry.sponsor_person is not None:
        texts["sponsor"] = scope.of_person(people[entry.sponsor_person])
    elif scope.person_in(texts.get("sponsor", "")) is not None:
        texts["sponsor"] = texts["sponsor"].replace(":", " ")
    return texts


def _metric(metric: MetricEntry, before: Present | None) -> dict[str, Any]:
    """A metric's row: what the document does not say stays as it was."""
    values = {name: getattr(metric, name) for name in _METRIC_VALUES}
    if before is not None:
        unsaid = values.keys() - metric.model_fields_set
        values |= {name: before[name] for name in unsaid}
    position = before["position"] if before is not None else 0
    higher = metric.direction == "higher"
    return {"name": metric.name, "higher": higher, "position": position, **values}


def _cells(row: Mapping[Any, Any] | None) -> dict[str, str]:
    """What is agreed of the metric that is kept in a row."""
    if row is None:
        return {}
    return scope.metric_cells(
        Metric(
            row["name"],
            tuple(row["aliases"]),
            row["higher"],
            row["unit"],
            row["baseline"],
            row["target"],
            row["current"],
            row["updated"],
            row["measured"],
        )
    )
