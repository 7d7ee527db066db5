"""What a digest is rendered for."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.digests import Window
from bot.people import Person
from handlers.views.kit import Piece

Row = list[str | Piece]


@dataclass(frozen=True, slots=True)
class Page:
    """What a digest is rendered for: the time and the names.

    `is_own`: it is read in a private channel of the project's own, where titles may be told.
    """

    window: Window
    logins: Mapping[str, int]
    people: Mapping[int, Person]
    most: int
    is_own: bool = False
