"""The rows of how a project does as somebody says, and of its end."""

from bot.changes import HealthChange, HealthSet
from storage.database import plainly
from storage.statements import adding, ending, setting
from storage.tables import HealthRow, ProjectRow
from storage.writing.pen import Pen

_FINISHING = setting(ProjectRow, "finished_at", "finished_why")


def write(pen: Pen, change: HealthChange) -> None:
    plain, project = plainly(pen.session), change.project
    if not isinstance(change, HealthSet):
        at = pen.now if change.finished else None
        why = change.why if change.finished else ""
        plain.execute(_FINISHING, {"of": project, "finished_at": at, "finished_why": why})
        return
    plain.execute(ending(HealthRow, "project_id"), {"of_project_id": project, "now": pen.now})
    if change.after is not None:
        said = {"project_id": project, "health": change.after.value, "reason": change.reason}
        plain.execute(adding(HealthRow), {**said, "since": pen.now, **pen.recorded()})
