"""What a question comes to, so that two that ask the same thing in other words are one.

Names are folded into what they name, wordings and greetings into nothing. Of a question in which a
word is not known, that word is what counts: whatever is asked of "the label thing", it is the same
thing that is missing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import text
from bot.qa.grammar import Ask, Question, corrected, language_of
from bot.qa.mentions import Finder, Mention
from bot.qa.reading import read_all
from bot.qa.view import View
from bot.qa.words import Lexicon
from bot.text import Word

LONGEST = 300
"""Of a sentence that is kept: what is longer is hardly one question."""
_LONGEST_FORM = 200
_ROWS = ("filler", "opening", "tail", "glue", "who", "what", "whether", "me", "article", "agree")
_LIGHT = ("generic", "light", "modifier", "asks", "place", "join", "it", "any", "somebody")
_PERSON = re.compile(r"@([UW][A-Z0-9]{2,20})\b")


@dataclass(frozen=True, slots=True)
class Normal:
    """`form` is equal where the same is asked. `sentence` is how it was asked (Slack's marks for
    people in it), `said` the words that nothing accounts for, `guess` what is asked for.

    `projects` are those named, by id; `owners` those that have an item of a name in it, which are
    no more than a few.
    """

    form: str
    sentence: str
    said: str
    guess: str
    projects: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()


def normal(question: str, view: View) -> Normal | None:
    """The first question of a text; None where it asks nothing that could be answered one day."""
    plain = text.plain(question)
    pairs = read_all(plain, view)
    understood = [pair for pair in pairs if pair[1].understood]
    open_ones = [pair for pair in pairs if _is_open(*pair)]
    for sentence, asked in (*understood, *open_ones):
        found = _of(sentence, asked, view)
        if found is not None:
            return found
    return None


def _is_open(sentence: str, asked: Question) -> bool:
    """Whether it is a question, if none that is understood."""
    if asked.ask not in (Ask.NOTHING, Ask.LATER):
        return False
    words = text.words(sentence)
    lexicon = language_of(words)
    asks = any(lexicon.means(word, "who") for word in words)
    return asks or sentence.rstrip(" \"'”’»)").endswith(("?", "？"))


def _of(sentence: str, asked: Question, view: View) -> Normal | None:
    kept = _PERSON.sub(r"<@\1>", sentence).strip()
    if len(kept) > LONGEST:
        return None
    words = text.words(sentence)
    lexicon = language_of(words)
    read = asked.words or tuple(corrected(words, lexicon, view))
    mentions = list(asked.mentions)
    if not asked.understood:
        mentions = [one for one in Finder(read, view, lexicon).mentions() if one.is_thing]
    left = _left_over(asked)
    if asked.understood and not left:
        parts = [_asks(asked), *sorted(_keys(mentions, view)), *sorted(_people(asked))]
        said = ""
    else:
        said = _whole(left, read, lexicon) or _unknown(read, mentions, lexicon)
        roots = sorted(set(_roots(text.words(said), lexicon)))
        if not roots:
            return None
        parts = roots
    form = " ".join(parts)[:_LONGEST_FORM]
    guess = asked.intent.value if asked.intent else ""
    return Normal(form, kept, said, guess, _named(asked, mentions), _owners(mentions, view))


def _left_over(asked: Question) -> tuple[str, ...]:
    if asked.matched and asked.matched.reading.left:
        reading = asked.matched.reading
        return tuple(reading.said([at]) for at in reading.left)
    return asked.left_over


def _whole(left: Sequence[str], words: Sequence[Word], lexicon: Lexicon) -> str:
    """The words that are left over, with what stands before them and belongs to them: "crowd" alone
    would be any team, but it is a part of "the crowd desk".
    """
    if not left:
        return ""
    first = text.words(left[0])
    surface = first[0].surface if first else ""
    at = next((n for n, word in enumerate(words) if word.surface == surface), 0)
    start = at
    while start and lexicon.means(words[start - 1], "generic", "modifier"):
        start -= 1
    return " ".join([*(word.surface for word in words[start:at]), *left])


def _asks(asked: Question) -> str:
    if asked.guide:
        return f"guide/{asked.guide.key}"
    if asked.matched:
        return f"{asked.matched.topic}/{asked.matched.rule.name}"
    return f"{asked.ask.value}/{asked.intent.value if asked.intent else ''}"


def _people(asked: Question) -> Iterator[str]:
    if asked.me:
        yield "@me"
    for mention in asked.people:
        yield "@" + "/".join(map(str, sorted(mention.people)))


def _keys(mentions: Sequence[Mention], view: View) -> Iterator[str]:
    """What the items are that are named, by whatever name. Projects are no part of a form: whose
    question it is says that already.
    """
    for mention in mentions:
        if mention.stages:
            yield "=" + "/".join(sorted(mention.stages))
        elif mention.has_items:
            titles = {
                place.item.key for key in mention.keys for place in view.items(key) if place.item
            }
            yield "=" + "/".join(sorted(titles)[:3])


def _unknown(words: Sequence[Word], mentions: Sequence[Mention], lexicon: Lexicon) -> str:
    """The words of a sentence that is not understood, but for names and for what carries no
    weight.
    """
    taken = [False] * len(words)
    for one in mentions:
        taken[one.start : one.end] = [True] * (one.end - one.start)
    for phrase in lexicon.phrases(words, taken):
        if phrase.is_a(*_ROWS) or phrase.intent:
            taken[phrase.start : phrase.end] = [True] * (phrase.end - phrase.start)
    free = [
        word.surface
        for word, is_taken in zip(words, taken, strict=True)
        if not is_taken and not lexicon.is_function_word(word)
    ]
    return " ".join(free)


def _roots(words: Sequence[Word], lexicon: Lexicon) -> list[str]:
    """What is meant by some words: their roots, without those that stand for any kind of work
    where others are left.
    """
    weighty = [word for word in words if not lexicon.means(word, *_ROWS, *_LIGHT)]
    return [text.root(word.text) for word in weighty or words if len(word.text) > 1]


def _named(asked: Question, mentions: Sequence[Mention]) -> tuple[int, ...]:
    found = [entry.project_id for one in mentions if not one.is_item for entry in one.projects] + [
        entry.project_id for entry in asked.context
    ]
    return tuple(dict.fromkeys(found))


_FEW = 20


def _owners(mentions: Sequence[Mention], view: View) -> tuple[int, ...]:
    """The projects that have items of these names of their own."""
    found: dict[int, None] = {}
    for one in mentions:
        if one.has_items and not one.stages:
            for key in one.keys:
                for _, place in zip(range(_FEW), view.items(key), strict=False):
                    found[place.entry.project_id] = None
    return tuple(found)
