"""Digests: how channels have set them, up to where each was told, and what one is composed from.

All is read in bulk: the number of statements is the same for one project and for two hundred.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, func, select, update
from sqlalchemy import Row as Result
from sqlmodel import Session

from bot.cadence import Cadence, DigestPlan
from bot.digests import Decision, Standups, setting
from bot.standups import State
from bot.standups.answers import NOTHING
from storage.columns import UtcDateTime
from storage.database import plainly
from storage.portions import in_portions
from storage.tables import (
    AuditRow,
    AuditTextRow,
    DecisionRow,
    DigestPlanRow,
    ProjectRow,
    StandupRow,
    Workspace,
    columns,
    table_of,
)

_IS = columns(DigestPlanRow)
_LINE = columns(AuditRow)
_WORDS = columns(AuditTextRow)
_MADE = columns(DecisionRow)
_PROJECT = columns(ProjectRow)
_SAID = columns(StandupRow)
_SPACE = columns(Workspace)

_PROJECTS: BindParameter[Any] = bindparam("projects", expanding=True)
_WORKSPACE: BindParameter[Any] = bindparam("workspace")


@dataclass(frozen=True, slots=True)
class Standing:
    """A digest as it is set, a channel's or (`person`) somebody's own, and up to where its readers
    know the record.

    `findings` are those of the linter that they know; None: it was never looked at.
    """

    id: int
    channel: str
    plan: DigestPlan
    since: datetime | None
    set_by: int | None
    told_revision: int
    told_until: datetime | None
    findings: tuple[str, ...] | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record about a project; `change` is empty where its words were erased."""

    project: int
    item: int | None
    action: str
    change: str
    by: int | None
    at: datetime


_OPEN = select(table_of(DigestPlanRow)).where(_IS.until.is_(None))
_CHANNELS = (
    _IS.workspace_id == _WORKSPACE,
    _IS.channel == bindparam("of"),
    _IS.person_id.is_(None),
)
_OF_CHANNEL = _OPEN.where(*_CHANNELS)
_LAST_OF_CHANNEL = (
    select(table_of(DigestPlanRow)).where(*_CHANNELS).order_by(_IS.id.desc()).limit(1)
)
_OF_PERSON = _OPEN.where(_IS.person_id == bindparam("of"))
_LAST_OF_PERSON = (
    select(table_of(DigestPlanRow))
    .where(_IS.person_id == bindparam("of"))
    .order_by(_IS.id.desc())
    .limit(1)
)
_OF_KEY = _OPEN.where(_IS.id == bindparam("of"))


def of_channel(session: Session, workspace: int, channel: str) -> Standing | None:
    """How the channel's digest is set now."""
    asked = {"workspace": workspace, "of": channel}
    return _standing(plainly(session).execute(_OF_CHANNEL, asked).first())


def last_of_channel(session: Session, workspace: int, channel: str) -> Standing | None:
    """The digest that the channel had last, whether it has it still or not."""
    asked = {"workspace": workspace, "of": channel}
    return _standing(plainly(session).execute(_LAST_OF_CHANNEL, asked).first())


def of_person(session: Session, person: int) -> Standing | None:
    """How somebody's own digest is set now."""
    return _standing(plainly(session).execute(_OF_PERSON, {"of": person}).first())


def last_of_person(session: Session, person: int) -> Standing | None:
    """The digest that somebody had last, whether they have it still or not."""
    return _standing(plainly(session).execute(_LAST_OF_PERSON, {"of": person}).first())


def keyed(session: Session, key: int) -> Standing | None:
    """A digest by its id; None where it has ended or was set otherwise."""
    return _standing(plainly(session).execute(_OF_KEY, {"of": key}).first())


def _standing(row: Result[Any] | None) -> Standing | None:
    if row is None:
        return None
    days, at = frozenset(row.days), time.fromisoformat(row.at)
    plan = DigestPlan(
        Cadence(row.cadence), days, at, row.zone, row.nth, row.first, row.heartbeat, row.region
    )
    return Standing(
        row.id,
        row.channel,
        plan,
        row.since,
        row.set_by,
        row.told_revision,
        row.told_until,
        None if row.told_findings is None else tuple(row.told_findings),
        row.person_id,
    )


def told(session: Session, key: int, revision: int, until: datetime) -> None:
    """Its readers know the record up to there."""
    values = {"told_revision": revision, "told_until": until}
    plainly(session).execute(update(table_of(DigestPlanRow)).where(_IS.id == key).values(values))


def begin(
    session: Session, workspace: int, made: Standing, last: Standing | None, now: datetime
) -> None:
    """Let one that was set begin where the last one of its readers ended, or a period ago."""
    plan = last.plan if last else None
    set_at, until = (last.since, last.told_until) if last else (None, None)
    begins = setting.begins(made.plan, now, plan, set_at, until)
    if begins is not None:
        told(session, made.id, revision_at(session, workspace, begins), begins)
    elif last is not None and last.told_until is not None:
        told(session, made.id, last.told_revision, last.told_until)


def take_back(
    session: Session,
    key: int,
    told: datetime,
    revision: int,
    until: datetime | None,
    findings: Sequence[str] | None,
) -> None:
    """Its readers know the record up to there alone, and no more than these findings of the linter,
    where they were told at `told` last.
    """
    known = None if findings is None else list(findings)
    values = {"told_revision": revision, "told_until": until, "told_findings": known}
    mine = (_IS.id == key, _IS.told_until == told)
    plainly(session).execute(update(table_of(DigestPlanRow)).where(*mine).values(values))


def found(session: Session, key: int, findings: Sequence[str]) -> None:
    """Its readers know of these findings of the linter."""
    values = {"told_findings": list(findings)}
    plainly(session).execute(update(table_of(DigestPlanRow)).where(_IS.id == key).values(values))


_REVISION_AT = select(func.max(_LINE.seq)).where(
    _LINE.workspace_id == _WORKSPACE, _LINE.at <= bindparam("at", type_=UtcDateTime())
)


def revision_at(session: Session, workspace: int, moment: datetime) -> int:
    """The number of the last line of the record at a moment; 0 before the first."""
    asked = {"workspace": workspace, "at": moment}
    return plainly(session).execute(_REVISION_AT, asked).scalar() or 0


_WRITTEN = (
    select(_LINE.project_id, _LINE.item_id, _LINE.action, _WORDS.change, _LINE.actor_id, _LINE.at)
    .join_from(
        table_of(AuditRow), table_of(AuditTextRow), _WORDS.audit_id == _LINE.id, isouter=True
    )
    .where(
        _LINE.workspace_id == _WORKSPACE,
        _LINE.seq > bindparam("revision"),
        _LINE.action.in_(bindparam("actions", expanding=True)),
    )
)
_LINES = _WRITTEN.where(_LINE.project_id.in_(_PROJECTS)).order_by(_LINE.seq)


def lines_since(
    session: Session, workspace: int, revision: int, projects: Sequence[int], actions: Sequence[str]
) -> list[Line]:
    """What was done to these projects after a revision, oldest first."""
    asked = {
        "workspace": workspace,
        "revision": revision,
        "projects": list(projects),
        "actions": list(actions),
    }
    return [
        Line(project, item, action, change or "", by, at)
        for project, item, action, change, by, at in plainly(session).execute(_LINES, asked)
    ]


_DECISIONS = (
    select(
        _MADE.project_id, _MADE.number, _MADE.text, _MADE.set_by, _MADE.recorded_at, _MADE.permalink
    )
    .where(
        _MADE.project_id.in_(_PROJECTS),
        _MADE.withdrawn_at.is_(None),
        _MADE.recorded_at >= bindparam("since", type_=UtcDateTime()),
    )
    .order_by(_MADE.number)
)


def decisions_since(
    session: Session, projects: Sequence[int], since: datetime
) -> tuple[Decision, ...]:
    found = plainly(session).execute(_DECISIONS, {"projects": list(projects), "since": since})
    return tuple(Decision(*row) for row in found)


_ALL_LINES = _WRITTEN.where(_LINE.project_id.is_not(None)).order_by(_LINE.project_id, _LINE.seq)


def all_lines_since(
    session: Session, workspace: int, revision: int, actions: Sequence[str]
) -> Iterator[tuple[int, list[Line]]]:
    """What was done to any project after a revision, one project after the other."""
    asked = {"workspace": workspace, "revision": revision, "actions": list(actions)}
    found = plainly(session).execute(_ALL_LINES, asked)
    for project, rows in groupby(found, key=lambda row: row.project_id):
        yield (
            project,
            [
                Line(project, item, action, change or "", by, at)
                for _, item, action, change, by, at in rows
            ],
        )


_DECIDED = (
    select(_MADE.project_id)
    .distinct()
    .join_from(table_of(DecisionRow), table_of(ProjectRow), _PROJECT.id == _MADE.project_id)
    .where(
        _PROJECT.workspace_id == _WORKSPACE,
        _MADE.withdrawn_at.is_(None),
        _MADE.recorded_at >= bindparam("since", type_=UtcDateTime()),
    )
)


def decided_since(session: Session, workspace: int, since: datetime) -> set[int]:
    """The projects in which something was decided since then."""
    asked = {"workspace": workspace, "since": since}
    return set(plainly(session).execute(_DECIDED, asked).scalars())


_ANSWERED = (State.POSTED.value, State.NOTHING_NEW.value)
_BLOCKER = func.lower(func.trim(func.coalesce(_SAID.blocker, ""), " .!"))
_STANDUPS = (
    select(
        _SAID.project_id,
        func.count(),
        func.sum(case((_SAID.state.in_(_ANSWERED), 1), else_=0)),
        func.sum(case((_BLOCKER.not_in(sorted(NOTHING)), 1), else_=0)),
    )
    .where(
        _SAID.project_id.in_(_PROJECTS),
        _SAID.day > bindparam("after"),
        _SAID.day <= bindparam("until"),
        _SAID.state != State.AWAY.value,
    )
    .group_by(_SAID.project_id)
)


def standups_of(
    session: Session, projects: Sequence[int], after: date, until: date
) -> dict[int, Standups]:
    """How the standups of projects were answered of the days after one, up to another one: days of
    those who are asked, whenever they were and whoever wrote it down.
    """
    asked = {"projects": list(projects), "after": after, "until": until}
    return {
        project: Standups(all_of_them, int(answered), int(blocked))
        for project, all_of_them, answered, blocked in plainly(session).execute(_STANDUPS, asked)
    }


_AIMS = select(_PROJECT.id, _PROJECT.primary_run_metric).where(
    _PROJECT.id.in_(_PROJECTS), _PROJECT.primary_run_metric != ""
)
_META = select(_SPACE.meta).where(_SPACE.id == _WORKSPACE)


def aims(session: Session, projects: Sequence[int]) -> dict[int, str]:
    """The metric by which a project's runs are compared, where it has one."""
    found = in_portions(session, _AIMS, projects)
    return {row.id: row.primary_run_metric for row in found}


def directions(session: Session, workspace: int) -> dict[str, str]:
    """Metrics that are better when smaller ("min") or greater ("max"), as a document told."""
    meta = plainly(session).execute(_META, {"workspace": workspace}).scalar() or {}
    return dict(meta.get("run_metric_direction") or {})
