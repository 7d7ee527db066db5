"""`brief`: what a leader should know, of which projects; and when it comes by itself."""

import re
from collections.abc import Sequence
from datetime import date

from bot.commands.digests import OFTEN, how_often
from bot.commands.digests_spoken import often_spoken
from bot.commands.looking import BriefOrder, ShowBrief, ShowBriefPlan
from bot.commands.orders import Order
from bot.commands.reading import reference
from bot.commands.speaking import name_word
from bot.commands.words import Word, joined, quoted, words
from bot.errors import BadInput, Why
from bot.orders import EndBrief, SetBrief

_EVERYTHING = {"all", "portfolio", "everywhere", "*"}
_MINE = {"me", "my", "mine"}
_OFF = {"off", "stop", "end", "never"}
_WHEN = {"when", "plan", "schedule"}
_COMMA = re.compile("[,，]")


def read_brief(rest: str, today: date) -> Order:
    """Nothing, `portfolio`, or projects with commas between them: a brief of these. `weekly Monday
    at 8:00`, `off` and `when` are about when it comes by itself; in quotation marks all are names.
    """
    some = words(_COMMA.sub(", ", rest))
    mine = bool(some) and some[0].key in _MINE
    planned = _planned(some[1:] if mine else some, own=mine)
    if planned is not None:
        return planned
    if mine:
        facts = {"words": joined(some), "wanted": "brief me weekly Monday at 8:00"}
        raise BadInput(Why.WORDS_LEFT_OVER, facts, field="brief")
    if some and some[0].key in {"in", "of"}:
        some = some[1:]
    if len(some) == 1 and some[0].key in _EVERYTHING:
        return ShowBrief(whole=True)
    return ShowBrief(tuple(reference(each, "project") for each in _parted(some)))


def _planned(some: Sequence[Word], *, own: bool) -> Order | None:
    """An order about when briefs come; None where the words are about none."""
    wanted = how_often(some)
    if wanted is not None:
        if wanted.heartbeat is not None:
            facts = {"words": "heartbeat", "wanted": "brief weekly Monday at 8:00"}
            raise BadInput(Why.WORDS_LEFT_OVER, facts, field="brief")
        return SetBrief(wanted, own)
    if len(some) == 1 and some[0].key in _OFF:
        return EndBrief(own)
    if (len(some) == 1 and some[0].key in _WHEN) or (own and not some):
        return ShowBriefPlan(own)
    return None


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


def brief_spoken(order: BriefOrder) -> str:
    """Such an order as the command that gives it."""
    match order:
        case ShowBrief(projects=projects, whole=whole):
            names = ", ".join(_name(each) for each in projects)
            return "brief portfolio" if whole else f"brief {names}".rstrip()
        case SetBrief(wanted=wanted, own=own):
            return f"{_whose(own)} {often_spoken(wanted)}"
        case EndBrief(own=own):
            return f"{_whose(own)} off"
        case ShowBriefPlan(own=own):
            return f"{_whose(own)} when"


def _whose(own: bool) -> str:
    return "brief me" if own else "brief"


def _name(name: str) -> str:
    """A project that is called like one of the command's own words stands in quotes."""
    first = name.casefold().split(maxsplit=1)[0] if name.strip() else ""
    own_words = {*_EVERYTHING, *_MINE, *_OFF, *_WHEN, *OFTEN}
    return quoted(name) if first in own_words else name_word(name)
