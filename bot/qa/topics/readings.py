"""A sentence, its names and its cues."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from bot import text
from bot.qa.mentions import Finder, Mention, held_near, is_held
from bot.qa.rule import KEPT, Cue, Form, Measure, Reading
from bot.qa.sentence import in_front, is_several
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
_FEW = 3
_SHORTEST_ID = 4
_ID = re.compile(r"#?\b(?:[A-Za-z][\w.]*-)*\w*\d[\w.]*(?:-\w+)*\b")
_ASKING = ("who", "when", "how", "where", "what", "which", "why", "count", "far")


def readings(
    sentence: str, words: Sequence[Word], view: View, cues: Cues, *, asked: bool
) -> Iterator[Reading]:
    """The ways to read a sentence: with names before cues, then with cues before names; and each of
    them with its success metrics.
    """
    words = _corrected(words, cues, view)
    found_ids = ids(sentence, words)
    mentions = _named(Finder(words, view, cues.lexicon, people=True))
    mentions = [one for one in mentions if not _is_in_id(one, found_ids)]
    kept = _without_cues(mentions, words, cues)
    metrics = _metrics(words, view)
    cued = [one for one in mentions if one not in kept]
    ways = [mentions, kept] if cued else [mentions]
    if 1 < len(cued) <= _FEW:  # one of them a name and the other none: "best ETA model"
        ways += [[one for one in mentions if one is not other] for other in cued]
    for named in ways:
        yield _read(words, named, (), found_ids, cues, asked=asked)
        if metrics:
            rest = [one for one in named if not _overlaps(one, metrics)]
            yield _read(words, rest, metrics, found_ids, cues, asked=asked)


def _named(finder: Finder) -> list[Mention]:
    """The names; by a job only where nobody is named: "what is the data analyst up to?"."""
    found = finder.mentions()
    if not finder.met_job:
        return found
    named = replace(finder, jobs=False).mentions()
    return named if any(one.people for one in named) else found


def _is_short(said: str) -> bool:
    return len(said) < _SHORTEST_ID and "-" not in said


def _is_in_id(mention: Mention, ids: Iterable[Cue]) -> bool:
    """Whether a name is only a part of an id: the "ABC" in "ABC-12"."""
    return any(
        one.start <= mention.start
        and mention.end <= one.end
        and mention.end - mention.start < one.end - one.start
        for one in ids
    )


def _without_cues(mentions: Sequence[Mention], words: Sequence[Word], cues: Cues) -> list[Mention]:
    """The names that are no wording of these questions; a wording that another word says as well
    stays a name ("when is ETA due?").
    """
    taken = [False] * len(words)
    for one in mentions:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    said = {row for one in cues.lexicon.phrases(words, taken) for row in cues.of(one.meaning)}
    return [one for one in mentions if not (rows := _rows(one, words, cues)) or rows <= said]


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
    """What looks like the id of a run ("SR-352") or a number ("#412"); "F1" and "p95" do not."""
    found: list[Cue] = []
    for match in _ID.finditer(sentence):
        inside = [at for at, word in enumerate(words) if match.start() <= word.at < match.end()]
        if not inside or (not match[0].lstrip("#").isdigit() and _is_short(match[0])):
            continue
        row = "number" if match[0].lstrip("#").isdigit() else "id"
        found.append(Cue(inside[0], inside[-1] + 1, frozenset((row,)), light=False))
    return found


def _rows(mention: Mention, words: Sequence[Word], cues: Cues) -> frozenset[str]:
    """The rows of which a name is, word for word, a wording as well ("metrics")."""
    stems = tuple(word.stem for word in words[mention.start : mention.end])
    meaning = cues.lexicon.meanings.get(stems)
    return cues.of(meaning) if meaning else frozenset()


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
    ids_at = {one.start for one in own}
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
        is_order=_is_order(phrases, words, ids_at),
        to_charter=_is_to_charter(phrases),
        metrics=metrics,
    )


def _form(words: Sequence[Word], phrases: Sequence[Phrase], cues: Cues, *, asked: bool) -> Form:
    begin = in_front(phrases, "opening", "filler")
    if any(phrase.is_a("since_when") for phrase in phrases if phrase.end <= begin):
        return Form.ASKING
    first = next((phrase for phrase in phrases if phrase.start == begin), None)
    if first and first.is_a("whether"):
        return Form.WHETHER
    if first and (first.is_a(*_ASKING) or words[begin].stem in _ASKING):  # "where are we"
        return Form.ASKING
    if begin and any(phrase.is_a("opening") for phrase in phrases if phrase.end <= begin):
        verbs = {word.stem for word in words[begin:]}
        return Form.ASKING if asked or verbs.isdisjoint(_VERBS) or _asks(phrases) else Form.TELLING
    if _asks(phrases) and (asked or _ends_asking(phrases, len(words))):
        return Form.ASKING
    if any(word.text in _VERBS for word in words):
        return Form.ASKING if asked else Form.TELLING
    return Form.FRAGMENT


def _is_order(phrases: Sequence[Phrase], words: Sequence[Word], ids_at: Container[int]) -> bool:
    """Whether a sentence begins with what shall be done, and a noun that is asked for by itself
    ("open PRs") does not follow, nor an id ("run SR-352").
    """
    begin = in_front(phrases, "filler")
    first = next((phrase for phrase in phrases if phrase.start == begin), None)
    coloured = any(phrase.is_a("best") for phrase in phrases if phrase.end <= begin)
    if first is None or coloured or not first.is_a("order") or is_several(words[begin]):
        return False
    if first.is_a("pr", "run") and first.end in ids_at:
        return False
    after = next((phrase for phrase in phrases if phrase.start == first.end), None)
    colours = first.is_a("open", "draft", "best")
    return not (colours and after and after.is_a("pr", "run", *KEPT))


def _is_to_charter(phrases: Sequence[Phrase]) -> bool:
    """ "do you like your job?", "hey, are you late?"."""
    begin = in_front(phrases, "opening", "filler")
    return any(phrase.start == begin and phrase.is_a("you") for phrase in phrases)


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
    near = cues.lexicon.spelling.near(word.text)
    if not near or is_held(word, view, people=True):
        return word
    slips = near[0][0]
    if slips > 1 and len(word.text) < _LONG:
        return word
    meant = likeliest(word.text, [other for far, other in near if far == slips], cues)
    if meant is None or any(other <= slips for other, _name in held_near(word, view, people=True)):
        return word
    return Word(word.surface, meant, text.stem(meant), word.pause, word.at)


def likeliest(typed: str, near: Sequence[str], cues: Cues) -> str | None:
    """Of words that are equally near one that is likely: "blockd" is "blocked" and no "block". None
    where two are and say different things: "seatus" is as near to "seats" as to "status".
    """
    likely = [meant for meant in near if _is_likely(typed, meant)] or near
    stems = {text.stem(meant) for meant in likely}
    said = {cues.alone(stem) or stem for stem in stems}
    return min(likely) if len(said) == 1 else None


def _is_likely(typed: str, meant: str) -> bool:
    """Slips are made within a word, not at its ends, or letters have changed places."""
    ends_alike = typed[0] == meant[0] and typed[-1] == meant[-1]
    return ends_alike or sorted(typed) == sorted(meant)
