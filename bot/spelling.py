"""When two spellings are one name, for orders: blanks, hyphens, case, plural and accents aside; and
which names are near to one that is not held.
"""

from collections.abc import Mapping

from rapidfuzz import fuzz

from bot.text import fold, key, words

_PART = 4  # letters that a part of a name needs to be known by
_EACH = 4  # of so many letters one may be wrong


def folded(text: str) -> str:
    """What is compared. Names without any letter (an emoji) are compared as they stand."""
    return key(words(text)) or fold(text).strip()


def near(text: str, spelled: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """The names that somebody may have meant, best first, of names by their folded spellings.

    One letter in four may be wrong, of the whole or of the part of a name that was typed:
    "pipelin" is a part of "Data pipeline", and "nowhere" is no "Fare Finder".
    """
    typed = folded(text)
    scored = ((_likeness(typed, spelling), spelling) for spelling in spelled)
    ranked = sorted((-like, spelling) for like, spelling in scored if like)
    return tuple(dict.fromkeys(spelled[spelling] for _, spelling in ranked))[:most]


def _likeness(typed: str, spelling: str) -> float:
    """How like a spelling is to what was typed, up to 100; 0 where it is not near."""
    shorter, longer = sorted((typed, spelling), key=len)
    whole = fuzz.ratio(typed, spelling, score_cutoff=_enough(len(longer)))
    if len(shorter) < _PART:
        return whole
    part = fuzz.partial_ratio(shorter, longer, score_cutoff=_enough(len(shorter)))
    return max(whole, part - 1)


def _enough(letters: int) -> float:
    """The likeness that so many letters have of which as many are wrong as may be."""
    return 100 * (1 - (letters // _EACH) / letters) if letters else 100
