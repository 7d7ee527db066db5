"""`brief`: what a leader should know, of which projects."""

import re
from collections.abc import Sequence
from datetime import date

from bot.commands.looking import ShowBrief
from bot.commands.orders import Order
from bot.commands.reading import reference
from bot.commands.speaking import name_word
from bot.commands.words import Word, quoted, words

_COMMA = re.compile("[,，]")
_EVERYTHING = {"all", "portfolio", "everywhere", "*"}


def read_brief(rest: str, today: date) -> Order:
    """Nothing, `portfolio`, or projects with commas between them; in quotation marks a name."""
    some = words(_COMMA.sub(", ", rest))
    if some and some[0].key in {"in", "of"}:
        some = some[1:]
    if len(some) == 1 and some[0].key in _EVERYTHING:
        return ShowBrief(whole=True)
    return ShowBrief(tuple(reference(each, "project") for each in _parted(some)))


def _parted(some: Sequence[Word]) -> list[list[Word]]:
    """Names between commas, wherever these stand."""
    found: list[list[Word]] = [[]]
    for word in some:
        pieces = [word.text] if word.quoted else word.text.split(",")
        for number, piece in enumerate(pieces):
            if number and found[-1]:
                found.append([])
            if piece:
                found[-1].append(Word(piece, word.start, word.end, word.quoted))
    return [each for each in found if each]


def brief_spoken(order: ShowBrief) -> str:
    """Such an order as the command that gives it."""
    if order.whole:
        return "brief portfolio"
    names = ", ".join(
        quoted(each) if each.casefold() in _EVERYTHING else name_word(each)
        for each in order.projects
    )
    return f"brief {names}" if names else "brief"
