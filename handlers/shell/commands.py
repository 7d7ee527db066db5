"""How a command is added to the command line."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.settings import Settings
from handlers.shell.values import moment

Deed = Callable[[argparse.Namespace, Settings], int]
"""What a command does; gives its exit code."""

BY_KEY = "by key"


def common(default: str | None) -> argparse.ArgumentParser:
    """The options that may stand before a command and after it.

    After it they have no default: argparse would put that over what stood before.
    """
    made = argparse.ArgumentParser(add_help=False, argument_default=default)
    made.add_argument("--database", metavar="URL", help="this database instead of DATABASE_URL")
    made.add_argument(
        "--workspace",
        metavar="ID",
        type=int,
        help="the number of the workspace that is meant, where the database holds several",
    )
    return made


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands behind app.py, or behind a word that several begin with, such as `person`."""

    group: Any  # argparse keeps the class of these to itself
    deeds: Mapping[str, Deed]
    shared: argparse.ArgumentParser
    before: str = ""

    def add(
        self, name: str, words: str, more: str = "", *, example: str = ""
    ) -> argparse.ArgumentParser:
        """A command: what it does in a line and, in its own help, in full."""
        full = self.before + name
        made: argparse.ArgumentParser = self.group.add_parser(
            name,
            help=words,
            description=f"{words[0].upper()}{words[1:]}. {more}".rstrip(),
            epilog=f"Example: app.py {full} {example}" if example else None,
            parents=[self.shared],
        )
        made.set_defaults(run=self.deeds[full], deed=full)
        return made

    def below(self, name: str, words: str, choices: str) -> "Commands":
        """Commands that begin with the same word."""
        made = self.group.add_parser(name, help=words, parents=[self.shared])
        group = made.add_subparsers(metavar=choices, required=True)
        return Commands(group, self.deeds, self.shared, f"{self.before}{name} ")


def add_person(command: argparse.ArgumentParser, words: str) -> None:
    command.add_argument("--as", dest="person", metavar="PERSON", help=words)


def add_moment(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--now", metavar="ISO", type=moment, help="as if it were then: 2026-11-23T10:00:00Z"
    )
