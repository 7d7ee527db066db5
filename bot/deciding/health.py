"""How a project does as somebody says, and that it is done."""

from bot.changes import HealthSet, ProjectFinished
from bot.condition import Light
from bot.deciding.projects import refuse_archived
from bot.deciding.texts import LONGEST_NOTE, checked_text
from bot.errors import BadInput, Refused, Why
from bot.health import missed
from bot.project import CLOSED, Project

SAYABLE = (Light.GREEN, Light.AMBER, Light.RED)


def set_health(project: Project, light: Light | None, reason: str) -> HealthSet:
    """Say how a project does, and why; None lets what is computed count again."""
    refuse_archived(project)
    present = project.opinion
    if light is None:
        if present is None:
            raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
        return HealthSet(project.id, present.light, present.reason, None, "")
    if not reason.strip():
        raise BadInput(Why.HEALTH_REASON, {"status": light.words.lower()}, field="note")
    reason = checked_text(reason, LONGEST_NOTE, "note")
    before, before_reason = (present.light, present.reason) if present else (None, "")
    if (before, before_reason) == (light, reason):
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    return HealthSet(project.id, before, before_reason, light, reason)


def finish(project: Project, why: str) -> ProjectFinished:
    """Say that a project is done: all is done or skipped, and each target is reached or it is said
    why not.
    """
    refuse_archived(project)
    if project.finish is not None:
        raise Refused(Why.NOTHING_CHANGES, {"item": project.name})
    if open_ones := [item.title for item in project.items if item.status not in CLOSED]:
        facts = {
            "project": project.name,
            "items": ", ".join(open_ones[:5]),
            "item": open_ones[0],
        }
        raise Refused(Why.STILL_OPEN, facts)
    why = checked_text(why, LONGEST_NOTE, "note") if why.strip() else ""
    if not why and (short := missed(project)):
        facts = {"project": project.name, "metrics": ", ".join(one.name for one in short[:5])}
        raise BadInput(Why.METRIC_MISSED, facts, field="note")
    return ProjectFinished(project.id, finished=True, why=why)
