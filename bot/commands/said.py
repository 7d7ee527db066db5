"""A command in a sentence to Charter ("show Lighthouse"), and whether it only looks.

What ends with a question mark is a question, however it begins; so is what another word begins
than a command's name.
"""

import re
from datetime import date

from bot import orders
from bot.commands.digesting import OpenDigest, OpenOwnDigest
from bot.commands.exporting import OpenExport
from bot.commands.looking import OpenDelegate
from bot.commands.orders import (
    Archive,
    Ask,
    Bind,
    OpenNew,
    OpenScope,
    OpenStandup,
    Order,
    Unbind,
)
from bot.commands.planned import OpenRaid
from bot.commands.role_lists import OpenRole
from bot.commands.table import command, parse
from bot.commands.words import cleaned, normalised

_POLITE = re.compile(r"^(?:please|pls|kindly)\b[\s,]*|[\s,]*\b(?:please|pls|thanks)[.!]*$", re.I)
_FIRST = re.compile(r"(?:/?charter\b[\s:,]*)?(\S+)", re.I)
_ASKS = ("?", "？", "؟")
_WRITTEN = tuple(getattr(orders, name) for name in orders.__all__ if name != "WorkOrder")
_ALSO_WRITTEN = (Archive, Bind, Unbind)
_OPENING = (
    OpenDelegate,
    OpenDigest,
    OpenExport,
    OpenNew,
    OpenOwnDigest,
    OpenRaid,
    OpenRole,
    OpenScope,
    OpenStandup,
)


def said(text: str, today: date) -> Order | None:
    """The command that a text is; None for one that is none, or asks in somebody's own words.

    Raises `BadInput` and `NotFound` as `parse` does, where it begins as a command.
    """
    bare = bare_of(text)
    found = _FIRST.match(bare)
    if found is None or cleaned(bare).endswith(_ASKS):
        return None
    if command(normalised(found[1]).casefold().rstrip(":,.")) is None:
        return None
    order = parse(bare[found.start(1) :], today)
    return None if isinstance(order, Ask) else order


def bare_of(text: str) -> str:
    """A text without what is only polite."""
    return _POLITE.sub("", text.strip()).strip()


def only_looks(order: Order) -> bool:
    """Whether it changes nothing and opens no form, so that it can be carried out as it is said."""
    return not isinstance(order, (*_WRITTEN, *_ALSO_WRITTEN, *_OPENING))
