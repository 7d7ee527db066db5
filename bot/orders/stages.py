"""Where an item stands, what is in its way, and when it is due."""

from dataclasses import dataclass
from datetime import date

from bot.project import Status


@dataclass(frozen=True, slots=True)
class Move:
    item: str
    status: Status
    note: str | None = None
    project: str | None = None
    seen: int | None = None
    override: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Put something in an item's way; `owner` is a person reference, None for whose the item is.

    What is in its way already is handed on to the `owner`; `text` empty: the one thing that is.
    """

    item: str
    text: str
    owner: str | None = None
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Unblock:
    """Take it out again: what `which` begins with, or (empty) all that is in the way."""

    item: str
    which: str = ""
    because: str = ""
    project: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    item: str
    due: date | None
    project: str | None = None
    seen: int | None = None
