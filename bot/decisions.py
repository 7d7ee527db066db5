"""Decisions: kept from what the team says, numbered in their project, withdrawn, never deleted."""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.people import Person
from bot.project import Project

SIGN = "scroll"
"""The reaction that keeps a message as a decision."""

_ENTITY = re.compile(r"<([^<>\n]+)>")


@dataclass(frozen=True, slots=True)
class Source:
    """The message that a decision is kept from, as Slack names it; `author` is who wrote it."""

    channel: str
    ts: str
    author: str = ""
    permalink: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of a project. `by` kept it, `author` said it (people by id).

    `withdrawn_at`: it holds no more since then, as `withdrawn_by` said.
    """

    id: int
    project: int
    item: int | None
    number: int
    text: str
    at: datetime
    by: int | None
    author: int | None = None
    permalink: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: int | None = None
    withdrawn_because: str = ""

    @property
    def label(self) -> str:
        return label(self.number)


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of a project, the latest first."""

    project: Project
    people: Mapping[int, Person]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class OneDecision:
    """A decision with its project, to be asked about."""

    project: Project
    people: Mapping[int, Person]
    decision: Decision


@dataclass(frozen=True, slots=True)
class Which:
    """Of which project a message is a decision: the keys and names to choose from."""

    options: Sequence[tuple[str, str]]


def label(number: int) -> str:
    return f"D-{number}"


def in_words(text: str, names: Mapping[str, str]) -> str:
    """A message as it reads, without Slack's markup; `names` are people by their Slack ids."""

    def word(match: re.Match[str]) -> str:
        inside, _, shown = match[1].partition("|")
        match inside[:1]:
            case "@":
                return f"@{names.get(inside[1:]) or shown or 'somebody'}"
            case "#":
                return f"#{shown or 'channel'}"
            case "!":
                return shown if shown.startswith("@") else f"@{shown or inside[1:].split('^')[0]}"
            case _:
                return shown or inside.removeprefix("mailto:")

    return html.unescape(_ENTITY.sub(word, text)).strip()
