"""Pages that somebody pastes: where one is kept among the links of a project, that is said."""

from collections.abc import Sequence

from bot import documents
from bot.pages import NEVER
from bot.project import Project
from bot.sources.base import Ref
from bot.upkeep import Link
from handlers.service.cards import Where
from handlers.service.links.choosing import here, known_here
from handlers.service.links.lookout import Lookout
from handlers.service.references import Desk
from handlers.views import pages as views
from storage import outbox, pages


def tell_of(desk: Desk, lookout: Lookout, ref: Ref, where: Where) -> bool:
    """Say under a message what is known of a page that was pasted: the project of the place that
    keeps it, else the only one. Nothing where none does that all who read the place may know of.
    """
    found = _keeping(desk, lookout, ref)
    if found is None:
        return False
    project, link = found
    sight = pages.seen(desk.session, desk.actor.workspace, [ref]).get(ref, NEVER)
    keeper = desk.facts.people.get(documents.keeper(project, link, desk.facts.people) or 0)
    said = views.unfurled(project, link, sight, keeper)
    outbox.say(
        desk.session,
        desk.actor.workspace,
        f"page/{ref.source}/{ref.key}/{where.channel}/{where.said}",
        where.channel,
        said.text,
        said.blocks,
        desk.now,
        thread_ts=where.thread_ts or where.said,
        confidential=project.private,
    )
    return True


def _keeping(desk: Desk, lookout: Lookout, ref: Ref) -> tuple[Project, Link] | None:
    kept = pages.kept(desk.session, desk.actor.workspace)
    keys = sorted(
        {
            project
            for project, url in kept
            if lookout.recognises(url) == ref
            and not desk.facts.projects[project].archived
            and known_here(desk, project)
        }
    )
    bound = [key for key in here(desk) if key in keys]
    some: Sequence[int] = bound or keys
    if len(some) != 1:
        return None
    project = desk.cache.project(desk.session, desk.facts, some[0], desk.now)
    links = (one for one in project.scope.links if lookout.recognises(one.url) == ref)
    link = next(links, None)
    return (project, link) if link else None
