"""The record, opened: its database, migrated to the newest schema."""

from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.errors import Unavailable
from storage import migrate
from storage.database import Database
from storage.tables import Workspace


class Records:
    """A migrated database. Raises `Unavailable` where it does not answer."""

    def __init__(self, url: str) -> None:
        try:
            migrate.upgrade(url)
        except OperationalError as error:
            raise Unavailable("database") from error
        self.database = Database(url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def is_empty(self) -> bool:
        """Whether there is no workspace yet."""
        with self.database.read() as session:
            return session.exec(select(Workspace.id)).first() is None

    def close(self) -> None:
        self.database.close()
