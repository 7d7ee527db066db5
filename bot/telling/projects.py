"""A project that begins, and one that is put away."""

from bot.changes import ModeChanged, ProjectChange, ProjectCreated
from bot.project import Mode
from bot.telling.line import Line

_MODES = {Mode.TEAM: "team", Mode.STARTUP: "start-up: one person holds every role"}


def lines(change: ProjectChange) -> tuple[Line, ...]:
    if isinstance(change, ProjectCreated):
        return (Line("project", "", change.name),)
    if isinstance(change, ModeChanged):
        return (Line("mode", _MODES[change.before], _MODES[change.after]),)
    return (Line("archived", *(("no", "yes") if change.archived else ("yes", "no"))),)
