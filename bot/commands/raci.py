"""`raci`: look at letters, give them, take them away.

An item may be several words without quotes, so the command is split where the letters stand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.commands.looking import ShowHeld
from bot.commands.orders import (
    Order,
    ShowMatrix,
    ShowRow,
)
from bot.commands.reading import (
    ALLOWED_LETTERS,
    letters_at,
    read_date,
    reference,
    without_project,
)
from bot.commands.words import Word, joined, words
from bot.errors import BadInput, Why
from bot.orders import Assign, Clear, SettleOffer
from bot.project import Letter, OfferState

_CLEAR = {"clear", "remove", "nobody", "none"}
_ANSWERS = {
    "accept": OfferState.ACCEPTED,
    "decline": OfferState.DECLINED,
    "cancel": OfferState.CANCELLED,
    "call off": OfferState.CANCELLED,
}
_FILLERS = {"to", "is", "=", ":", "->", "-"}
_MENTIONS = ("<@", "<!subteam", "@")
_NOT_LETTERS = re.compile(r"[A-Z](?:[/,+&][A-Z])*|[a-z](?:[/,+&][a-z])+")


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows the letters: the holder, and the clauses behind it."""

    holder: tuple[Word, ...]
    project: str | None
    since: date | None
    hand_over: bool
    unasked: str | None


def read_raci(rest: str, today: date) -> Order:
    some = words(rest)
    if settled := _settled(some):
        return settled
    if at := _letters_place(some):
        letters, start, end = at
        return _write(some[:start], letters, some[end:], today)
    item, project = without_project(some)
    if not item:
        return ShowMatrix(project)
    if held := _held_on(item, project, today):
        return held
    if len(item) > 1 and item[-1].key == "all" and item[-2].key in _CLEAR:
        return Clear(reference(item[:-2], "item"), tuple(Letter), None, project)
    _refuse_half(item)
    return ShowRow(reference(item, "item"), project)


def _held_on(item: Sequence[Word], project: str | None, today: date) -> ShowHeld | None:
    """`ITEM on DATE`; None where what follows "on" is no day, and so belongs to the name."""
    at = next((n for n in range(len(item) - 1, 0, -1) if item[n].key == "on"), None)
    if at is None:
        return None
    try:
        day = read_date(joined(item[at + 1 :]), today, ahead=False)
    except BadInput:
        return None
    return ShowHeld(reference(item[:at], "item"), day, project)


def _settled(some: Sequence[Word]) -> SettleOffer | None:
    """`ITEM accept hand over`, and the other answers to an offer."""
    before, project = without_project(some)
    item, is_one = _without_hand_over(list(before))
    if not is_one:
        return None
    for verb, state in _ANSWERS.items():
        size = len(verb.split())
        if len(item) > size and [word.key for word in item[-size:]] == verb.split():
            return SettleOffer(state, reference(item[:-size], "item"), project)
    return None


def _letters_place(some: Sequence[Word]) -> tuple[tuple[Letter, ...], int, int] | None:
    """Where the letters stand: best before what begins a holder, else where written as letters."""
    best: tuple[int, tuple[Letter, ...], int, int] | None = None
    for start in range(1, len(some)):
        found = letters_at(some, start)
        if not found:
            continue
        letters, end = found
        cleared = some[start - 1].key in _CLEAR
        if not cleared and not _something(some, end):
            continue
        written = some[start].text
        score = 4 * (cleared or _begins_holder(some[end])) + 2 * (
            written.isupper() or not written.isalpha()
        )
        if best is None or score > best[0]:
            best = (score, letters, start, end)
    return best[1:] if best else None


def _something(some: Sequence[Word], at: int) -> bool:
    return at < len(some) and some[at].key not in {"in", "since"}


def _begins_holder(word: Word) -> bool:
    return word.text.startswith(_MENTIONS) or word.key in (
        {"me", "vacant", "outside"} | _CLEAR | _FILLERS
    )


def _write(
    before: Sequence[Word], letters: tuple[Letter, ...], after: Sequence[Word], today: date
) -> Order:
    clearing = before[-1].key in _CLEAR
    before = before[:-1] if clearing else before
    tail = _tail(after, today)
    holder = tail.holder
    if not clearing and holder and holder[0].key in _CLEAR:
        clearing, holder = True, holder[1:]
    item, project = before, tail.project
    if project is None:
        item, project = without_project(before)
    name = reference(item, "item")
    if clearing:
        return Clear(name, letters, _holder(holder) if holder else None, project)
    return Assign(
        name,
        letters,
        _holder(holder),
        project,
        since=tail.since,
        hand_over=tail.hand_over,
        unasked=tail.unasked,
    )


def _tail(after: Sequence[Word], today: date) -> _Tail:
    """Cut the clauses off from behind; each is taken once, so `Engineer in Test in Churn` works."""
    rest = list(after)
    while rest and rest[0].key in _FILLERS:
        rest = rest[1:]
    project: str | None = None
    since: date | None = None
    rest, unasked = _without_reason(rest)
    rest, hand_over = _without_hand_over(rest)
    taken: set[str] = set()
    while (at := _last_clause(rest)) is not None and (clause := rest[at].key) not in taken:
        taken.add(clause)
        if clause == "in":
            project = reference(rest[at + 1 :], "project")
        else:
            since = _since(joined(rest[at + 1 :]), today)
        rest, more = _without_hand_over(rest[:at])
        hand_over = hand_over or more
    return _Tail(tuple(rest), project, since, hand_over or unasked is not None, unasked)


def _without_reason(rest: list[Word]) -> tuple[list[Word], str | None]:
    """Cut `now because …` off: all that follows it is the reason why nobody is asked."""
    keys = [word.key for word in rest]
    for at in range(len(keys) - 1):
        if keys[at : at + 2] == ["now", "because"]:
            return rest[:at], joined(rest[at + 2 :])
    return rest, None


def _last_clause(rest: Sequence[Word]) -> int | None:
    return next((n for n in range(len(rest) - 1, -1, -1) if rest[n].key in {"in", "since"}), None)


def _without_hand_over(rest: list[Word]) -> tuple[list[Word], bool]:
    if rest and rest[-1].key in {"hand-over", "handover"}:
        return rest[:-1], True
    if [word.key for word in rest[-2:]] == ["hand", "over"]:
        return rest[:-2], True
    return rest, False


def _since(text: str, today: date) -> date:
    since = read_date(text, today, ahead=False)
    if since > today:
        raise BadInput(Why.FUTURE_DATE, {"date": since.isoformat()}, field="since")
    return since


def _holder(some: Sequence[Word]) -> str:
    name = reference(some, "holder").lstrip("@")
    if name.casefold() in {"", "vacant"}:
        field = "role" if name else "holder"
        raise BadInput(Why.EMPTY_TEXT, {"field": field}, field)
    return name


def _refuse_half(item: Sequence[Word]) -> None:
    """Tell a begun assignment from a name: letters without a holder, a sign that is no letter."""
    last = len(item) - 1
    if item[last].key in _CLEAR and last:
        raise BadInput(Why.BAD_LETTER, {"letters": "", "allowed": ALLOWED_LETTERS}, "letters")
    for at in range(1, len(item)):
        word = item[at]
        if at == last and word.text.isupper() and letters_at(item, at):
            raise BadInput(Why.EMPTY_TEXT, {"field": "holder"}, "holder")
        if at < last and _half_assigned(word, item[at + 1]):
            facts = {"letters": word.text, "allowed": ALLOWED_LETTERS}
            raise BadInput(Why.BAD_LETTER, facts, "letters")


def _half_assigned(word: Word, following: Word) -> bool:
    """`X @bea` and `X Bea` are meant as a letter and a holder; `plan B pipeline` is a name."""
    if word.quoted:
        return False
    if following.text.startswith(_MENTIONS) or following.key in {"vacant", "outside"}:
        return True
    return bool(_NOT_LETTERS.fullmatch(word.text)) and following.text[:1].isupper()
