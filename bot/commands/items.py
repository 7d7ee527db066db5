"""`stage`, `due` and `alias`: one line each, with the project wherever people put it."""

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.commands.orders import Order, ShowRow
from bot.commands.reading import (
    STATUSES,
    read_date,
    reference,
    status_of,
    with_note,
    with_project,
    without_project,
)
from bot.commands.words import Word, joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import Due, Move, SetAlias
from bot.project import Status

_FILLERS = {"to", "is", "=", "->", ":", "on", "by"}
_NO_DATE = {"none", "never", "no", "off", "clear", "nothing"}
_ALIAS_SIGNS = {"=", "for", "->", "means"}


def read_stage(rest: str, today: date) -> Order:
    head, note = with_note(rest)
    some = words(head)
    place = _status_place(some)
    if place is None:
        return _shown(some, note)
    start, length = place
    status = status_of(some[start : start + length])
    after, project = without_project(some[start + length :])
    override = status is Status.DONE and [word.key for word in after] == ["override"]
    if (after and not override) or status is None:
        raise BadInput(Why.WORDS_LEFT_OVER, {"words": joined(some[start + length :])}, field="note")
    item = _without_fillers(some[:start])
    if project is None:
        item, project = without_project(item)
    if note is None:
        return Move(reference(item, "item"), status, None, project, override=override)
    text, quoted_project = with_project(note)
    if status is Status.DONE and (said := words(text)) and said[-1].key == "override":
        text, override = text[: said[-1].start], True
    name, text = reference(item, "item"), unwrapped(text)
    return Move(name, status, text, project or quoted_project, override=override)


def _status_place(some: Sequence[Word]) -> tuple[int, int] | None:
    """Where a status stands: best where nothing but `in PROJECT` follows, else the first one."""
    first: tuple[int, int] | None = None
    for start in range(1, len(some)):
        for length in (2, 1):
            if start + length > len(some) or not status_of(some[start : start + length]):
                continue
            if start + length == len(some) or some[start + length].key == "in":
                return start, length
            first = first or (start, length)
    return first


def _shown(some: Sequence[Word], note: str | None) -> Order:
    """`stage data pipeline` only looks; `stage data pipeline finnished` is a slip."""
    item, project = without_project(some)
    if status_of(item):
        raise BadInput(Why.EMPTY_TEXT, {"field": "item"}, field="item")
    for length in (2, 1):
        if len(item) <= length - (note is not None):
            continue
        typed = joined(item[-length:])
        near = process.extractOne(
            typed.casefold()[:40],
            list(STATUSES),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=0.7,
        )
        if near and len(item) > length:
            raise _bad_status(typed, STATUSES[near[0]].words)
    if note is not None:
        raise _bad_status(joined(item[-1:]), "")
    return ShowRow(reference(item, "item"), project)


def _bad_status(typed: str, near: str) -> BadInput:
    known = ", ".join(status.words for status in Status)
    return BadInput(Why.BAD_STATUS, {"status": typed, "known": known, "near": near}, "status")


def _without_fillers(item: Sequence[Word]) -> Sequence[Word]:
    while len(item) > 1 and item[-1].key in _FILLERS:
        item = item[:-1]
    return item


def read_due(rest: str, today: date) -> Order:
    some = words(rest)
    before, project = without_project(some)
    if not some:
        raise BadInput(Why.EMPTY_TEXT, {"field": "item"}, field="item")
    found = _dated(before, today)
    if found is None and (found := _dated(some, today)) is not None:
        project = None
    if found is None:
        digits = next((n for n, word in enumerate(before) if n and word.text[:1].isdigit()), -1)
        typed = joined(before[digits:]) if len(before) > 1 else ""
        raise BadInput(Why.BAD_DATE, {"date": typed}, field="due")
    item, due = found
    if project is None:
        item, project = without_project(item)
    return Due(reference(item, "item"), due, project)


def _dated(some: Sequence[Word], today: date) -> tuple[Sequence[Word], date | None] | None:
    """What stands before the date at the end, and the date; None where no date stands there."""
    for length in (3, 2, 1):
        if length < len(some) and (found := _due(some[-length:], today)):
            return _without_fillers(some[:-length]), found[0]
    return None


def _due(some: Sequence[Word], today: date) -> tuple[date | None] | None:
    """(date,) or, for "none", (None,); None for words that are neither."""
    if len(some) == 1 and some[0].key in _NO_DATE:
        return (None,)
    try:
        return (read_date(joined(some), today, ahead=True),)
    except BadInput:
        return None


def read_alias(rest: str, today: date) -> Order:
    some = _split_signs(words(rest))
    added = True
    if some and some[0].key in {"add", "remove", "delete"}:
        added = some[0].key == "add"
        some = some[1:]
    at = next((n for n, word in enumerate(some) if word.key in _ALIAS_SIGNS), None)
    if at is None:
        name, project = without_project(some)
        alias = reference(name, "alias")
        if added:
            raise BadInput(Why.EMPTY_TEXT, {"field": "alias"}, field="item")
        return SetAlias(alias, alias, project, added=False)
    target, project = without_project(some[at + 1 :])
    alias = reference(some[:at], "alias")
    if [word.key for word in target] in (["project"], ["this", "project"]):
        return SetAlias(alias, None, project, added)
    if target and target[0].key == "project":
        return SetAlias(alias, None, reference(target[1:], "project"), added)
    return SetAlias(alias, reference(target, "item"), project, added)


def _split_signs(some: Sequence[Word]) -> list[Word]:
    """`ETL=pipeline` as three words."""
    parts: list[Word] = []
    for word in some:
        if word.quoted or "=" not in word.text:
            parts.append(word)
            continue
        for part in re.split("(=)", word.text):
            if part:
                parts.append(Word(part, word.start, word.end))
    return parts
