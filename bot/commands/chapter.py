"""What the table of commands is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.commands.orders import Order


@dataclass(frozen=True, slots=True)
class Command:
    """One sub-command. `read` takes what follows its name, and today's date where the person is."""

    name: str
    forms: tuple[str, ...]
    example: str
    help: str
    read: Callable[[str, date], Order]
    more: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Commands that belong together. `title` is no command's name: both are headings of a page."""

    title: str
    commands: tuple[Command, ...]
