"""Questions about Charter itself: what its words mean ("what does accountable mean?"), and how
something is done ("how do I export?").

Every word counts here, too: a sentence of which anything is left over asks for something else.
"""

from collections.abc import Iterator, Sequence

from bot.qa.guide.meanings import meant, signs
from bot.qa.guide.table import Guide, IsHeld, Named, put_right, root
from bot.qa.guide.ways import asking, way
from bot.qa.words import lexicons
from bot.text import Word

_LONGEST = 24  # words of such a question: whoever writes more tells of something else

__all__ = ["Guide", "asked"]


def asked(words: Sequence[Word], is_held: IsHeld, named: Named) -> Guide | None:
    """What a sentence asks of Charter itself; None for every other one."""
    if len(words) > _LONGEST or not _may_ask(words):
        return None
    said = [put_right(word, is_held) for word in words]
    starts = (_past_greetings(said), *_pauses(said))
    found = (meant(said, at, named) or way(said, at, named) for at in starts)
    return next(filter(None, found), None)


def _may_ask(words: Sequence[Word]) -> bool:
    """Whether a sentence is worth a closer look: it may ask what is meant, or for a way."""
    stems, roots = {word.stem for word in words}, [root(word) for word in words]
    telling = signs()
    if stems & telling.sure or (stems & telling.loose and stems & telling.terms):
        return True
    return any(asking(roots[at:])[0] for at in range(len(roots)))


def _past_greetings(words: Sequence[Word]) -> int:
    """Where greetings and requests in front end."""
    free = [False] * len(words)
    for lexicon in lexicons():
        at = 0
        for phrase in lexicon.phrases(words, free):
            if phrase.start != at or not phrase.is_a("opening"):
                break
            at = phrase.end
        if at:
            return at
    return 0


def _pauses(words: Sequence[Word]) -> Iterator[int]:
    """Where a question may begin after what asks nothing: "I am new here, what does …"."""
    for at, word in enumerate(words):
        if any(lexicon.means(word, "who", "what") for lexicon in lexicons()):
            return
        if at + 1 < len(words) and words[at + 1].pause:
            yield at + 1
