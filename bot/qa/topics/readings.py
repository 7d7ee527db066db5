"""A sentence, its names and its cues."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot import text
from bot.qa.mentions import Finder, Mention, held_near, is_held
from bot.qa.rule import Cue, Form, Measure, Reading
from bot.qa.sentence import in_front
from bot.qa.topics.cues import Cues
from bot.qa.view import View
from bot.qa.words import Phrase, real_words
from bot.text import Word

_VERBS = frozenset((
    "is", "are", "am", "was", "were", "has", "have", "had", "do", "does", "did", "will", "would",
    "can", "could", "should", "i", "we", "you", "they", "he", "she", "it",
))  # fmt: skip
_LONG = 10  # from this length on a cue may have two slips
_LONGEST_METRIC = 7  # words of a metric's name
_ID = re.compile(r"#?\b(?:[A-Za-z][\w.]*-)*\w*\d[\w.]*(?:-\w+)*\b")
_ASKING = ("who", "when", "how", "where", "what", "count", "far")


def readings(
    sentence: str, words: Sequence[Word], view: View, cues: Cues, *, asked: bool
) -> Iterator[Reading]:
    """The ways to read a sentence: with names before cues, then with cues before names; and each of
    them with its success metrics.
    """
    words = _corrected(words, cues, view)
    found_ids = ids(sentence, words)
    mentions = Finder(words, view, cues.lexicon, people=True, jobs=False).mentions()
    kept = [mention for mention in mentions if not _is_cue(mention, words, cues)]
    metrics = _metrics(words, view)
    for named in (mentions, kept) if len(kept) < len(mentions) else (mentions,):
        yield _read(words, named, (), found_ids, cues, asked=asked)
        if metrics:
            rest = [one for one in named if not _overlaps(one, metrics)]
            yield _read(words, rest, metrics, found_ids, cues, asked=asked)


def _metrics(words: Sequence[Word], view: View) -> tuple[Measure, ...]:
    """The success metrics that are named, the longest names first."""
    found: list[Measure] = []
    for length in range(min(_LONGEST_METRIC, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            one = Measure(start, start + length, text.key(words[start : start + length]))
            if not _overlaps(one, found) and view.measuring(one.key):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def _overlaps(one: Mention | Measure, others: Iterable[Measure]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def ids(sentence: str, words: Sequence[Word]) -> list[Cue]:
    """What looks like the id of a run ("SR-352") or a number ("#412")."""
    found: list[Cue] = []
    for match in _ID.finditer(sentence):
        inside = [at for at, word in enumerate(words) if match.start() <= word.at < match.end()]
        if inside:
            row = "number" if match[0].lstrip("#").isdigit() else "id"
            found.append(Cue(inside[0], inside[-1] + 1, frozenset((row,)), light=False))
    return found


def _is_cue(mention: Mention, words: Sequence[Word], cues: Cues) -> bool:
    """Whether a name is, word for word, a wording of these questions as well ("metrics")."""
    stems = tuple(word.stem for word in words[mention.start : mention.end])
    meaning = cues.lexicon.meanings.get(stems)
    return meaning is not None and bool(cues.of(meaning))


def _read(
    words: Sequence[Word],
    mentions: Sequence[Mention],
    metrics: tuple[Measure, ...],
    named_ids: Iterable[Cue],
    cues: Cues,
    *,
    asked: bool,
) -> Reading:
    taken = [False] * len(words)
    spans = [(one.start, one.end) for one in mentions] + [(one.start, one.end) for one in metrics]
    for start, end in spans:
        taken[start:end] = [True] * (end - start)
    own = [one for one in named_ids if not any(taken[one.start : one.end])]
    for one in own:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    phrases = list(cues.lexicon.phrases(words, taken))
    found = tuple(
        Cue(phrase.start, phrase.end, rows, cues.is_weightless(phrase.meaning))
        for phrase in phrases
        if (rows := cues.of(phrase.meaning))
    )
    free = [not named for named in taken]
    for phrase in phrases:
        free[phrase.start : phrase.end] = [False] * (phrase.end - phrase.start)
    return Reading(
        form=_form(words, phrases, cues, asked=asked),
        words=tuple(words),
        mentions=tuple(mentions),
        cues=tuple(sorted((*found, *own), key=lambda cue: cue.start)),
        left=tuple(at for at, is_free in enumerate(free) if is_free),
        asked=asked,
        here=any(phrase.is_a("here") for phrase in phrases),
        me=any(phrase.is_a("me") for phrase in phrases),
        is_order=_is_order(phrases),
        metrics=metrics,
    )


def _form(words: Sequence[Word], phrases: Sequence[Phrase], cues: Cues, *, asked: bool) -> Form:
    begin = in_front(phrases, "opening", "filler")
    if any(phrase.is_a("since_when") for phrase in phrases if phrase.end <= begin):
        return Form.ASKING
    first = next((phrase for phrase in phrases if phrase.start == begin), None)
    if first and first.is_a("whether"):
        return Form.WHETHER
    if first and first.is_a(*_ASKING):
        return Form.ASKING
    if begin and any(phrase.is_a("opening") for phrase in phrases if phrase.end <= begin):
        verbs = {word.stem for word in words[begin:]}
        return Form.ASKING if asked or verbs.isdisjoint(_VERBS) or _asks(phrases) else Form.TELLING
    if _asks(phrases) and (asked or _ends_asking(phrases, len(words))):
        return Form.ASKING
    if any(word.text in _VERBS for word in words):
        return Form.ASKING if asked else Form.TELLING
    return Form.FRAGMENT


def _is_order(phrases: Sequence[Phrase]) -> bool:
    """Whether a sentence begins with what shall be done, and a noun that is asked for by itself
    ("open PRs") does not follow.
    """
    begin = in_front(phrases, "filler")
    first = next((phrase for phrase in phrases if phrase.start == begin), None)
    coloured = any(phrase.is_a("best") for phrase in phrases if phrase.end <= begin)
    if first is None or coloured or not first.is_a("order"):
        return False
    after = next((phrase for phrase in phrases if phrase.start == first.end), None)
    return not (first.is_a("open", "draft", "best") and after and after.is_a("pr", "run"))


def _asks(phrases: Iterable[Phrase]) -> bool:
    return any(phrase.is_a(*_ASKING) for phrase in phrases)


def _ends_asking(phrases: Sequence[Phrase], length: int) -> bool:
    """ "the data pipeline is due when"."""
    return any(phrase.end == length and phrase.is_a(*_ASKING) for phrase in phrases)


def _corrected(words: Sequence[Word], cues: Cues, view: View) -> list[Word]:
    """Small typos in cues put right ("ovrdue"), unless a name is as near."""
    return [_put_right(word, cues, view) for word in words]


def _put_right(word: Word, cues: Cues, view: View) -> Word:
    known = cues.lexicon.knows(word) or word.stem in real_words()
    if known or word.others or not word.text.isalpha():
        return word
    near = sorted(cues.lexicon.spelling.near(word.text))
    if not near or is_held(word, view, people=True):
        return word
    slips, meant = near[0]
    if slips > 1 and len(word.text) < _LONG:
        return word
    if any(other <= slips for other, _name in held_near(word, view, people=True)):
        return word
    return Word(word.surface, meant, text.stem(meant), word.pause, word.at)
