"""Loading what a document tells of the work: standups, pull requests, runs, and earlier history."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.document import Document, Entry
from bot.document.report import Fate
from bot.errors import Problem
from storage.loading.desk import Desk, Present, Wish
from storage.loading.team import given
from storage.tables import HistoryRow, PullRequestRow, RunRow, StandupRow

_PEOPLE = {"author": "author_id", "by": "by_id", "approved_by": "approved_by_id"}
_SAME = {"stage": "item_key"}
_TEXTS = frozenset({"review_state", "ci_state"})


class Evidence:
    """What a document tells, by the ids of its people and projects."""

    def __init__(self, desk: Desk, people: Mapping[str, int], projects: Mapping[str, int]) -> None:
        self._desk = desk
        self._people = people
        self._projects = projects

    def load(self, document: Document) -> None:
        self._load_standups(document)
        self._load_pull_requests(document)
        self._load_runs(document)
        self._load_history(document)

    def _columns(self, entry: Entry, names: Mapping[str, str], *, all_: bool) -> dict[str, Any]:
        """An entry as columns: everything, or what the document says itself."""
        says = set(type(entry).model_fields) if all_ else set(given(entry))
        columns: dict[str, Any] = {}
        for name in says:
            value = getattr(entry, name)
            if name in _PEOPLE:
                columns[_PEOPLE[name]] = self._people[value] if value else None
            elif name in _TEXTS:
                columns[name] = value or ""
            elif name not in {"person", "project"}:
                columns[names.get(name, _SAME.get(name, name))] = value
        return columns

    def _wish(
        self, entry: Entry, key: tuple[Any, ...], names: Mapping[str, str], about: dict[str, Any]
    ) -> Wish:
        values = {**self._columns(entry, names, all_=True), **about, **self._desk.recorded()}
        return Wish(key, values, {**self._columns(entry, names, all_=False), **about})

    def _project(self, key: str | None) -> int | None:
        return self._projects[key] if key else None

    def _refuse_taken(
        self, part: str, wishes: Sequence[Wish], present: Mapping[Any, Present]
    ) -> None:
        """An entry of a project that whoever loads cannot see stays there."""
        for number, wish in enumerate(wishes):
            if wish.key in present and present[wish.key]["project_id"] in self._desk.hidden:
                self._desk.problems.append(Problem(f"{part}[{number}]", "is taken already"))

    def _load_standups(self, document: Document) -> None:
        """What people said to Charter itself stands: no document says it for them."""
        present = {
            (row["person_id"], row["day"], row["project_id"]): row
            for row in self._desk.of_workspace(StandupRow)
        }
        wishes = []
        for entry in document.standups:
            person = self._people[entry.person]
            about = {
                "workspace_id": self._desk.workspace,
                "person_id": person,
                "project_id": self._project(entry.project),
            }
            key = (person, entry.date, about["project_id"])
            if key in present and present[key]["asked_at"] is not None:
                self._desk.mark("standups", key, Fate.UNCHANGED)
                continue
            wishes.append(self._wish(entry, key, {"date": "day"}, about))
        self._desk.upsert("standups", "StandupLoaded", StandupRow, wishes, present)

    def _load_pull_requests(self, document: Document) -> None:
        present = {
            (project, row["repo"], row["number"]): row
            for project, rows in self._present(PullRequestRow)
            for row in rows
        }
        wishes = []
        for entry in document.pull_requests:
            project = self._projects[entry.project]
            key = (project, entry.repo, entry.number)
            about = {"project_id": project, "unlinked_at": None}
            wishes.append(self._wish(entry, key, {}, about))
        self._desk.upsert("pull_requests", "PullRequestLoaded", PullRequestRow, wishes, present)

    def _load_runs(self, document: Document) -> None:
        present = {
            (project, row["tracker"], row["run_id"]): row
            for project, rows in self._present(RunRow)
            for row in rows
        }
        wishes = []
        for entry in document.runs:
            project = self._projects[entry.project]
            key = (project, entry.tracker, entry.id)
            about = {"project_id": project, "unlinked_at": None}
            wishes.append(self._wish(entry, key, {"id": "run_id"}, about))
        self._desk.upsert("runs", "RunLoaded", RunRow, wishes, present)

    def _present(self, model: type[PullRequestRow | RunRow]) -> Any:
        return self._desk.of_projects(model, self._projects.values()).items()

    def _load_history(self, document: Document) -> None:
        present = {row["key"]: row for row in self._desk.of_workspace(HistoryRow)}
        names = {"id": "key", "date": "day"}
        wishes = []
        for entry in document.history:
            about = {
                "workspace_id": self._desk.workspace,
                "project_id": self._project(entry.project),
            }
            wishes.append(self._wish(entry, (entry.id,), names, about))
        keyed = {(key,): row for key, row in present.items()}
        self._refuse_taken("history", wishes, keyed)
        self._desk.upsert("history", "HistoryLoaded", HistoryRow, wishes, keyed)
