"""What questions read of a workspace beside its projects; each in one statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlmodel import Session

from bot.people import Delegation
from bot.project import Assignment
from bot.qa.evidence import Aims, Asking, Changed, Past, Pull, Said, Tried
from bot.sources.base import Kind, PullRequest, Run
from bot.standups import State
from storage import digests, evidence, history, links, promotions
from storage.database import plainly
from storage.projects.letters import assignment
from storage.tables import (
    AssignmentRow,
    AuditRow,
    AuditTextRow,
    DecisionRow,
    HistoryRow,
    ItemRow,
    MetricRow,
    ProjectRow,
    StandupRow,
    columns,
    table_of,
)

_ENTRY = columns(StandupRow)
_TOLD = columns(HistoryRow)
_KEPT = columns(DecisionRow)
_ITEM = columns(ItemRow)
_METRIC = columns(MetricRow)
_PROJECT = columns(ProjectRow)
_HELD = columns(AssignmentRow)
_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)

_SAID = (
    select(table_of(StandupRow))
    .where(
        _ENTRY.workspace_id == bindparam("workspace"),
        _ENTRY.day.in_(bindparam("days", expanding=True)),
    )
    .order_by(_ENTRY.day.desc(), _ENTRY.id)
)
_PAST = (
    select(table_of(HistoryRow))
    .where(
        _TOLD.workspace_id == bindparam("workspace"),
        or_(
            _TOLD.project_id.is_(None),
            _TOLD.project_id.in_(bindparam("projects", expanding=True)),
        ),
    )
    .order_by(_TOLD.day.desc(), _TOLD.id.desc())
)
_DECIDED = (
    select(
        _KEPT.project_id,
        _ITEM.key,
        _KEPT.recorded_at,
        _KEPT.text,
        _KEPT.set_by,
        _KEPT.author_id,
        _KEPT.permalink,
    )
    .join_from(table_of(DecisionRow), table_of(ItemRow), _ITEM.id == _KEPT.item_id, isouter=True)
    .where(
        _KEPT.workspace_id == bindparam("workspace"),
        _KEPT.project_id.in_(bindparam("projects", expanding=True)),
        _KEPT.withdrawn_at.is_(None),
    )
    .order_by(_KEPT.recorded_at.desc(), _KEPT.id.desc())
)


_METRICS = (
    select(_METRIC.project_id, _METRIC.name, _METRIC.aliases)
    .join_from(table_of(MetricRow), table_of(ProjectRow), _METRIC.project_id == _PROJECT.id)
    .where(
        _PROJECT.workspace_id == bindparam("workspace"),
        _PROJECT.archived_at.is_(None),
        _METRIC.until.is_(None),
    )
    .order_by(_METRIC.project_id, _METRIC.position)
)


_LETTERS = (
    select(table_of(AssignmentRow))
    .where(_HELD.item_id.in_(bindparam("items", expanding=True)))
    .order_by(_HELD.id)
)
_LETTERS_OF = (
    select(table_of(AssignmentRow))
    .join_from(table_of(AssignmentRow), table_of(ProjectRow), _PROJECT.id == _HELD.project_id)
    .where(_PROJECT.workspace_id == bindparam("workspace"), _HELD.person_id == bindparam("person"))
    .order_by(_HELD.id)
)
_LAST_POSTED = select(func.max(_ENTRY.posted_at)).where(
    _ENTRY.workspace_id == bindparam("workspace"), _ENTRY.person_id == bindparam("person")
)
_OF_RECORD = table_of(AuditRow).join(table_of(AuditTextRow), _WORDS.audit_id == _LINE.id)
_SAYS_SOMETHING = (_LINE.workspace_id == bindparam("workspace")) & (_WORDS.summary != "")
_LINES = (
    select(
        _LINE.project_id,
        _LINE.item_id,
        _LINE.at,
        _LINE.actor_id,
        _LINE.action,
        _WORDS.summary,
        _WORDS.change,
    )
    .select_from(_OF_RECORD)
    .where(_SAYS_SOMETHING)
)
_COUNTS = select(_LINE.project_id, func.count()).select_from(_OF_RECORD).where(_SAYS_SOMETHING)


def _limited(lines: Select[Any], asking: Asking) -> Select[Any]:
    wanted = lines.where(_LINE.project_id.in_(asking.projects))
    if asking.begin is not None:
        wanted = wanted.where(_LINE.at >= asking.begin)
    if asking.end is not None:
        wanted = wanted.where(_LINE.at < asking.end)
    if asking.items:
        wanted = wanted.where(_LINE.item_id.in_(asking.items))
    if asking.kinds:
        wanted = wanted.where(_LINE.action.in_(asking.kinds))
    return wanted


def metric_names(session: Session, workspace: int) -> list[tuple[int, tuple[str, ...]]]:
    """The names of every success metric, with the project that has it."""
    found = plainly(session).execute(_METRICS, {"workspace": workspace})
    return [(project, (name, *aliases)) for project, name, aliases in found]


@dataclass(frozen=True, slots=True)
class Recorded:
    """`bot.qa.evidence.Evidence` of one workspace, read in one transaction."""

    session: Session
    workspace: int

    def said(self, days: Sequence[date]) -> Sequence[Said]:
        asked = {"workspace": self.workspace, "days": list(days)}
        return [_said(row) for row in self._rows(_SAID, asked)]

    def pulls(self, projects: Sequence[int]) -> Sequence[Pull]:
        found = [
            (row, seen, seen.seen)
            for row, seen in evidence.rows(self.session, Kind.PULL_REQUEST, projects)
            if isinstance(seen.seen, PullRequest)
        ]
        is_asked = any(pull.requested for _, _, pull in found)
        known = links.people_named(self.session, self.workspace, "github") if is_asked else {}
        return [
            Pull(row["project_id"], row["item_key"], row["author_id"], pull, seen, known)
            for row, seen, pull in found
        ]

    def runs(self, projects: Sequence[int]) -> Sequence[Tried]:
        found = [
            (row, seen, seen.seen)
            for row, seen in evidence.rows(self.session, Kind.RUN, projects)
            if isinstance(seen.seen, Run)
        ]
        runs = promotions.dated(self.session, self.workspace, [run for _, _, run in found])
        return [
            Tried(
                project=row["project_id"],
                item=row["item_key"],
                author=row["author_id"],
                seen=run,
                sighting=seen,
                day=run.started.date() if run.started else row["started"],
                params=dict(run.params) or row["params"],
            )
            for (row, seen, _), run in zip(found, runs, strict=True)
        ]

    def past(self, projects: Sequence[int]) -> Sequence[Past]:
        asked = {"workspace": self.workspace, "projects": list(projects)}
        told = [_past(row) for row in self._rows(_PAST, asked)]
        told += [_decided(row) for row in self._rows(_DECIDED, asked)]
        return sorted(told, key=lambda one: one.day, reverse=True)

    def aims(self, projects: Sequence[int]) -> Aims:
        directions = digests.directions(self.session, self.workspace)
        return Aims(
            primary=digests.aims(self.session, projects),
            less_is_better=frozenset(name for name, way in directions.items() if way == "min"),
        )

    def letters(self, items: Sequence[int]) -> Sequence[tuple[int, Assignment]]:
        return [(row["item_id"], assignment(row)) for row in self._rows(_LETTERS, {"items": items})]

    def letters_of(self, person: int) -> Sequence[tuple[int, int, Assignment]]:
        found = self._rows(_LETTERS_OF, {"workspace": self.workspace, "person": person})
        return [(row["project_id"], row["item_id"], assignment(row)) for row in found]

    def delegations(self, moment: datetime) -> Sequence[Delegation]:
        return history.delegations_at(self.session, self.workspace, moment)

    def last_standup(self, person: int) -> datetime | None:
        asked = {"workspace": self.workspace, "person": person}
        found: datetime | None = plainly(self.session).execute(_LAST_POSTED, asked).scalar()
        return found

    def changed(self, asking: Asking, most: int) -> Sequence[Changed]:
        wanted = _limited(_LINES, asking).order_by(_LINE.seq.desc()).limit(most)
        return [_changed(row) for row in self._rows(wanted, {"workspace": self.workspace})]

    def count_changed(self, asking: Asking) -> Mapping[int, int]:
        wanted = _limited(_COUNTS, asking).group_by(_LINE.project_id)
        found = plainly(self.session).execute(wanted, {"workspace": self.workspace})
        return {row[0]: row[1] for row in found}

    def _rows(self, statement: Any, asked: dict[str, Any]) -> Any:
        return plainly(self.session).execute(statement, asked).mappings()


def _said(row: Mapping[str, Any]) -> Said:
    return Said(
        person=row["person_id"],
        project=row["project_id"],
        item=row["item_key"],
        day=row["day"],
        state=State(row["state"]),
        yesterday=row["yesterday"] or "",
        today=row["today"] or "",
        blocker=row["blocker"] or "",
        note=row["note"] or "",
        posted_at=row["posted_at"],
        asked=row["asked_at"] is not None,
    )


def _past(row: Mapping[str, Any]) -> Past:
    return Past(
        project=row["project_id"],
        item=row["item_key"],
        day=row["day"],
        kind=row["kind"],
        summary=row["summary"],
        before=row["before"] or "",
        after=row["after"] or "",
        by=row["by_id"],
        approved_by=row["approved_by_id"],
    )


def _decided(row: Mapping[str, Any]) -> Past:
    return Past(
        project=row["project_id"],
        item=row["key"],
        day=row["recorded_at"].date(),
        kind="decision",
        summary=row["text"],
        by=row["author_id"] or row["set_by"],
        at=row["recorded_at"],
        permalink=row["permalink"],
    )


def _changed(row: Mapping[str, Any]) -> Changed:
    values = json.loads(row["change"] or "{}")
    before, after = values.get("before"), values.get("after")
    return Changed(
        project=row["project_id"],
        item=row["item_id"],
        at=row["at"],
        by=row["actor_id"],
        summary=row["summary"],
        kind=row["action"],
        before=before if isinstance(before, str) else "",
        after=after if isinstance(after, str) else "",
        permalink=str(values.get("permalink") or ""),
    )
