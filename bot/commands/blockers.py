"""`block` and `unblock`: what is in the way of an item."""

from datetime import date

from bot.commands.orders import Order
from bot.commands.reading import reference, with_note, with_project, without_project
from bot.commands.words import joined, unwrapped, words
from bot.errors import BadInput, Why
from bot.orders import Block, Unblock

LONGEST_OWNER = 4
"""Words that a name has at most: `owner` further away from the end is just a word."""


def read_block(rest: str, today: date) -> Order:
    head, note = with_note(rest)
    item, project = without_project(words(head))
    if note is None:
        raise BadInput(Why.EMPTY_TEXT, {"field": "blocker"}, field="note")
    text, quoted_project = with_project(note)
    text, owner = _with_owner(text)
    if not text.strip():
        raise BadInput(Why.EMPTY_TEXT, {"field": "blocker"}, field="note")
    return Block(reference(item, "item"), unwrapped(text), owner, project or quoted_project)


def _with_owner(text: str) -> tuple[str, str | None]:
    some = words(text)
    for at in range(len(some) - 2, 0, -1):
        if some[at].key in {"owner", "(owner", "owner:"}:
            named = some[at + 1 :]
            if len(named) > LONGEST_OWNER:
                break
            return text[: some[at].start], joined(named).rstrip(")")
    return text, None


def read_unblock(rest: str, today: date) -> Order:
    """`unblock ITEM: WHICH because WHY`: what stands after the colon is one of several."""
    some = words(rest)
    at = next((n for n, word in enumerate(some) if n and word.key == "because"), None)
    because, quoted_project = "", None
    if at is not None:
        because, quoted_project = with_project(rest[some[at].end :])
        rest = rest[: some[at].start]
    head, which = with_note(rest)
    item, project = without_project(words(head))
    return Unblock(
        reference(item, "item"),
        unwrapped(which or ""),
        unwrapped(because),
        project or quoted_project,
    )
