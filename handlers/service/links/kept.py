"""Answers of other servers, kept in the record's database between passes and restarts."""

from collections.abc import Callable
from datetime import datetime

from bot.sources.base import Kept
from storage import etags
from storage.database import Database


class KeptAnswers:
    """What sources keep (`bot.sources.base.Etags`). Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._db = database
        self._clock = clock

    def get(self, key: str) -> Kept | None:
        with self._db.read() as session:
            return etags.get(session, key)

    def put(self, key: str, kept: Kept) -> None:
        with self._db.begin() as session:
            etags.put(session, key, kept, self._clock())
