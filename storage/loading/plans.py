"""Loading what is planned in projects and what was decided. What the record has stays in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.document import Document, Fate, MilestoneEntry, PlansEntry, ProjectEntry, RaidLine
from bot.errors import Problem
from bot.spelling import folded
from storage.loading.desk import Desk, Present
from storage.loading.parts import Parts
from storage.loading.states import ItemKey
from storage.tables import DecisionRow, ForecastRow, MilestoneRow, ProjectRow, RaidRow


class Plans(Parts):
    """Milestones, decisions, risks and the like of the projects of a document."""

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

    def load(self, document: Document) -> None:
        told = [project for project in document.projects if project.plans is not None]
        keys = [self._projects[project.key] for project in told]
        milestones, forecasts, decisions, raid = (
            self._desk.of_projects(model, keys)
            for model in (MilestoneRow, ForecastRow, DecisionRow, RaidRow)
        )
        for at, project in enumerate(document.projects):
            if project.plans is None:
                continue
            key, plans = self._projects[project.key], project.plans
            path = f"projects[{at}].plans"
            self._milestones(project, plans, milestones.get(key, ()), forecasts.get(key, ()), path)
            self._decisions(project, plans, decisions.get(key, ()))
            self._raid(project, plans, raid.get(key, ()))
            self._review(project, plans)

    # --- milestones ---

    def _milestones(
        self,
        project: ProjectEntry,
        plans: PlansEntry,
        present: Iterable[Present],
        forecasts: Iterable[Present],
        path: str,
    ) -> None:
        known = {row["key"]: row for row in present}
        told: dict[int, list[Present]] = defaultdict(list)
        for line in forecasts:
            told[line["milestone_id"]].append(line)
        for at, one in enumerate(plans.milestones):
            row = known.get(folded(one.title))
            if row is None:
                self._new_milestone(project, one)
            elif row["baseline"] != one.forecasts[0].due:
                first = row["baseline"].isoformat()
                where = f"{path}.milestones[{at}].forecasts[0].due"
                self._desk.problems.append(
                    Problem(where, f"'{one.title}' was first planned for {first}, and stays so")
                )
            else:
                self._known_milestone(project, one, row, told[row["id"]])

    def _new_milestone(self, project: ProjectEntry, one: MilestoneEntry) -> None:
        first = one.forecasts[0]
        row = {
            "project_id": self._projects[project.key],
            "item_id": self._item(project, one.item),
            "key": folded(one.title),
            "title": one.title,
            "baseline": first.due,
            "met_on": one.met_on,
            "removed_at": self._desk.now if one.removed else None,
            **self._told(first.at, first.by),
        }
        [key] = self._desk.insert(MilestoneRow, [row])
        self._desk.tell(self.about(project), MilestoneRow, row)
        self._forecasts(project, key, one, 0)

    def _known_milestone(
        self, project: ProjectEntry, one: MilestoneEntry, row: Present, told: Sequence[Present]
    ) -> None:
        held = [each for each in told if each["until"] is None]
        last = max((each["since"] for each in told if each["since"]), default=None)
        begins = next(
            (n for n, each in enumerate(one.forecasts) if last is None or each.at > last), None
        )
        if begins is not None:
            for each in held:
                self._end(project, ForecastRow, each, one.forecasts[begins].at)
            self._forecasts(project, row["id"], one, begins)
        values: dict[str, Any] = {}
        if "met_on" in one.model_fields_set and row["met_on"] != one.met_on:
            values["met_on"] = one.met_on
        if "removed" in one.model_fields_set and bool(row["removed_at"]) is not one.removed:
            values["removed_at"] = self._desk.now if one.removed else None
        if values:
            self._desk.change(self.about(project), MilestoneRow, row, values)
            self._desk.mark("projects", project.key, Fate.CHANGED)

    def _forecasts(
        self, project: ProjectEntry, milestone: int, one: MilestoneEntry, begins: int
    ) -> None:
        """What was told of a milestone, from one of its days on; each lasts to the next."""
        some = one.forecasts[begins:]
        for told, following in zip(some, [*some[1:], None], strict=True):
            row = {
                "milestone_id": milestone,
                "due": told.due,
                "reason": told.reason,
                "since": told.at,
                "until": following.at if following else None,
                **self._told(told.at, told.by),
            }
            self._add(project, ForecastRow, row)

    # --- decisions ---

    def _decisions(
        self, project: ProjectEntry, plans: PlansEntry, present: Iterable[Present]
    ) -> None:
        known = {row["number"]: row for row in present}
        for one in plans.decisions:
            gone = {
                "withdrawn_at": one.withdrawn,
                "withdrawn_by": self._person(one.withdrawn_by),
                "withdrawn_because": one.withdrawn_because,
            }
            row = known.get(one.number)
            if row is None:
                new = {
                    "workspace_id": self._desk.workspace,
                    "item_id": self._item(project, one.item),
                    "number": one.number,
                    "text": one.text,
                    "permalink": one.permalink,
                    "channel": "",
                    "ts": "",
                    "author_id": self._person(one.said_by),
                    **gone,
                    **self._told(one.at, one.by),
                }
                self._add(project, DecisionRow, new)
            elif row["withdrawn_at"] is None and one.withdrawn is not None:
                self._desk.change(self.about(project), DecisionRow, row, gone)
                self._desk.mark("projects", project.key, Fate.CHANGED)

    # --- risks and the like ---

    def _raid(self, project: ProjectEntry, plans: PlansEntry, present: Iterable[Present]) -> None:
        known: dict[tuple[str, int], list[Present]] = defaultdict(list)
        for row in present:
            known[row["kind"], row["number"]].append(row)
        wanted: dict[tuple[str, int], list[RaidLine]] = defaultdict(list)
        for line in plans.raid:
            wanted[line.kind, line.number].append(line)
        for key, lines in wanted.items():
            rows = known.get(key, [])
            last = max((row["since"] for row in rows if row["since"]), default=None)
            new = [line for line in lines if last is None or line.at > last]
            for row in rows:
                if new and row["until"] is None:
                    self._end(project, RaidRow, row, new[0].at)
            for line, following in zip(new, [*new[1:], None][: len(new)], strict=True):
                self._line(project, line, following)

    def _line(self, project: ProjectEntry, line: RaidLine, following: RaidLine | None) -> None:
        row = {
            "kind": line.kind,
            "number": line.number,
            "text": line.text,
            "item_id": self._item(project, line.item),
            "owner_id": self._person(line.owner),
            "likelihood": line.likelihood or "",
            "impact": line.impact or "",
            "mitigation": line.mitigation,
            "due": line.due,
            "closed": line.closed,
            "because": line.because,
            "told_for": None,
            "since": line.at,
            "until": following.at if following else None,
            **self._told(line.at, line.by),
        }
        self._add(project, RaidRow, row)

    # --- how often it is asked ---

    def _review(self, project: ProjectEntry, plans: PlansEntry) -> None:
        if plans.review is None:
            return
        row = self._desk.row(ProjectRow, self._projects[project.key])
        if row["review_days"] != plans.review.days:
            values = {"review_days": plans.review.days}
            self._desk.change(self.about(project), ProjectRow, row, values)
            self._desk.mark("projects", project.key, Fate.CHANGED)

    # --- what they share ---

    def _told(self, at: Any, by: str | None) -> dict[str, Any]:
        """When and by whom it was said: not by whoever loads it."""
        return {**self._desk.recorded(), "recorded_at": at, "set_by": self._person(by)}

    def _add(self, project: ProjectEntry, model: type[Any], row: dict[str, Any]) -> None:
        whole = {"project_id": self._projects[project.key], **row}
        self._desk.later(self.about(project), model, whole)
        self._desk.mark("projects", project.key, Fate.CHANGED)

    def _end(self, project: ProjectEntry, model: type[Any], row: Present, at: Any) -> None:
        self._desk.change(self.about(project), model, row, {"until": at})

    def _item(self, project: ProjectEntry, key: str | None) -> int | None:
        return self._items[project.key, key] if key is not None else None

    def _person(self, key: str | None) -> int | None:
        return self._people[key] if key is not None else None
