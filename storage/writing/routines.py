"""The rows of what comes again and again."""

from typing import Any

from sqlalchemy import update

from bot.cadence import DigestPlan
from bot.changes import (
    BriefChange,
    BriefEnded,
    BriefSet,
    DigestChange,
    DigestSet,
    ExportChange,
    ExportEnded,
    ExportSet,
    OwnBriefSet,
    OwnDigestChange,
    OwnDigestSet,
    OwnExportSet,
    RoutineChange,
    StandupChange,
    StandupSet,
)
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import (
    BriefPlanRow,
    DigestPlanRow,
    ExportPlanRow,
    StandupPlanRow,
    columns,
    table_of,
)
from storage.writing.pen import Pen


def write(pen: Pen, change: RoutineChange) -> int | None:
    """What comes again and again, set otherwise; gives the project it is about, if it is."""
    if isinstance(change, DigestChange | OwnDigestChange):
        _digest(pen, change)
        return None
    if isinstance(change, BriefChange):
        _brief(pen, change)
        return None
    if isinstance(change, ExportChange):
        _export(pen, change)
        return None
    _standup(pen, change)
    return change.project


def _standup(pen: Pen, change: StandupChange) -> None:
    """End the project's present standup and begin the next, now."""
    plain, project = plainly(pen.session), change.project
    plain.execute(ending(StandupPlanRow, "project_id"), {"of_project_id": project, "now": pen.now})
    if isinstance(change, StandupSet):
        plan = change.after
        row = {
            "workspace_id": pen.workspace_id,
            "project_id": project,
            "questions": list(plan.questions),
            "days": sorted(plan.days),
            "at": plan.at.isoformat("minutes"),
            "zone": plan.zone,
            "report_at": plan.report_at.isoformat("minutes"),
            "channel": plan.channel,
            "people": list(plan.people),
            "by_stage": plan.by_stage,
            "closes_at": plan.closes_at.isoformat("minutes") if plan.closes_at else None,
            "reminds": plan.reminds,
            "group_id": plan.group.slack_id if plan.group else None,
            "group_handle": plan.group.handle if plan.group else "",
        }
        plain.execute(adding(StandupPlanRow), {**row, "since": pen.now, **pen.recorded()})


def _digest(pen: Pen, change: DigestChange | OwnDigestChange) -> None:
    """End the present digest of a channel, or of somebody, and begin the next, now."""
    plain = plainly(pen.session)
    if isinstance(change, OwnDigestChange):
        of: dict[str, Any] = {"person_id": change.person}
        where = {"channel": "", **of}
    else:
        of = {"workspace_id": pen.workspace_id, "channel": change.channel.slack_id}
        where = {"person_id": None, **of}
    ended = {f"of_{name}": value for name, value in of.items()}
    plain.execute(ending(DigestPlanRow, *of), {**ended, "now": pen.now})
    if isinstance(change, DigestSet | OwnDigestSet):
        plan = change.after
        said = {
            "workspace_id": pen.workspace_id,
            **_when(plan),
            "heartbeat": plan.heartbeat,
            "told_revision": 0,
        }
        row = {**where, **said, "since": pen.now, **pen.recorded()}
        plain.execute(adding(DigestPlanRow), row)


def _brief(pen: Pen, change: BriefChange) -> None:
    """End the present plan of a channel, or of somebody, and begin the next, now."""
    plain = plainly(pen.session)
    if isinstance(change, BriefSet | BriefEnded):
        of: dict[str, Any] = {"workspace_id": pen.workspace_id, "channel": change.channel.slack_id}
        where = {"person_id": None, **of}
    else:
        of = {"person_id": change.person}
        where = {"workspace_id": pen.workspace_id, "channel": "", **of}
    ended = {f"of_{name}": value for name, value in of.items()}
    plain.execute(ending(BriefPlanRow, *of), {**ended, "now": pen.now})
    if isinstance(change, BriefSet | OwnBriefSet):
        row = {**where, **_when(change.after)}
        plain.execute(adding(BriefPlanRow), {**row, "since": pen.now, **pen.recorded()})


def _export(pen: Pen, change: ExportChange) -> None:
    """End the present plan of one file to one channel, or to somebody, and begin the next, now."""
    plain, plans = plainly(pen.session), columns(ExportPlanRow)
    if isinstance(change, ExportSet | ExportEnded):
        of: dict[str, Any] = {"channel": change.channel.slack_id, "person_id": None}
    else:
        of = {"channel": "", "person_id": change.person}
    of |= {"workspace_id": pen.workspace_id, "project_id": change.project}
    present = [plans[name].is_not_distinct_from(value) for name, value in of.items()]
    ending_now = update(table_of(ExportPlanRow)).where(*present, plans.until.is_(None))
    plain.execute(ending_now.values(until=pen.now))
    if isinstance(change, ExportSet | OwnExportSet):
        when = change.after.when
        row = {**of, **_when(when), "heartbeat": when.heartbeat, "form": change.after.form.value}
        plain.execute(adding(ExportPlanRow), {**row, "since": pen.now, **pen.recorded()})


def _when(plan: DigestPlan) -> dict[str, Any]:
    return {
        "cadence": plan.cadence.value,
        "days": sorted(plan.days),
        "at": plan.at.isoformat("minutes"),
        "zone": plan.zone,
        "nth": plan.nth,
        "first": plan.first,
        "region": plan.region,
    }
