"""Answers kept between passes over the sources, each in a short transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sources.base import Kept
from storage import etags
from storage.database import Database

KEPT_FOR = timedelta(days=30)
"""After that an answer is fetched anew, and those that nobody asks for any more are gone."""


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """The `Etags` of the sources, on the database."""

    database: Database
    clock: Callable[[], datetime]

    def get(self, key: str) -> Kept | None:
        with self.database.read() as session:
            return etags.get(session, key)

    def put(self, key: str, kept: Kept) -> None:
        now = self.clock()
        with self.database.begin() as session:
            etags.put(session, key, kept, now)
            etags.forget(session, now - KEPT_FOR)
