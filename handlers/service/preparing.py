"""Files that somebody waits for, each with the message that says that it is being made.

Whoever makes one holds a claim meanwhile, and begins its lease anew again and again. Where the
process dies, the lease ends, and whoever sees that says in the message that it was interrupted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from bot.errors import CharterError
from bot.preparing import Preparation, What
from storage import claims
from storage.database import Database

LEASE = timedelta(minutes=2)
LOOKED_EVERY = timedelta(seconds=30)
"""How often leases begin anew, and how often is looked for what others left behind."""
MOST = 10
"""What is taken over at once; the rest at the next look."""
_PREPARING: Final = "preparing"


def _prefix(workspace: int) -> str:
    return f"{_PREPARING}/{workspace}/"


def _key(one: Preparation) -> str:
    return f"{_prefix(one.workspace)}{one.what}/{one.channel}/{one.ts}"


def _recalled(workspace: int, key: str) -> Preparation:
    what, channel, ts = key.removeprefix(_prefix(workspace)).split("/")
    return Preparation(workspace, What(what), channel, ts)


class Preparations:
    """What this process has in hand, and what others left behind. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._db = database
        self._clock = clock
        self._owner = claims.new_owner()
        self._lock = Lock()
        self._in_hand: dict[int, set[str]] = defaultdict(set)
        self._over: dict[int, set[str]] = defaultdict(set)
        self._looked: dict[int, datetime] = {}

    @contextmanager
    def held(self, one: Preparation) -> Iterator[None]:
        """In hand until it is done, or whoever waits for it is told why not."""
        with self._db.begin() as session:
            claims.claim(session, _key(one), self._owner, self._clock(), LEASE)
        with self._lock:
            self._in_hand[one.workspace].add(_key(one))
        try:
            yield
        finally:
            with self._lock:
                self._in_hand[one.workspace].discard(_key(one))
                self._over[one.workspace].add(_key(one))
            with suppress(CharterError):  # the next look lets go of it
                self._let_go(one.workspace)

    def look(self, workspace: int) -> list[Preparation]:
        """Keep what is in hand, and give what others left behind: its message is to say so. It is
        taken for as long as a lease lasts.
        """
        now, last = self._clock(), self._looked.get(workspace)
        if last is not None and timedelta() <= now - last < LOOKED_EVERY:
            return []
        self._let_go(workspace)
        with self._lock:
            mine = sorted(self._in_hand[workspace])
        with self._db.begin() as session:
            if mine:
                claims.renew(session, mine, self._owner, now + LEASE)
            left = claims.take_over(session, _prefix(workspace), self._owner, now, LEASE, MOST)
        self._looked[workspace] = now
        return [_recalled(workspace, key) for key in left if key not in mine]

    def told(self, one: Preparation) -> None:
        """Its message says that it was interrupted."""
        with self._lock:
            self._over[one.workspace].add(_key(one))
        self._let_go(one.workspace)

    def _let_go(self, workspace: int) -> None:
        with self._lock:
            over = sorted(self._over[workspace])
        if not over:
            return
        with self._db.begin() as session:
            for key in over:
                claims.release(session, key, self._owner)
        with self._lock:
            self._over[workspace].difference_update(over)
