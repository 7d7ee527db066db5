"""Who may do what. Open inside a project, closed for what is not one's own to see.

Everybody who can see a project may edit it; everything is recorded and can be undone. Archiving and
restoring are for the lead, the creator and admins. Nobody may touch what they cannot see.
"""

from bot.changes import ArchiveChanged, Change
from bot.errors import Forbidden, NotFound
from bot.people import Actor
from bot.project import Project


def check(actor: Actor, change: Change, project: Project, lead_name: str, *, sees: bool) -> None:
    """Raise `NotFound` for what the actor cannot see, `Forbidden` for what is not theirs to do.

    `sees`: whether the actor may know of the project, as its lead or member, from the private
    channel that it is bound to, or as the operator. An admin does not by right.
    """
    if not sees:
        raise NotFound("project", project.key)
    if isinstance(change, ArchiveChanged) and not _answers_for(actor, project):
        raise Forbidden("archive", tuple(name for name in (lead_name, "an admin") if name))


def _answers_for(actor: Actor, project: Project) -> bool:
    return (
        actor.is_admin
        or actor.person is None
        or actor.person.id in (project.lead, project.created_by)
    )
