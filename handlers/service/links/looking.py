"""What all that look at other servers begin with: by the clock, or for somebody at a desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlmodel import Session

from handlers.service.desks import Desks
from handlers.service.facts import FactsCache, WorkspaceFacts
from handlers.service.links.lookout import Lookout
from storage import ledger
from storage.database import Database


class Looking:
    """What the clock brings about. A look happens outside of any transaction, and what it told is
    written down within one on what holds by then. Thread-safe.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        lookout: Lookout,
    ) -> None:
        self._db = database
        self._clock = clock
        self._cache = cache
        self._lookout = lookout

    @contextmanager
    def _noting(self, workspace: int) -> Iterator[tuple[Session, WorkspaceFacts, datetime]]:
        """A transaction of its own, which holds the workspace's lock, for what a look told that the
        clock did not ask for.
        """
        with self._db.begin() as session:
            row = ledger.lock(session, workspace)
            now = ledger.not_before(session, row, self._clock())
            yield session, self._cache.current(session, workspace), now


class LookingDesks(Desks):
    """What somebody asks for that is looked at elsewhere, too."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        cache: FactsCache,
        lookout: Lookout,
    ) -> None:
        super().__init__(database, clock, cache)
        self._lookout = lookout
