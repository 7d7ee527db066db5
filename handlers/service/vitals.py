"""How Charter stands as a whole, for whoever watches over it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage import vitals
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """In the database, alike for all replicas: workspaces, messages and slots whose time has come,
    how many seconds the first of each has waited, and messages that were given up. Of this
    process: connections to the database that are in use, and how many may be.
    """

    workspaces: int
    messages: int
    messages_late: float
    given_up: int
    slots: int
    slots_late: float
    connections: int
    most_connections: int


class Vitals:
    """Reads it. Thread-safe."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._db = database
        self._clock = clock

    def read(self) -> Standing:
        """Raises `Unavailable` where the database does not answer."""
        now = self._clock()
        connections = self._db.connections
        with self._db.read() as session:
            found = vitals.read(session, now)

        def late(since: datetime | None) -> float:
            return (now - since).total_seconds() if since else 0.0

        return Standing(
            workspaces=found.workspaces,
            messages=found.messages,
            messages_late=late(found.messages_since),
            given_up=found.given_up,
            slots=found.slots,
            slots_late=late(found.slots_since),
            connections=connections,
            most_connections=self._db.most_connections,
        )
