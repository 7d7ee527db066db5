"""The rows of what comes again and again."""

from typing import Any

from bot.changes import (
    BriefChange,
    BriefEnded,
    BriefSet,
    DigestChange,
    DigestSet,
    OwnBriefSet,
    OwnDigestChange,
    OwnDigestSet,
    RoutineChange,
    StandupChange,
    StandupSet,
)
from storage.database import plainly
from storage.statements import adding, ending
from storage.tables import BriefPlanRow, DigestPlanRow, StandupPlanRow
from storage.writing.pen import Pen


def write(pen: Pen, change: RoutineChange) -> int | None:
    """What comes again and again, set otherwise; gives the project it is about, if it is."""
    if isinstance(change, DigestChange | OwnDigestChange):
        _digest(pen, change)
        return None
    if isinstance(change, BriefChange):
        _brief(pen, change)
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
            "cadence": plan.cadence.value,
            "days": sorted(plan.days),
            "at": plan.at.isoformat("minutes"),
            "zone": plan.zone,
            "nth": plan.nth,
            "first": plan.first,
            "heartbeat": plan.heartbeat,
            "region": plan.region,
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
        plan = change.after
        row = {
            **where,
            "cadence": plan.cadence.value,
            "days": sorted(plan.days),
            "at": plan.at.isoformat("minutes"),
            "zone": plan.zone,
            "nth": plan.nth,
            "first": plan.first,
            "region": plan.region,
        }
        plain.execute(adding(BriefPlanRow), {**row, "since": pen.now, **pen.recorded()})
