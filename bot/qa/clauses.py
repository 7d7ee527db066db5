"""A sentence that asks twice taken apart: "who owns annotation, and when is it due?".

Only where each side is a question of its own; "who owns annotation and rollout?" asks once.
"""

from collections.abc import Callable, Iterator, Sequence

from bot import text
from bot.qa.grammar import Question, language_of
from bot.qa.words import Lexicon
from bot.text import Word

_ASKING = ("who", "what", "whether", "asks")
_LONGEST = 400  # characters of a sentence that is looked at: whoever writes more tells a story

Read = Callable[[str], Question]


def clauses(sentence: str, read: Read) -> list[str]:
    """The questions of a sentence as texts that stand alone; the sentence itself where it is one.

    What one side leaves to the other ("who is accountable and who is responsible for rollout?",
    "… and when is it due?") is said in both.
    """
    if len(sentence) > _LONGEST:
        return [sentence]
    words = text.words(sentence)
    if _begins_with_time(sentence, read):
        return [sentence]
    for start, end in _joints(words, language_of(words)):
        first = sentence[: words[start].at].rstrip(" ,;")
        rest = sentence[words[end].at :]
        found = _both(f"{first}?", rest, read)
        if found:
            return [found[0], *clauses(found[1], read)]
    return [sentence]


def _begins_with_time(sentence: str, read: Read) -> bool:
    """ "When PR #41 merged, who owned the model?" asks once."""
    when = read(sentence).when if "," in sentence else None
    return when is not None and not sentence[: when.start].strip()


def _both(first: str, rest: str, read: Read) -> tuple[str, str] | None:
    left, right = read(first), read(rest)
    if not left.understood or left.left_over:
        return None
    if not is_whole(left) and is_whole(right) and right.mentions:
        first = f"{first.rstrip('? ')} {named(right)}?"
        left = read(first)
    if not is_whole(left):
        return None
    lacks_name = not (right.mentions or right.people or right.left_over)
    if lacks_name and left.mentions:
        rest = with_it(rest, named(left), read) or f"{rest.rstrip('? ')} {named(left)}?"
        right = read(rest)
    return (first, rest) if right.understood and (is_whole(right) or right.left_over) else None


def is_whole(question: Question) -> bool:
    """Whether a question names what it is about, and every word of it has a meaning."""
    return question.understood and question.says_something and not question.left_over


def with_it(sentence: str, name: str, read: Read) -> str | None:
    """A sentence with a name where it says "it"; None where it says no such thing."""
    for word in text.words(sentence):
        if language_of([word]).means(word, "it"):
            said = f"{sentence[: word.at]}{name}{sentence[word.at + len(word.surface) :]}"
            if is_whole(read(said)):
                return said
    return None


def named(question: Question) -> str:
    """What a question is about, from its first name to its last."""
    first, last = question.mentions[0], question.mentions[-1]
    start = question.words[first.start].at
    end = question.words[last.end - 1]
    return question.sentence[start : end.at + len(end.surface)]


def _joints(words: Sequence[Word], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where a second question may begin: an asking word after "and"; or, where there is one before,
    after a comma ("labels: who owns them?" asks once). As the place where the first ends, and where
    the second begins.
    """
    asks = False
    for phrase in lexicon.phrases(words, [False] * len(words)):
        at = phrase.start
        if not phrase.is_a(*_ASKING):
            continue
        if at > 1 and lexicon.means(words[at - 1], "join"):
            yield at - 1, at
        elif asks and words[at].pause:
            yield at, at
        asks = True
