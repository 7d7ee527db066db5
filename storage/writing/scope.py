"""The rows of what a project is for."""

from collections.abc import Sequence
from typing import assert_never

from sqlalchemy import bindparam, func, select, update

from bot.changes import (
    MetricChanged,
    ScopeApproved,
    ScopeChange,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    VerdictGiven,
)
from bot.deciding import edits_of
from bot.project import Metric
from bot.scope import Edit
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import (
    MetricRow,
    ProjectRow,
    ScopeEditRow,
    ScopeRow,
    SignOffRow,
    VerdictRow,
    columns,
    table_of,
)
from storage.writing.pen import Pen

_PROJECT, _METRIC, _SIGNED = columns(ProjectRow), columns(MetricRow), columns(SignOffRow)
_NEXT_VERSION = (
    update(table_of(ProjectRow))
    .where(_PROJECT.id == bindparam("of"))
    .values(scope_version=_PROJECT.scope_version + 1, scope_changed_at=bindparam("now"))
    .returning(_PROJECT.scope_version)
)
_LAST_POSITION = select(func.max(_METRIC.position)).where(
    _METRIC.project_id == bindparam("of"), _METRIC.until.is_(None)
)
_POSITION = select(_METRIC.position).where(
    _METRIC.project_id == bindparam("of"),
    _METRIC.name == bindparam("named"),
    _METRIC.until.is_(None),
)
_OPEN_SIGN_OFF = select(_SIGNED.id, _SIGNED.since).where(
    _SIGNED.project_id == bindparam("of"), _SIGNED.until.is_(None)
)
_GAVE_WAY = (
    select(_SIGNED.id)
    .where(
        _SIGNED.project_id == bindparam("of"),
        _SIGNED.until == bindparam("at"),
        _SIGNED.id < bindparam("later"),
    )
    .order_by(_SIGNED.id.desc())
    .limit(1)
)


def write(pen: Pen, change: ScopeChange) -> None:
    match change:
        case ScopeChanged() | MetricChanged():
            _revise(pen, change.project, (change,))
        case ScopeRevised():
            _revise(pen, change.project, change.parts)
        case ScopeApproved():
            _approve(pen, change)
        case VerdictGiven():
            _judge(pen, change)
        case _:
            assert_never(change)


def _revise(pen: Pen, project: int, parts: Sequence[ScopePart]) -> None:
    for part in parts:
        if isinstance(part, ScopeChanged):
            _field(pen, part)
        else:
            _metric(pen, part)
    keep_version(pen, project, [edit for part in parts for edit in edits_of(part)])


def _field(pen: Pen, change: ScopeChanged) -> None:
    plain = plainly(pen.session)
    row = {"project_id": change.project, "name": change.name}
    ended = {f"of_{name}": value for name, value in row.items()}
    plain.execute(ending(ScopeRow, *row), {**ended, "now": pen.now})
    if change.after:
        said = {**row, "value": change.after, "since": pen.now, **pen.recorded()}
        plain.execute(adding(ScopeRow), said)


def _metric(pen: Pen, change: MetricChanged) -> None:
    """End the metric's present row and begin the next, in its place."""
    plain, project = plainly(pen.session), change.project
    position: int | None = None
    if change.before is not None:
        where = {"of": project, "named": change.before.name}
        position = plain.execute(_POSITION, where).scalar()
        ended = {"of_project_id": project, "of_name": change.before.name, "now": pen.now}
        plain.execute(ending(MetricRow, "project_id", "name"), ended)
    if change.after is None:
        return
    if position is None:
        last = plain.execute(_LAST_POSITION, {"of": project}).scalar()
        position = 0 if last is None else last + 1
    add_metrics(pen, project, [change.after], position)


def add_metrics(pen: Pen, project: int, metrics: Sequence[Metric], first: int = 0) -> None:
    """Metrics that begin now, in their order."""
    rows = [
        {
            "project_id": project,
            "name": metric.name,
            "aliases": list(metric.aliases),
            "higher": metric.higher,
            "unit": metric.unit,
            "baseline": metric.baseline,
            "target": metric.target,
            "current": metric.current,
            "updated": metric.updated,
            "measured": metric.measured,
            "position": position,
            "since": pen.now,
            **pen.recorded(),
        }
        for position, metric in enumerate(metrics, first)
    ]
    if rows:
        plainly(pen.session).execute(adding(MetricRow), rows)


def keep_version(pen: Pen, project: int, edits: Sequence[Edit]) -> None:
    """The next version of the scope, where anything was agreed upon anew."""
    if not edits:
        return
    plain = plainly(pen.session)
    version = plain.execute(_NEXT_VERSION, {"of": project, "now": pen.now}).scalar_one()
    rows = [
        {
            "project_id": project,
            "version": version,
            "cell": edit.cell,
            "before": edit.before,
            "after": edit.after,
            **pen.recorded(),
        }
        for edit in edits
    ]
    plain.execute(adding(ScopeEditRow), rows)


def _approve(pen: Pen, change: ScopeApproved) -> None:
    """A sign-off takes the place of the one before, and gives it back when it is taken back."""
    plain, project = plainly(pen.session), change.project
    present = plain.execute(_OPEN_SIGN_OFF, {"of": project}).first()
    plain.execute(ending(SignOffRow, "project_id"), {"of_project_id": project, "now": pen.now})
    if change.given:
        row = {
            "project_id": project,
            "scope_version": change.version,
            "fingerprint": change.fingerprint,
            "since": pen.now,
            **pen.recorded(),
        }
        plain.execute(adding(SignOffRow), row)
        return
    if change.before is not None and present is not None:
        gave_way = {"of": project, "at": present.since, "later": present.id}
        before = plain.execute(_GAVE_WAY, gave_way).scalar_one()
        plain.execute(setting(SignOffRow, "until"), {"of": before, "until": None})


def _judge(pen: Pen, change: VerdictGiven) -> None:
    plain, project = plainly(pen.session), change.project
    plain.execute(ending(VerdictRow, "project_id"), {"of_project_id": project, "now": pen.now})
    if change.after is not None:
        said = {"verdict": change.after.value, "reason": change.reason}
        row = {"project_id": project, **said, "since": pen.now, **pen.recorded()}
        plain.execute(adding(VerdictRow), row)
