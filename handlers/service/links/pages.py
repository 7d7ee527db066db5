"""Pages among a project's links, as their sources tell them: looked at where somebody reads on."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from bot.links import PageSight
from bot.project import Project
from bot.sources.base import Kind, Page, Ref, Trouble, Why
from handlers.service.links.lookout import Lookout

FRESH = timedelta(minutes=10)
"""What was seen this lately is not looked at again."""
PATIENCE = timedelta(seconds=3)
"""How long whoever reads waits for it."""
MOST = 20
"""Pages of one project that are looked at: more links are not shown."""
MOST_KEPT = 1_000


class Pages:
    """What was seen of pages, kept while the process runs. Thread-safe."""

    def __init__(self, lookout: Lookout, clock: Callable[[], datetime]) -> None:
        self._lookout = lookout
        self._clock = clock
        self._kept: dict[Ref, PageSight] = {}
        self._lock = Lock()

    def of(self, project: Project) -> Mapping[str, PageSight]:
        """By the addresses of its links, those that a source knows. In trouble the last good look
        stands.
        """
        known = {
            link.url: ref
            for link in project.scope.links
            if (ref := self._lookout.recognises(link.url)) and ref.kind is Kind.PAGE
        }
        now = self._clock()
        wanted = [ref for ref in known.values() if not self._is_fresh(ref, now)][:MOST]
        if wanted:
            told = self._lookout.look(wanted, now, PATIENCE).told
            with self._lock:
                for ref, seen in told.items():
                    self._keep(ref, seen, now)
        return {url: self._kept[ref] for url, ref in known.items() if ref in self._kept}

    def _is_fresh(self, ref: Ref, now: datetime) -> bool:
        kept = self._kept.get(ref)
        return kept is not None and kept.looked_at is not None and now - kept.looked_at < FRESH

    def _keep(self, ref: Ref, seen: object, now: datetime) -> None:
        before = self._kept.pop(ref, PageSight())
        if isinstance(seen, Page):
            self._kept[ref] = PageSight(seen, now, now)
        else:
            trouble = seen if isinstance(seen, Trouble) else Trouble(Why.GARBAGE)
            self._kept[ref] = PageSight(before.page, before.seen_at, now, trouble)
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
