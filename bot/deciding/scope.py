"""What a project is for: its fields, its metrics, who signed it off, and whether it is worth it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot import scope
from bot.changes import (
    LinkAdded,
    MetricChanged,
    ProjectCreated,
    ScopeApproved,
    ScopeChanged,
    ScopePart,
    ScopeRevised,
    VerdictGiven,
)
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_FIELD, LONGEST_NOTE, checked_line, checked_text, storable
from bot.errors import BadInput, Refused, Why
from bot.project import Call, Metric, Project
from bot.scope import Edit, Kind, MetricWish
from bot.spelling import folded

LONGEST_UNIT = 40


def set_scope(project: Project, name: str, value: str) -> ScopeChanged:
    """Set one field of the scope, or (an empty value) take away what it says.

    A list is given as lines, a day in ISO form. `BadInput` for an unknown field.
    """
    refuse_archived(project)
    if name not in scope.FIELD:
        known = ", ".join(scope.NAMES).replace("_", " ")
        raise BadInput(Why.BAD_FIELD, {"field": name, "known": known})
    before = scope.value(project.scope, name)
    after = checked_field(name, value)
    if after == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": scope.words(name)})
    return ScopeChanged(project.id, name, before, after)


def checked_field(name: str, value: str) -> str:
    """The value of a field, or of a part of a form's metric, as it is stored."""
    if not storable(value).strip():
        return ""
    value = checked_text(scope.plain(name, value), LONGEST_FIELD, name)
    if name in scope.METRIC_FIELDS:
        return _checked_part(name, value)
    match scope.FIELD[name].kind:
        case Kind.DAY:
            try:
                return date.fromisoformat(value).isoformat()
            except ValueError:
                raise BadInput(Why.BAD_DATE, {"date": value}, field=name) from None
        case Kind.PERSON:
            return value if scope.person_in(value) else " ".join(value.split())
        case _:
            return value


def _checked_part(name: str, value: str) -> str:
    match name:
        case "baseline" | "target":
            return scope.number(scope.read_number(value, name))
        case "metric":
            return checked_line(value, name)
        case "unit":
            return " ".join(value.split())[:LONGEST_UNIT]
        case _:
            return value[:LONGEST_NOTE]


# --- metrics --------------------------------------------------------------------------------------


def metric_named(project: Project, name: str) -> Metric | None:
    """The metric of that name or alias."""
    wanted = folded(name)
    for metric in project.scope.metrics:
        if wanted in map(folded, (metric.name, *metric.aliases)):
            return metric
    return None


def set_metric(project: Project, name: str, wish: MetricWish, today: date) -> MetricChanged:
    """A new metric, or one that is to be otherwise, or stands elsewhere now."""
    refuse_archived(project)
    before = _known_metric(project, name) if wish.only_measures else metric_named(project, name)
    if before is None:
        named = checked_line(name, "metric")
        fresh = Metric(named, (), _direction(named, wish), "", None, None, None, None)
    else:
        fresh = before
    after = _with(fresh, wish, today)
    if (wish.higher, wish.baseline, wish.target) != (None, None, None):
        _refuse_aimless(after)
    if after == before:
        raise Refused(Why.NOTHING_CHANGES, {"item": after.name})
    return MetricChanged(project.id, before, after)


def _with(metric: Metric, wish: MetricWish, today: date) -> Metric:
    unit = metric.unit if wish.unit is None else " ".join(storable(wish.unit).split())
    measured = metric.measured if wish.measured is None else storable(wish.measured).strip()
    return replace(
        metric,
        higher=metric.higher if wish.higher is None else wish.higher,
        unit=unit[:LONGEST_UNIT],
        baseline=metric.baseline if wish.baseline is None else wish.baseline,
        target=metric.target if wish.target is None else wish.target,
        measured=measured[:LONGEST_NOTE],
        current=metric.current if wish.now is None else wish.now,
        updated=metric.updated if wish.now is None else today,
    )


def _direction(name: str, wish: MetricWish) -> bool:
    """Which way a new metric improves: as said, or else as the target lies."""
    if wish.higher is not None:
        return wish.higher
    if wish.baseline is None or wish.target is None or wish.baseline == wish.target:
        raise BadInput(Why.DIRECTION_NEEDED, {"metric": name}, field="direction")
    return wish.target > wish.baseline


def _refuse_aimless(metric: Metric) -> None:
    """A target says nothing without a baseline, nor on the wrong side of it."""
    if metric.target is None:
        return
    if metric.baseline is None:
        raise BadInput(Why.NO_BASELINE, {"metric": metric.name}, field="baseline")
    way = 1 if metric.higher else -1
    if (metric.target - metric.baseline) * way < 0:
        facts = {"metric": metric.name, "way": "higher" if metric.higher else "lower"}
        raise BadInput(Why.TARGET_WORSE, facts, field="target")


def form_metric(
    project: Project, was: str, values: Mapping[str, str], *, touched: bool
) -> MetricChanged | None:
    """What a form does to the metric that it shows, called `was` when it was opened.

    `values` are all parts as they shall be; None where nothing of it was `touched`.
    """
    if not touched:
        return None
    before = metric_named(project, was) if was else None
    name, baseline, target = (
        values["metric"],
        _number(values["baseline"]),
        _number(values["target"]),
    )
    if not name:
        if baseline is not None or target is not None:
            raise BadInput(Why.EMPTY_TEXT, {"field": "metric"}, field="metric")
        return MetricChanged(project.id, before, None) if before else None
    namesake = metric_named(project, name)
    if namesake is not None and namesake != before:
        raise BadInput(Why.METRIC_TAKEN, {"metric": namesake.name}, field="metric")
    wish = MetricWish(_way(values["direction"]), baseline=baseline, target=target)
    fresh = before or Metric(name, (), _direction(name, wish), "", None, None, None, None)
    after = replace(
        fresh,
        name=name,
        higher=fresh.higher if wish.higher is None else wish.higher,
        unit=values["unit"],
        baseline=baseline,
        target=target,
        measured=values["measured"],
    )
    _refuse_aimless(after)
    return None if after == before else MetricChanged(project.id, before, after)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _way(direction: str) -> bool | None:
    return direction == "higher" if direction else None


def remove_metric(project: Project, name: str) -> MetricChanged:
    refuse_archived(project)
    return MetricChanged(project.id, _known_metric(project, name), None)


def _known_metric(project: Project, name: str) -> Metric:
    found = metric_named(project, name)
    if found is None:
        known = ", ".join(metric.name for metric in project.scope.metrics)
        raise Refused(Why.NO_METRIC, {"metric": name, "known": known}, field="metric")
    return found


# --- several at once ------------------------------------------------------------------------------


def revise(
    project: Project, values: Mapping[str, str], metric: MetricChanged | None = None
) -> ScopeRevised | ScopePart:
    """Set several fields, and perhaps a metric, as one version of the scope."""
    refuse_archived(project)
    parts: list[ScopePart] = []
    for name, value in values.items():
        before, after = scope.value(project.scope, name), checked_field(name, value)
        if before != after:
            parts.append(ScopeChanged(project.id, name, before, after))
    if metric is not None:
        parts.append(metric)
    if not parts:
        raise Refused(Why.NOTHING_CHANGES, {"item": "the scope"})
    return parts[0] if len(parts) == 1 else ScopeRevised(project.id, tuple(parts))


def edits_of(change: ScopePart | LinkAdded | ProjectCreated) -> tuple[Edit, ...]:
    """What a change agrees upon anew, cell by cell; nothing for a value that was only measured."""
    match change:
        case ScopeChanged(name=name, before=before, after=after):
            return scope.edits({name: before}, {name: after})
        case MetricChanged(before=before_metric, after=after_metric):
            before_cells = scope.metric_cells(before_metric)
            return scope.edits(before_cells, scope.metric_cells(after_metric))
        case LinkAdded(title=title, url=url, added=added):
            cell = {scope.link_cell(url): title}
            return scope.edits({}, cell) if added else scope.edits(cell, {})
        case ProjectCreated(metrics=metrics):
            begun: dict[str, str] = {}
            for metric in metrics:
                begun |= scope.metric_cells(metric)
            return scope.edits({}, begun)


# --- decided of the whole -------------------------------------------------------------------------


def approve(project: Project) -> ScopeApproved:
    """Sign off the scope as it is."""
    refuse_archived(project)
    present = project.scope
    if not present.version:
        raise Refused(Why.SCOPE_EMPTY, {"project": project.name})
    approval = present.approval
    if approval and approval.version == present.version:
        raise Refused(Why.NOTHING_CHANGES, {"item": f"the scope (v{present.version})"})
    return ScopeApproved(
        project.id,
        present.version,
        scope.fingerprint(present),
        approval.version if approval else None,
    )


def give_verdict(project: Project, call: Call, reason: str) -> VerdictGiven:
    """Decide whether a project is worth doing."""
    refuse_archived(project)
    if not reason.strip():
        raise BadInput(Why.VERDICT_REASON, {"verdict": call.value}, field="reason")
    reason = checked_text(reason, LONGEST_NOTE, "reason")
    before = project.scope.verdict
    if before and (before.call, before.reason) == (call, reason):
        raise Refused(Why.NOTHING_CHANGES, {"item": f"the verdict on {project.name}"})
    return VerdictGiven(
        project.id,
        before.call if before else None,
        before.reason if before else "",
        call,
        reason,
    )
