"""Nearest spellings of a word among many, without looking at all of them.

Of every known word the forms with one letter (in long words two) left out are kept as numbers in
one sorted array; two words with at most that many slips share such a form. A form costs eight
bytes, and a look-up a few searches in the array, however many words there are.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.distance import OSA

_ID_BITS = 20
_HASH_MASK = (1 << 43) - 1
_LOOKED_AT = 12  # letters at the front of a word whose slips are looked for
_LONG = 8  # from this length on a word may have two slips


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong and it is still the same word."""
    if len(word) < 4 or not word.isascii():
        return 0
    return 2 if len(word) >= _LONG else 1


class Spelling:
    """The words that can be meant."""

    __slots__ = ("_forms", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted({word for word in words if slips_allowed(word)})
        packed = [
            _packed(form) | number
            for number, word in enumerate(self._words)
            for form in _forms(word)
        ]
        packed.sort()
        self._forms = array("Q", packed)

    def near(self, word: str) -> list[tuple[int, str]]:
        """Words within reach, as (slips, word), nearest first; never the word itself."""
        found: set[int] = set()
        forms = self._forms
        for form in _forms(word) if slips_allowed(word) else ():
            wanted = _packed(form)
            at = bisect_left(forms, wanted)
            while at < len(forms) and forms[at] >> _ID_BITS == wanted >> _ID_BITS:
                found.add(forms[at] & ((1 << _ID_BITS) - 1))
                at += 1
        judged = ((_slips(word, self._words[number]), self._words[number]) for number in found)
        return sorted(pair for pair in judged if pair[0])


def _packed(form: str) -> int:
    return (hash(form) & _HASH_MASK) << _ID_BITS


def _forms(word: str) -> set[str]:
    """The word, and the word with as many letters left out as slips are allowed."""
    front, tail = word[:_LOOKED_AT], word[_LOOKED_AT:]
    forms = {word}
    for count in range(1, slips_allowed(word) + 1):
        for kept in combinations(range(len(front)), len(front) - count):
            forms.add("".join(front[place] for place in kept) + tail)
    return forms


def _slips(typed: str, meant: str) -> int:
    """Slips between two words; 0 where they are the same or too far apart.

    Of a short word the first letter must be right, and a word of four letters must hold the same
    letters or one more or fewer: "Rjaa" may be Raja, "Lina" is not Lena.
    """
    shorter = min(len(typed), len(meant))
    slips = OSA.distance(typed, meant, score_cutoff=slips_allowed(meant))
    if slips > min(slips_allowed(typed), slips_allowed(meant)):
        return 0
    if shorter < 7 and typed[0] != meant[0]:
        return 0
    if shorter == 4 and len(typed) == len(meant) and sorted(typed) != sorted(meant):
        return 0
    return slips
