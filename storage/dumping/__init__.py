"""The record of a workspace as a document: what is true at a moment, and what was told with it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import or_, select
from sqlmodel import Session

from bot.decisions import Decision
from bot.document import (
    AbsenceEntry,
    AssignmentEntry,
    DelegationEntry,
    Document,
    GroupEntry,
    HistoryEntry,
    LinkEntry,
    MetaEntry,
    MetricEntry,
    PersonEntry,
    ProjectEntry,
    PullRequestEntry,
    RunEntry,
    ScopeEntry,
    StageEntry,
    StandupEntry,
    VerdictEntry,
    known_zone,
    one_line,
    ownership,
)
from bot.errors import NotFound
from bot.presence import Told
from bot.project import Group, Letter, PersonHolder, Project, Scope, Vacancy
from bot.scope import person_in
from bot.standups import State
from storage import decisions
from storage import projects as snapshots
from storage.dumping.items import component, lines, state
from storage.dumping.plans import plans
from storage.dumping.work import work
from storage.gates import Gates
from storage.tables import (
    AbsenceRow,
    AssignmentRow,
    DelegationRow,
    HistoryRow,
    Identity,
    LadderRow,
    PersonRow,
    ProjectRow,
    PullRequestRow,
    Row,
    RunRow,
    StandupRow,
    Workspace,
    table_of,
)

CHUNK: Final = 200
"""Projects read at a time."""

_History = dict[tuple[str | None, str | None], list[HistoryEntry]]
"""Changes of owner by the keys of project and item."""

_TOLD: Final[Mapping[str, tuple[Literal["posted", "missing"], str | None]]] = {
    State.ASKED: ("missing", None),
    State.SKIPPED: ("missing", "Skipped"),
    State.NOTHING_NEW: ("posted", "Nothing new"),
}
"""What became of a standup, as state and note of a document, which has fewer words for it."""

_ORDER: Final = {letter: n for n, letter in enumerate(Letter)}


def dump(session: Session, workspace: int, at: datetime) -> Document:
    """The workspace as a document. Letters are those that hold at `at` (aware), or will.

    Raises `NotFound` for an unknown workspace.
    """
    found = session.get(Workspace, workspace)
    if found is None:
        raise NotFound("workspace", str(workspace))
    return _Dump(session, workspace, at).document(found.meta)


class _Dump:
    """One dump, with what its parts share."""

    def __init__(self, session: Session, workspace: int, at: datetime) -> None:
        self._session = session
        self._workspace = workspace
        self._at = at
        self._people = {row["id"]: row["key"] for row in self._of_workspace(PersonRow)}
        self._projects = {
            row["id"]: row for row in self._of_workspace(ProjectRow) if row["group_id"] is None
        }
        self._titles = {row["key"]: row["title"] for row in self._ladder()}

    def document(self, meta: dict[str, Any]) -> Document:
        history = list(self._history())
        owners: _History = defaultdict(list)
        for entry in history:
            if entry.kind == "owner_change":
                owners[entry.project, entry.stage].append(entry)
        projects: list[ProjectEntry] = []
        assignments: list[AssignmentEntry] = []
        keys = list(self._projects)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            found = snapshots.read(self._session, chunk, self._at)
            letters = self._letters(chunk)
            gates = Gates(self._session, chunk)
            decided = decisions.of_projects(self._session, chunk)
            for key in chunk:
                project = found[key].project
                projects.append(self._project(project, gates, decided.get(key, ())))
                assignments.extend(self._assignments(project, letters, owners))
        return Document(
            meta=MetaEntry.model_validate_json(json.dumps(meta)),
            stages=[
                StageEntry(
                    key=row["key"],
                    title=row["title"],
                    question=row["question"],
                    aliases=row["aliases"],
                )
                for row in self._ladder()
            ],
            people=list(self._team()),
            projects=projects,
            assignments=assignments,
            standups=[self._standup(row) for row in self._standups()],
            pull_requests=[self._pull_request(row) for row in self._linked(PullRequestRow)],
            runs=[self._run(row) for row in self._linked(RunRow)],
            history=history,
            delegations=list(self._delegations()),
        )

    # --- reading ---

    def _rows(self, statement: Any) -> list[Any]:
        return list(self._session.execute(statement).mappings())

    def _of_workspace(self, model: type[Row]) -> list[Any]:
        table = table_of(model)
        found = select(table).where(table.c.workspace_id == self._workspace)
        return self._rows(found.order_by(table.c.id))

    def _of_projects(self, model: type[Row]) -> list[Any]:
        table, projects = table_of(model), table_of(ProjectRow)
        found = select(table).join(projects, projects.c.id == table.c.project_id)
        found = found.where(projects.c.workspace_id == self._workspace)
        return self._rows(found.order_by(table.c.id))

    def _linked(self, model: type[PullRequestRow | RunRow]) -> list[Any]:
        return [row for row in self._of_projects(model) if row["unlinked_at"] is None]

    def _ladder(self) -> list[Any]:
        offered = (row for row in self._of_workspace(LadderRow) if row["removed_at"] is None)
        return sorted(offered, key=lambda row: (row["position"], row["id"]))

    def _letters(self, projects: Sequence[int]) -> dict[int, list[Any]]:
        """The letters that are not over, by item; one that was replaced before it began is."""
        table = table_of(AssignmentRow)
        not_over = or_(table.c.until.is_(None), table.c.until > self._at)
        found = select(table).where(table.c.project_id.in_(projects), not_over)
        letters: dict[int, list[Any]] = defaultdict(list)
        for row in self._rows(found.order_by(table.c.id)):
            if row["since"] is None or row["since"] != row["until"]:
                letters[row["item_id"]].append(row)
        return letters

    # --- the team ---

    def _team(self) -> Iterator[PersonEntry]:
        names: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self._of_workspace(Identity):
            names[row["person_id"]][row["kind"]].append(row["value"])
        absences: dict[int, list[AbsenceEntry]] = defaultdict(list)
        for row in self._of_workspace(AbsenceRow):
            if row["ended_at"] is None and row["told"] == Told.SAID.value:
                days = {"from": row["first_day"], "until": row["last_day"], "half": row["half"]}
                absences[row["person_id"]].append(AbsenceEntry(**days))
        for row in self._of_workspace(PersonRow):
            yield _person(row, dict(names[row["id"]]), absences[row["id"]])

    def _delegations(self) -> Iterator[DelegationEntry]:
        for row in self._of_workspace(DelegationRow):
            if row["ended_at"] is not None:
                continue
            project = row["project_id"]
            entry: dict[str, Any] = {
                "person": self._people[row["person_id"]],
                "delegate": self._people[row["delegate_id"]],
                "from": row["first_day"],
                "until": row["last_day"],
                "project": self._projects[project]["key"] if project is not None else None,
                "reason": row["reason"],
            }
            yield DelegationEntry(**entry)

    # --- projects ---

    def _project(self, project: Project, gates: Gates, decided: Sequence[Decision]) -> ProjectEntry:
        row, verdict = self._projects[project.id], project.scope.verdict
        channels = [f"#{one_line(channel.name, 'channel')}" for channel in project.channels]
        return ProjectEntry(
            key=project.key,
            name=one_line(project.name, project.key),
            aliases=lines(project.aliases),
            channel=channels[0] if channels else None,
            mode=project.mode,
            lead=self._people[project.lead] if project.lead else None,
            primary_run_metric=row["primary_run_metric"] or None,
            scope=self._scope(project.scope),
            stages={item.key: state(item, self._titles.get(item.key)) for item in project.stages()},
            components=[component(item) for item in project.components()],
            private=project.private,
            shows_titles=project.shows_titles,
            members=sorted(self._people[member] for member in project.members),
            more_channels=channels[1:],
            archived=project.archived_at is not None,
            template=project.template,
            verdict=VerdictEntry(call=verdict.call, reason=verdict.reason) if verdict else None,
            work=work(project, gates, self._people),
            plans=plans(project, decided, self._people),
        )

    def _scope(self, scope: Scope) -> ScopeEntry:
        fields = {
            name: text for name, text in scope.fields.items() if name in ScopeEntry.model_fields
        }
        sponsor = person_in(fields.get("sponsor", ""))
        if sponsor is not None:
            del fields["sponsor"]
        return ScopeEntry(
            **fields,
            sponsor_person=self._people[sponsor] if sponsor is not None else None,
            in_scope=list(scope.in_scope),
            out_of_scope=list(scope.out_of_scope),
            success_metrics=[
                MetricEntry(
                    name=metric.name,
                    aliases=list(metric.aliases),
                    direction="higher" if metric.higher else "lower",
                    unit=metric.unit,
                    baseline=metric.baseline,
                    target=metric.target,
                    current=metric.current,
                    updated=metric.updated,
                    measured=metric.measured,
                )
                for metric in scope.metrics
            ],
            stakeholders=[self._people[holder] for holder in scope.stakeholders],
            links=[
                LinkEntry(title=one.title, url=one.url, review=one.review, item=one.item)
                for one in scope.links
            ],
        )

    def _assignments(
        self, project: Project, letters: dict[int, list[Any]], history: _History
    ) -> Iterator[AssignmentEntry]:
        """The letters of a project. Since when somebody is accountable need not be said where the

        document's own history tells it.
        """
        for item in project.items:
            held = [snapshots.assignment(row) for row in letters[item.id]]
            for letter in sorted(held, key=lambda letter: _ORDER[letter.letter]):
                person = vacant = requisition = group = None
                match letter.holder:
                    case PersonHolder(person=key):
                        person = self._people[key]
                    case Vacancy():
                        vacant = one_line(letter.holder.role, "vacant")
                        if letter.holder.requisition is not None:
                            requisition = one_line(letter.holder.requisition, "-")
                    case Group():
                        handle = one_line(letter.holder.handle, letter.holder.slack_id)
                        group = GroupEntry(slack_id=letter.holder.slack_id, handle=handle)
                told = None
                if letter.letter is Letter.A:
                    told = ownership(history.get((project.key, item.key), []), person).since
                yield AssignmentEntry(
                    project=project.key,
                    item=item.key,
                    raci=letter.letter,
                    person=person,
                    vacant_role=vacant,
                    requisition=requisition,
                    group=group,
                    since=None if letter.since == told else letter.since,
                    until=letter.until,
                )

    # --- what was loaded beside it ---

    def _key(self, person: int | None) -> str | None:
        return self._people[person] if person is not None else None

    def _project_key(self, row: Any) -> str | None:
        return self._projects[row["project_id"]]["key"] if row["project_id"] is not None else None

    def _standups(self) -> list[Any]:
        """Those of a user group are left out: a document has no word for who may read them."""
        known: tuple[int | None, ...] = (None, *self._projects)
        return [row for row in self._of_workspace(StandupRow) if row["project_id"] in known]

    def _standup(self, row: Any) -> StandupEntry:
        state, note = _TOLD.get(row["state"], (row["state"], row["note"]))
        return StandupEntry(
            date=row["day"],
            person=self._people[row["person_id"]],
            state=state,
            posted_at=row["posted_at"],
            project=self._project_key(row),
            stage=row["item_key"],
            yesterday=row["yesterday"],
            today=row["today"],
            blocker=row["blocker"],
            note=note,
        )

    def _pull_request(self, row: Any) -> PullRequestEntry:
        return PullRequestEntry(
            project=self._projects[row["project_id"]]["key"],
            repo=row["repo"],
            number=row["number"],
            title=row["title"],
            author=self._key(row["author_id"]),
            state=row["state"],
            review_state=row["review_state"] or None,
            ci_state=row["ci_state"] or None,
            stage=row["item_key"],
            opened=row["opened"],
        )

    def _run(self, row: Any) -> RunEntry:
        return RunEntry(
            project=self._projects[row["project_id"]]["key"],
            tracker=row["tracker"],
            id=row["run_id"],
            name=row["name"],
            author=self._key(row["author_id"]),
            state=row["state"],
            started=row["started"],
            stage=row["item_key"],
            metrics=row["metrics"],
            params=row["params"],
        )

    def _history(self) -> Iterator[HistoryEntry]:
        for row in self._of_workspace(HistoryRow):
            entry: dict[str, Any] = {
                "id": row["key"],
                "date": row["day"],
                "project": self._project_key(row),
                "kind": row["kind"],
                "stage": row["item_key"],
                "summary": row["summary"],
                "from": row["before"],
                "to": row["after"],
                "by": self._key(row["by_id"]),
                "approved_by": self._key(row["approved_by_id"]),
            }
            yield HistoryEntry(**entry)


def _person(row: Any, names: dict[str, list[str]], absences: Sequence[AbsenceEntry]) -> PersonEntry:
    slack, email = names.pop("slack", []), names.pop("email", [])
    further = {"slack": slack[1:], "email": email[1:], **names}
    return PersonEntry(
        key=row["key"],
        name=one_line(row["name"], row["key"]),
        first_name=one_line(row["first_name"], ""),
        job_title=one_line(row["job_title"], ""),
        role=row["role"],
        timezone=known_zone(row["timezone"]),
        slack_id=slack[0] if slack else None,
        active=row["active"],
        left_on=row["left_on"],
        standup=row["in_standups"],
        email=email[0] if email else None,
        admin=row["is_admin"],
        bot=row["is_bot"],
        company=one_line(row["company"], ""),
        identities={kind: values for kind, values in further.items() if values},
        own_zone=row["own_zone"],
        holiday_region=row["holiday_region"],
        absences=list(absences),
    )
