"""Pages among a project's links, as their sources told of them last: looked at from time to time
with all that is linked, so that whoever reads the scope waits for nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.pages import NEVER, PageSight, looked
from bot.project import Project
from bot.sources.base import Kind, Ref, Trouble
from handlers.service.cards import keep_looking
from handlers.service.links.lookout import Glance, Lookout
from storage import pages
from storage.database import Database

PATIENCE = timedelta(seconds=3)
"""How long whoever reads waits for pages that were never looked at."""
MOST = 20
"""Pages of one project that are looked at for whoever reads: more links are not shown."""


class Pages:
    """What was seen of pages. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime], lookout: Lookout) -> None:
        self._db = database
        self._clock = clock
        self._lookout = lookout

    def of(self, workspace: int, project: Project) -> Mapping[str, PageSight]:
        """By the addresses of its links, those that a source knows. One that was never looked at
        (its link came with a document) is looked at now, and from then on like all others.
        """
        known = recognised(self._lookout, (link.url for link in project.scope.links))
        with self._db.read() as session:
            kept = pages.seen(session, workspace, known.values())
        new = [ref for ref in dict.fromkeys(known.values()) if ref not in kept][:MOST]
        if new:
            glance = self._lookout.look(new, self._clock(), PATIENCE)
            with self._db.begin() as session:
                note(session, workspace, new, glance)
                keep_looking(session, workspace, glance.at)
                kept = pages.seen(session, workspace, known.values())
        return {url: kept[ref] for url, ref in known.items() if ref in kept}


def recognised(lookout: Lookout, urls: Iterable[str]) -> dict[str, Ref]:
    """The addresses that lead to a page of a source that is set up."""
    return {
        url: ref
        for url in urls
        if (ref := lookout.recognises(url)) is not None and ref.kind is Kind.PAGE
    }


def note(
    session: Session, workspace: int, refs: Iterable[Ref], glance: Glance
) -> list[tuple[PageSight, PageSight]]:
    """Write down what a look told of these, unless somebody has looked since, or it did not get
    that far; gives each as it was and is.
    """
    wanted = [ref for ref in dict.fromkeys(refs) if ref in glance.told]
    before = pages.seen(session, workspace, wanted)
    noted: list[tuple[PageSight, PageSight]] = []
    renewed: dict[Ref, PageSight] = {}
    quiet: list[Ref] = []
    for ref in wanted:
        told, was = glance.told[ref], before.get(ref, NEVER)
        if isinstance(told, Trouble) and told.is_postponed:
            continue
        if was.looked_at is not None and was.looked_at > glance.at:
            continue
        now = looked(was, told, glance.at)
        noted.append((was, now))
        if now.trouble is None and replace(was, seen_at=glance.at, looked_at=glance.at) == now:
            quiet.append(ref)
        else:
            renewed[ref] = now
    pages.record(session, workspace, renewed)
    pages.looked_at(session, workspace, quiet, glance.at)
    return noted
