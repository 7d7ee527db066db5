"""What Charter's own words mean: "what does accountable mean?"."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot import glossary
from bot.project import Letter
from bot.qa.guide.table import Guide, Named, rows, spellings, stems_of
from bot.text import Word


def meant(words: Sequence[Word], start: int, named: Named) -> Guide | None:
    """The meaning that a sentence asks for from a place on, and nothing else."""
    stems = [word.stem for word in words[start:]]
    said, there = " ".join(stems), frozenset(stems)
    for pattern in _patterns():
        found = pattern.form.fullmatch(said) if pattern.words <= there else None
        if found is None:
            continue
        terms = [_terms()[one] for one in found.groups()]
        if len(set(terms)) != len(terms):
            continue
        if pattern.is_loose and (any(named()) or not _is_word(found[1], words)):
            continue
        return _explained(terms)
    return None


def _is_word(said: str, words: Sequence[Word]) -> bool:
    """Whether a lone letter is written as one: "what is a …" was cut short."""
    return len(said) > 1 or any(word.surface == said.upper() for word in words)


def _explained(terms: Sequence[str]) -> Guide:
    """What one word means, or two beside each other."""
    says = ". ".join(map(_defined, terms))
    return Guide("+".join(terms), says, (), f"docs/{rows('pages')[terms[0]]}")


def _defined(term: str) -> str:
    if term in Letter.__members__:
        letter = Letter(term)
        return f"{letter.word.capitalize()} ({letter}): {glossary.LETTERS[letter]}"
    return f"{term}: {glossary.TERMS[term]}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The stems of a sentence with a place for each word that is asked about; `words` are those
    that it always has.
    """

    form: re.Pattern[str]
    words: frozenset[str]
    is_loose: bool


@cache
def _patterns() -> tuple[_Pattern, ...]:
    table = rows("means")
    beside = _any(" ".join(stems_of(one)) for one in table["beside"])
    term, behind = f"({_any(_terms())})", f"(?: (?:{beside}))*"
    strictly = f"(?:(?:{beside}|an?) )*{term}{behind}"
    loosely = f"(?:(?:an?|letter) )?{term}{behind}"
    return (
        *(
            _pattern(one, strictly, behind, is_loose=False)
            for one in spellings((*table["differ"], *table["strictly"]))
        ),
        *(_pattern(one, loosely, behind, is_loose=True) for one in spellings(table["loosely"])),
    )


def _pattern(wording: str, term: str, behind: str, *, is_loose: bool) -> _Pattern:
    parts = [re.escape(" ".join(stems_of(part))) for part in wording.split("…")]
    form = re.compile(f" {term} ".join(parts).strip() + behind)
    return _Pattern(form, frozenset(stems_of(wording)), is_loose)


@cache
def _terms() -> Mapping[str, str]:
    """What the glossary calls a word, by its stems."""
    known = rows("terms").items()
    return {" ".join(stems_of(one)): term for term, wordings in known for one in wordings}


@dataclass(frozen=True, slots=True)
class Signs:
    """Words by which a sentence may ask what something means: one that tells so by itself, or one
    that begins such a question together with the first of what can be explained.
    """

    sure: frozenset[str]
    loose: frozenset[str]
    terms: frozenset[str]


@cache
def signs() -> Signs:
    table = rows("means")
    return Signs(
        frozenset(stem for one in table["signs"] for stem in stems_of(one)),
        frozenset(stems_of(one)[0] for one in table["loosely"]),
        frozenset(one.split()[0] for one in _terms()),
    )


def _any(wordings: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
