"""The parts of a project: what is not there yet begins, what is otherwise is renewed."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.document import Fate, ProjectEntry
from storage.loading.desk import About, Desk, Present
from storage.tables import Dated


class Parts:
    """Writes parts of the projects of a load."""

    def __init__(self, desk: Desk, projects: Mapping[str, int]) -> None:
        self._desk = desk
        self._projects = projects

    def about(self, project: ProjectEntry) -> About:
        return About("ProjectLoaded", self._projects[project.key])

    def write(self, project: ProjectEntry, model: type[Any], row: dict[str, Any]) -> None:
        key = self._projects[project.key]
        dated = self._desk.begun(key) if issubclass(model, Dated) else {}
        self._desk.later(self.about(project), model, {"project_id": key, **row, **dated})
        self._desk.mark("projects", project.key, Fate.CHANGED)

    def renew(
        self, project: ProjectEntry, model: type[Any], held: Present | None, row: dict[str, Any]
    ) -> None:
        """End the present row, if there is one, and begin the next."""
        if held is not None:
            self._desk.end(self.about(project), model, held)
        self.write(project, model, row)

    def end(self, project: ProjectEntry, model: type[Any], held: Present) -> None:
        self._desk.end(self.about(project), model, held)
        self._desk.mark("projects", project.key, Fate.CHANGED)


def after(rows: Iterable[Present]) -> int:
    """The first position after those taken."""
    return max((row["position"] for row in rows), default=-1) + 1
