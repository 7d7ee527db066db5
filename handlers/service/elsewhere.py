"""What another process can make: told in few words, and made of the database alone."""

from typing import Protocol, TypeVar

from bot.sheets import Step
from storage.database import Database

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Order(Protocol[T_co]):
    """What is to be made. Like what comes of it, it goes from one process to another."""

    def made(self, database: Database, tell: Step) -> T_co:
        """Make it here; `tell` is told how far it is."""


class Press(Protocol):
    """Has it made elsewhere, as it would be here."""

    def __call__(self, order: Order[T], tell: Step) -> T: ...
