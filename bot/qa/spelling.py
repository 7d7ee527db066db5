"""Nearest spellings of a word among many, without looking at all of them.

Of every known word the forms with one letter (in long words two) left out are kept as numbers in
sorted arrays; two words with at most that many slips share such a form. A form costs eight bytes,
and a look-up a few searches in an array, however many words there are.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Set
from copy import copy
from typing import Self

from rapidfuzz.distance import OSA

_NUMBER_BITS = 20  # of a form's number, for the word it comes from
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1
_FORM_MASK = (1 << 43) - 1
_SHARDS = 16  # arrays, so that sorting them takes little room
_LOOKED_AT = 12  # letters at the front of a word whose slips are looked for
_FEW = 8  # words of which one may stand beside the arrays
_LONG = 8  # from this length on a word may have two slips


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong and it is still the same word."""
    if len(word) < 4 or not word.isascii():
        return 0
    return 2 if len(word) >= _LONG else 1


class Spelling:
    """The words that can be meant. One that came of another by a few words shares its arrays, and
    has the new words beside them.
    """

    __slots__ = ("_gone", "_later", "_shards", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._later: Spelling | None = None
        self._gone: frozenset[str] = frozenset()
        self._words = sorted({word for word in words if slips_allowed(word)})
        shards = [array("Q") for _ in range(_SHARDS)]
        for number, word in enumerate(self._words):
            for form in _forms(word):
                hashed = hash(form)
                shards[hashed % _SHARDS].append((hashed & _FORM_MASK) << _NUMBER_BITS | number)
        self._shards = [array("Q", sorted(shard)) for shard in shards]

    def changed(self, more: Set[str], fewer: Set[str]) -> Self:
        """The same with these words more (of which none was there) and these fewer (of which each
        was); this one stays as it is.
        """
        before = set(self._later._words) if self._later else set()
        later = (before | (more - self._gone)) - fewer
        gone = (self._gone | (fewer - before)) - more
        if (len(later) + len(gone)) * _FEW > len(self._words):
            return type(self)((set(self._words) - gone) | later)
        made = copy(self)
        made._later = type(self)(later) if later else None
        made._gone = gone
        return made

    def near(self, word: str) -> list[tuple[int, str]]:
        """Words within reach, as (slips, word), nearest first; never the word itself."""
        here = [(slips, one) for slips, one in self._near(word) if one not in self._gone]
        return sorted(here + self._later.near(word)) if self._later else sorted(here)

    def _near(self, word: str) -> list[tuple[int, str]]:
        found: set[int] = set()
        for form in _forms(word) if slips_allowed(word) else ():
            hashed = hash(form)
            shard = self._shards[hashed % _SHARDS]
            wanted = hashed & _FORM_MASK
            at = bisect_left(shard, wanted << _NUMBER_BITS)
            while at < len(shard) and shard[at] >> _NUMBER_BITS == wanted:
                found.add(shard[at] & _NUMBER_MASK)
                at += 1
        judged = ((_slips(word, self._words[number]), self._words[number]) for number in found)
        return [pair for pair in judged if pair[0]]


def _forms(word: str) -> set[str]:
    """The word, and the word with as many letters left out as slips are allowed."""
    longest = min(len(word), _LOOKED_AT)
    once = {word[:at] + word[at + 1 :] for at in range(longest)}
    if slips_allowed(word) == 1:
        return once | {word}
    twice = {
        word[:first] + word[first + 1 : second] + word[second + 1 :]
        for first in range(longest)
        for second in range(first + 1, longest)
    }
    return once | twice | {word}


def _slips(typed: str, meant: str) -> int:
    """Slips between two words; 0 where they are the same or too far apart.

    Of a short word the first letter must be right (or have changed places with the second). Words
    of four letters must hold the same letters, or one more or fewer: "Lina" is not Lena.
    """
    shorter = min(len(typed), len(meant))
    slips = OSA.distance(typed, meant, score_cutoff=slips_allowed(meant))
    if slips > min(slips_allowed(typed), slips_allowed(meant)):
        return 0
    if shorter < 7 and typed[0] != meant[0] and typed[:2] != meant[1::-1]:
        return 0
    if shorter == 4 and len(typed) == len(meant) and sorted(typed) != sorted(meant):
        return 0
    return slips
