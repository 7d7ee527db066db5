"""Names that are held and come near to one that is not."""

from collections.abc import Iterator
from itertools import islice

from rapidfuzz import fuzz

from bot import text
from bot.qa.facts import Facts

_LOOKED_AT = 25  # names for each word
_NEAR = 60.0  # out of 100


def nearest(said: str, facts: Facts, count: int = 3) -> tuple[str, ...]:
    """The names of projects, items and people that are most like it, best first."""
    found = text.words(said)[:8]
    typed = " ".join(word.text for word in found)
    stems = [word.stem for word in found if len(word.stem) > 2]
    scored = {
        title: max(fuzz.token_set_ratio(typed, folded) - 1, fuzz.ratio(typed, folded))
        for title in _titles(stems, facts)
        for folded in (text.fold(title),)
    }
    ranked = sorted((-score, title) for title, score in scored.items() if score >= _NEAR)
    return tuple(title for _, title in ranked[:count])


def _titles(stems: list[str], facts: Facts) -> Iterator[str]:
    """Names that share a word with it, or nearly."""
    yield from facts.names.ladder.titles.values()
    view = facts.view
    for stem in stems:
        near = [stem, *(word for _, word in view.near(stem)[:4])]
        for word in near:
            for key, _ in islice(view.holding(frozenset((text.root(word),))), _LOOKED_AT):
                yield from (place.entry.name for place in view.projects(key)[:1])
                yield from (place.item.title for place in islice(view.items(key), 1) if place.item)
        for _, name in facts.names.people.near(stem)[:4]:
            for number in sorted(facts.names.people.called(name)):
                yield facts.people[number].name
