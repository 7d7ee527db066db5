"""The right to something, looked at before it is looked who is named: else whoever may do nothing
learns whether somebody of that name is there.
"""

from collections.abc import Sequence

from bot import permissions
from bot.errors import Ambiguous, NotFound
from bot.people import Person
from bot.project import Project
from bot.rights import Right
from handlers.service import references
from handlers.service.references import Desk


def require(desk: Desk, right: Right, project: Project) -> None:
    """Raise `Forbidden` to who has that right to nothing of a project. Of which item they mean
    something is decided with the change.
    """
    if _has(desk, right, project):
        return
    permissions.require_in(
        desk.actor,
        right,
        project,
        None,
        desk.facts.people,
        sight=desk.sight(project.id),
        stands_for=desk.stands_for(project),
    )


def require_in_one(desk: Desk, right: Right, projects: Sequence[Project]) -> None:
    """The same of several projects: in one of them is enough."""
    if len(projects) == 1:
        require(desk, right, projects[0])
    elif not any(_has(desk, right, one) for one in projects):
        permissions.require(desk.actor, right, desk.facts.people)


def _has(desk: Desk, right: Right, project: Project) -> bool:
    return any(desk.role(project, item).may(right) for item in (None, *project.items))


def is_guest(desk: Desk) -> bool:
    return desk.actor.person is not None and desk.actor.person.is_guest


def oneself(desk: Desk, ref: str) -> Person | None:
    """Who asks, where it is they who are named; None for everybody else, and for nobody."""
    try:
        named = references.person(desk, ref)
    except (NotFound, Ambiguous):
        return None
    return named if named.id == desk.actor.person_id else None
