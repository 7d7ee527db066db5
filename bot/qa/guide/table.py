"""The table of questions about Charter itself, and how its words are compared."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bot import text
from bot.qa.spelling import Spelling
from bot.qa.words import lexicons, real_words
from bot.text import Word

_TABLE = Path(__file__).parents[1] / "words" / "guide.toml"
PARTS = ("alone", "does", "of", "beside")

Roots = tuple[str, ...]
IsHeld = Callable[[Word], bool]
"""Whether a word stands in a name that is held."""
Named = Callable[[], Sequence[bool]]
"""Tells of each word of a sentence whether it belongs to a name that is held."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What is told of Charter itself. `forms` are commands to type, without the slash; `page` is
    where the documentation says more, `topic` what the help says more of.
    """

    key: str
    says: str
    forms: tuple[str, ...] = ()
    page: str = ""
    topic: str = ""

    @property
    def text(self) -> str:
        """The same in a row, as sentences."""
        typed = " or ".join(f"/charter {form}" for form in self.forms)
        more = [f"/charter help {self.topic}"] if self.topic else []
        return " ".join(
            filter(
                None,
                (
                    f"{self.says}.",
                    f"Type {typed}." if typed else "",
                    f"More: {', '.join([*more, self.page])}.",
                ),
            )
        )


def put_right(word: Word, is_held: IsHeld) -> Word:
    """A small typo in one of the guide's own words ("how do I exprot?"), but in no name."""
    spelling = _spelling()
    if {word.text, word.stem} & spelling.known or word.stem in real_words():
        return word
    near = spelling.words.near(word.text) if word.text.isalpha() else []
    is_clear = len(near) == 1 or (len(near) > 1 and near[0][0] < near[1][0])
    if not is_clear or is_held(word):
        return word
    return replace(word, text=near[0][1], stem=text.stem(near[0][1]))


@dataclass(frozen=True, slots=True)
class _Spelled:
    known: frozenset[str]
    words: Spelling


@cache
def _spelling() -> _Spelled:
    lists = [one for part in ("means", "terms", "asking") for one in rows(part).values()]
    lists += [row.get(part, ()) for row in rows("how").values() for part in PARTS]
    known = {word.text for some in lists for one in some for word in text.words(one)}
    others = {token for lexicon in lexicons() for token in lexicon.tokens}
    return _Spelled(frozenset(known | others), Spelling(known))


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def rows(name: str) -> Mapping[str, Any]:
    """One part of the table."""
    return _table()[name]


def spellings(wordings: Iterable[str]) -> Iterator[str]:
    """The wordings, and the same contracted."""
    for one in wordings:
        yield one
        if "what is " in one:
            yield one.replace("what is ", "what's ")


def root(word: Word) -> str:
    return text.root(word.text)


def roots_of(wording: str) -> Roots:
    return tuple(map(root, text.words(wording)))


def stems_of(wording: str) -> Roots:
    return tuple(word.stem for word in text.words(wording))
