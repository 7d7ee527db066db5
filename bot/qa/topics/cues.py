"""The words of these questions: the table of a language, laid over the words that all questions
share.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bot import text
from bot.qa import words
from bot.qa.spelling import Spelling
from bot.qa.words import Lexicon, Meaning, lexicons

_HERE = Path(words.__file__).parent / "topics"
_WEIGHTLESS = frozenset((
    "glue", "filler", "light", "generic", "project", "here", "me", "agree", "opening", "embed",
    "whether", "what", "exist", "place", "article",
))  # fmt: skip
"""Rows of the shared words that say nothing of what is asked."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of one language; `lexicon` finds wordings, `cues` are the names of rows in it."""

    lexicon: Lexicon
    cues: frozenset[str]

    def of(self, meaning: Meaning) -> frozenset[str]:
        return meaning.rows & self.cues

    def alone(self, stem: str) -> frozenset[str]:
        """The rows in which a word by itself is a wording."""
        meaning = self.lexicon.meanings.get((stem,))
        return self.of(meaning) if meaning else frozenset()

    @staticmethod
    def is_weightless(meaning: Meaning) -> bool:
        return not meaning.rows.isdisjoint(_WEIGHTLESS)


@cache
def languages() -> Mapping[str, Cues]:
    """Every language that has a table, by its code."""
    return {
        lexicon.language: _read(lexicon)
        for lexicon in lexicons()
        if (_HERE / f"{lexicon.language}.toml").exists()
    }


def _read(shared: Lexicon) -> Cues:
    path = _HERE / f"{shared.language}.toml"
    table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    meanings = {
        stems: replace(meaning, rows=meaning.rows & _WEIGHTLESS)
        for stems, meaning in shared.meanings.items()
        if not meaning.rows.isdisjoint(_WEIGHTLESS)
    }
    for row, wordings in (*table["cues"].items(), *table["words"].items()):
        for wording in wordings:
            stems = _stems(wording)
            known = meanings.get(stems, Meaning())
            meanings[stems] = replace(
                known, rows=known.rows | {row}, cue=None, noun=None, weak=None
            )
    tokens = frozenset(stem for stems in meanings for stem in stems) | shared.tokens
    spelled = {
        word.text
        for wordings in table["cues"].values()
        for wording in wordings
        for word in text.words(wording)
    }
    own = replace(
        shared,
        meanings=meanings,
        longest=_longest(meanings),
        tokens=tokens,
        spelling=Spelling(spelled),
    )
    return Cues(own, frozenset(table["cues"]))


def _longest(meanings: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for stems in meanings:
        longest[stems[0]] = max(len(stems), longest.get(stems[0], 0))
    return longest


def _stems(wording: str) -> tuple[str, ...]:
    return tuple(word.stem for word in text.words(wording))


def wordings(language: str) -> Iterator[tuple[str, str]]:
    """Every row of a table with each of its wordings, for tests and the documentation."""
    table = tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))
    for row, said in table["cues"].items():
        yield from ((row, one) for one in said)
