"""What is told in a project's channel: to a group, and to whoever gets no direct messages.

All of one item in one month stands in one thread.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.people import Person
from bot.project import Group, Project
from bot.routing.told import Told, stored
from bot.sight import is_told_in
from handlers.service.facts import WorkspaceFacts
from handlers.views import notices as views
from storage import links, outbox


def channel(session: Session, facts: WorkspaceFacts, project: Project) -> str | None:
    """Where a project is told of: the first channel of its own where everybody may know of it."""
    own = [one for one in project.own_channels if one]
    rooms = links.places(session, facts.workspace, own)
    known = facts.projects[project.id]
    return next((one for one in own if one in rooms and is_told_in(known, rooms[one])), None)


def tell(
    session: Session,
    facts: WorkspaceFacts,
    project: Project,
    one: Told,
    groups: Sequence[Group],
    persons: Sequence[Person],
    now: datetime,
) -> None:
    """Mention these in the thread of the item; nothing where the project has no channel."""
    where = channel(session, facts, project)
    if where is None:
        return
    first = f"thread/{project.id}/{one.item_key}/{now:%Y-%m}"
    is_first = outbox.keyed(session, facts.workspace, first) is None
    key = first if is_first else f"{first}/{one.event}/{one.to}/{now.isoformat()}"
    message = views.mentioned(one, groups, persons, facts.people, key)
    outbox.say(
        session,
        facts.workspace,
        key,
        where,
        message.text,
        message.blocks,
        now,
        under=None if is_first else first,
        about=f"thread/{project.id}",
        confidential=project.private,
        why=stored([one]),
    )
