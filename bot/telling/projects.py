"""A project that begins, and one that is put away."""

from bot.changes import ProjectChange, ProjectCreated
from bot.telling.line import Line


def lines(change: ProjectChange) -> tuple[Line, ...]:
    if isinstance(change, ProjectCreated):
        return (Line("project", "", change.name),)
    return (Line("archived", *(("no", "yes") if change.archived else ("yes", "no"))),)
