"""How something is done: "how do I export?"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.commands import Command, command
from bot.qa.guide.table import PARTS, Guide, Named, Roots, root, roots_of, rows, spellings
from bot.qa.words import lexicons
from bot.text import Word

_WEIGHTLESS = ("glue", "filler", "article", "agree", "tail", "opening")
_MANY = 8  # words of the longest wording


@dataclass(frozen=True, slots=True)
class Way:
    """How one thing is done, and the wordings by which it is asked for; `words` are all of them.
    `looks`: it only shows what there is.
    """

    guide: Guide
    alone: frozenset[Roots]
    does: frozenset[Roots]
    of: frozenset[Roots]
    beside: frozenset[Roots]
    words: frozenset[str]
    looks: bool


def way(words: Sequence[Word], start: int, named: Named) -> Guide | None:
    """The way that accounts for most words; every other word says nothing, or names something."""
    roots = [root(word) for word in words]
    size, is_sure = asking(roots[start:])
    start += size
    if not size or start == len(words):
        return None
    light = [taken or _is_light(word) for word, taken in zip(words, named(), strict=True)]
    heavy = {roots[at] for at in range(start, len(roots)) if not light[at]}
    met = [
        (_said(one, roots[start:], light[start:]), one)
        for one in ways()
        if heavy <= one.words and (is_sure or not one.looks)
    ]
    said, best = max(met, key=lambda one: one[0], default=(0, None))
    return best.guide if best and said else _of_command(roots[start:])


def asking(roots: Sequence[str]) -> tuple[int, bool]:
    """How many words ask for the way, and whether they do so for certain."""
    for wording, is_sure in _askings().get(roots[0] if roots else "", ()):
        if tuple(roots[: len(wording)]) == wording:
            return len(wording), is_sure
    return 0, False


def _said(way: Way, roots: Sequence[str], light: Sequence[bool]) -> int:
    """How many words the wordings of a way account for; none unless it is meant, and every other
    word says nothing.
    """
    alone, does, of, beside = (
        _places(roots, some) for some in (way.alone, way.does, way.of, way.beside)
    )
    if not alone and not _apart(does, of):
        return 0
    told = {at for start, end in (*alone, *does, *of, *beside) for at in range(start, end)}
    rest = (at for at in range(len(roots)) if at not in told)
    return len(told) if all(light[at] for at in rest) else 0


def _apart(does: Iterable[tuple[int, int]], of: Sequence[tuple[int, int]]) -> bool:
    """Whether what is done and what it is done to are different words."""
    return any(end <= start or stop <= begin for begin, end in does for start, stop in of)


def _places(roots: Sequence[str], wordings: frozenset[Roots]) -> list[tuple[int, int]]:
    """Where wordings stand, of those at one place the longest."""
    found: list[tuple[int, int]] = []
    for start in range(len(roots)):
        for end in range(min(len(roots), start + _MANY), start, -1):
            if tuple(roots[start:end]) in wordings:
                found.append((start, end))
                break
    return found


def _is_light(word: Word) -> bool:
    if (root(word),) in _light():
        return True
    return any(lexicon.means(word, *_WEIGHTLESS) for lexicon in lexicons())


def _of_command(roots: Sequence[str]) -> Guide | None:
    """ "how do I use drift": any command by its name."""
    if len(roots) != 2 or roots[0] != "use":
        return None
    known = command(roots[1])
    return _guide(known.name, known, {}) if known else None


@cache
def ways() -> tuple[Way, ...]:
    """All that can be asked for, in the order of the table."""
    return tuple(_read(key, row) for key, row in rows("how").items())


def _read(key: str, row: Mapping[str, Any]) -> Way:
    known = command(row["command"]) if "command" in row else None
    alone, does, of, beside = (frozenset(map(roots_of, row.get(part, ()))) for part in PARTS)
    words = frozenset(word for some in (alone, does, of, beside) for one in some for word in one)
    return Way(_guide(key, known, row), alone, does, of, beside, words, row.get("looks", False))


def _guide(key: str, known: Command | None, row: Mapping[str, Any]) -> Guide:
    """What the table of commands says of one; the guide's own words where it is none."""
    says = row.get("says") or (known.help if known else "")
    forms = row.get("forms") or ([known.example] if known else [])
    name = known.name if known else ""
    page = row.get("page", f"commands.md#{name}")
    return Guide(key, f"{says[:1].upper()}{says[1:]}", tuple(forms), f"docs/{page}", name)


@cache
def _askings() -> Mapping[str, Sequence[tuple[Roots, bool]]]:
    """How a question for the way begins, the longest wording first, by its first word; and whether
    it asks for the way for certain.
    """
    found: dict[str, list[tuple[Roots, bool]]] = {}
    for row in ("how", "may"):
        for wording in map(roots_of, spellings(rows("asking")[row])):
            found.setdefault(wording[0], []).append((wording, row == "how"))
    return {word: sorted(some, key=lambda one: -len(one[0])) for word, some in found.items()}


@cache
def _light() -> frozenset[Roots]:
    """What says nothing beside a way."""
    return frozenset(map(roots_of, rows("asking")["light"]))
