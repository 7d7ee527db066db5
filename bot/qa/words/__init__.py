"""What words mean in a question: one table a language, in the TOML files beside this one.

A contributor adds a wording by adding a string to a row; docs/questions.md tells how.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot import text
from bot.qa.spelling import Spelling
from bot.text import Word

_HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "es", "zh")
_LONGEST_TERM = 6  # words of a term of the trade that is put into English


class Intent(StrEnum):
    """What is asked of an item; the letters behind each stand in `bot.qa.raci`."""

    OWNER = "owner"
    ACCOUNTABLE = "accountable"
    RESPONSIBLE = "responsible"
    CONTACT = "contact"
    CONSULTED = "consulted"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one wording can mean: names of rows, and what it asks for."""

    rows: frozenset[str] = frozenset()
    cue: Intent | None = None
    noun: Intent | None = None
    weak: Intent | None = None

    def joined(self, other: "Meaning") -> "Meaning":
        return Meaning(
            self.rows | other.rows,
            self.cue or other.cue,
            self.noun or other.noun,
            self.weak or other.weak,
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording found in a sentence, from word `start` up to word `end`."""

    start: int
    end: int
    meaning: Meaning

    def is_a(self, *rows: str) -> bool:
        return not self.meaning.rows.isdisjoint(rows)

    @property
    def intent(self) -> Intent | None:
        return self.meaning.cue or self.meaning.noun


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    meanings: Mapping[tuple[str, ...], Meaning]
    english: Mapping[tuple[str, ...], tuple[str, ...]]
    longest: Mapping[str, int]
    tokens: frozenset[str]
    functional: frozenset[str]
    articles: frozenset[str]
    before_names: frozenset[str]
    help: frozenset[tuple[str, ...]]
    spelling: Spelling = field(repr=False)

    def knows(self, word: Word) -> bool:
        return word.stem in self.tokens or word.text in self.tokens

    def means(self, word: Word, *rows: str) -> bool:
        """Whether a word alone stands in one of these rows."""
        meaning = self.meanings.get((word.stem,))
        return meaning is not None and not meaning.rows.isdisjoint(rows)

    def intent(self, words: Sequence[Word]) -> Intent | None:
        """The letter that these words ask for, if they are a wording for one."""
        meaning = self.meanings.get(tuple(word.stem for word in words))
        return meaning.cue or meaning.noun if meaning else None

    def asks(self, token: str) -> bool:
        """Whether a word alone tells which letter is asked for."""
        meaning = self.meanings.get((text.stem(token),), Meaning())
        return (meaning.cue or meaning.noun) is not None

    def is_function_word(self, word: Word) -> bool:
        """Whether a word alone cannot be a name: "it", "on", "who"."""
        return word.stem in self.functional and not (word.surface.isupper() and len(word.text) > 1)

    def phrases(self, words: Sequence[Word], taken: Sequence[bool]) -> Iterator[Phrase]:
        """The longest wordings, from left to right, among the words that are not taken."""
        stems = tuple(word.stem for word in words)
        at = 0
        while at < len(words):
            found = None if taken[at] else self._longest(stems, taken, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def _longest(self, stems: tuple[str, ...], taken: Sequence[bool], at: int) -> Phrase | None:
        room = self.longest.get(stems[at], 0)
        end = at
        while end < len(stems) and end - at < room and not taken[end]:
            end += 1
        for last in range(end, at, -1):
            meaning = self.meanings.get(stems[at:last])
            if meaning is not None:
                return Phrase(at, last, meaning)
        return None

    def in_english(self, words: Sequence[Word]) -> list[Word]:
        """The sentence with its words of the trade put into English, each as one word."""
        if not self.english:
            return list(words)
        said: list[Word] = []
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + _LONGEST_TERM), at, -1):
                stems = self.english.get(tuple(word.stem for word in words[at:end]))
                if stems:
                    surface = text.clip(" ".join(word.surface for word in words[at:end]), 60)
                    said.append(
                        Word(surface, stems[0], stems[0], words[at].pause, words[at].at, stems[1:])
                    )
                    at = end
                    break
            else:
                said.append(words[at])
                at += 1
        return said


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """All languages, English first."""
    return tuple(_read(language) for language in LANGUAGES)


@cache
def real_words() -> frozenset[str]:
    """Words that are right as they are, and no typo of a name: "lunch" is not "launch", and
    "waiting" is not "writing".
    """
    found: set[str] = set()
    for line in (_HERE / "real_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found.update(text.stem(text.fold(word)) for word in line.split())
    table = tomllib.loads((_HERE / "topics" / "en.toml").read_text(encoding="utf-8"))
    for wordings in table["cues"].values():
        found.update(word.stem for wording in wordings for word in text.words(wording))
    return frozenset(found)


def _read(language: str) -> Lexicon:
    table = tomllib.loads((_HERE / f"{language}.toml").read_text(encoding="utf-8"))
    meanings: dict[tuple[str, ...], Meaning] = {}
    for wording, meaning in _rows(table):
        stems = _stems(wording)
        if stems:
            meanings[stems] = meanings.get(stems, Meaning()).joined(meaning)
    english = {
        _stems(wording): tuple(text.key(text.words(name)) for name in names)
        for wording, names in table.get("translate", {}).items()
    }
    tokens = frozenset(stem for stems in (*meanings, *english) for stem in stems)
    functional = frozenset(
        stems[0]
        for stems, meaning in meanings.items()
        if len(stems) == 1 and meaning.rows & {"glue", "who", "what", "whether", "not", "me"}
    )
    return Lexicon(
        language,
        meanings,
        english,
        longest=_longest(meanings),
        tokens=tokens,
        functional=functional,
        articles=_single(table, "article"),
        before_names=_single(table, "article", "place"),
        help=frozenset(_stems(wording) for wording in table.get("help", ())),
        spelling=Spelling(tokens | _typed(table)),
    )


def _rows(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for row in ("who", "what", "whether"):
        yield from ((wording, Meaning(frozenset((row,)))) for wording in table.get(row, ()))
    for row, wordings in table.get("words", {}).items():
        yield from ((wording, Meaning(frozenset((row,)))) for wording in wordings)
    for name, wordings in table.get("cues", {}).items():
        yield from ((wording, Meaning(cue=Intent(name))) for wording in wordings)
    for name, wordings in table.get("nouns", {}).items():
        yield from ((wording, Meaning(noun=Intent(name))) for wording in wordings)
    for name, wordings in table.get("weak", {}).items():
        yield from ((wording, Meaning(weak=Intent(name))) for wording in wordings)


def _longest(meanings: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """How many words the longest wording has that begins with a word."""
    longest: dict[str, int] = {}
    for stems in meanings:
        longest[stems[0]] = max(len(stems), longest.get(stems[0], 0))
    return longest


def _single(table: Mapping[str, Any], *rows: str) -> frozenset[str]:
    return frozenset(text.stem(word) for row in rows for word in table["words"].get(row, ()))


def _typed(table: Mapping[str, Any]) -> set[str]:
    """The words as they stand in the table, with their endings."""
    return {word.text for wording, _ in _rows(table) for word in text.words(wording)}


def _stems(wording: str) -> tuple[str, ...]:
    return tuple(word.stem for word in text.words(wording))
