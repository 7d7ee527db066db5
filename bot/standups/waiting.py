"""Whom somebody waits for, where what blocks them says so."""

import re
from collections.abc import Iterable, Mapping

from bot.people import Person
from bot.text import Word, tokens, words

_CALLED = re.compile(r"(?<!\w)@$")
"""What stands before a name that somebody calls, and not before the second half of an address."""
_Names = Mapping[tuple[str, ...], int]


def waited_for(text: str, among: Iterable[Person]) -> tuple[int, ...]:
    """The people whom a text names, in its order: by their whole name, as "@bea", or by a mention.

    Nothing is guessed: a first name alone names nobody, nor does a name that two of them share.
    """
    people = list(among)
    whole = _alone((tuple(tokens(one.name)), one.id) for one in people)
    short = _alone((tuple(tokens(one.first_name)), one.id) for one in people)
    by_id = {f"@{one.slack_id.lower()}": one.id for one in people if one.slack_id}
    said = words(text)
    found: list[int] = []
    for at, word in enumerate(said):
        is_called = bool(_CALLED.search(text, max(0, word.at - 2), word.at))
        who = by_id.get(word.text) or _named(said[at:], whole, least=1 if is_called else 2)
        if who is None and is_called:
            who = _named(said[at:], short, least=1)
        if who is not None:
            found.append(who)
    return tuple(dict.fromkeys(found))


def _alone(names: Iterable[tuple[tuple[str, ...], int]]) -> _Names:
    """Names that one person has; nothing at all names nobody."""
    found: dict[tuple[str, ...], set[int]] = {}
    for name, person in names:
        found.setdefault(name, set()).add(person)
    return {name: min(who) for name, who in found.items() if name and len(who) == 1}


def _named(said: list[Word], names: _Names, least: int) -> int | None:
    """Whose name a text begins with: the longest one, of at least so many words."""
    fitting = [
        name
        for name in names
        if len(name) >= least and tuple(word.text for word in said[: len(name)]) == name
    ]
    return names[max(fitting, key=len)] if fitting else None
