"""What somebody asks next in a thread: what it leaves out is taken from the question before."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot import text
from bot.qa import wording
from bot.qa.clauses import is_whole, named, with_it
from bot.qa.grammar import Ask, Question, language_of
from bot.qa.mentions import Finder, Mention
from bot.qa.reading import questions, read
from bot.qa.replies import Answer
from bot.qa.view import View
from bot.qa.words import Intent
from bot.text import Word

_TABLE = Path(__file__).parent / "words" / "follow.toml"
_LONGEST = 200  # characters of what may lean on the question before
_OTHERS = {
    Intent.OWNER: "who is responsible for {0}? who is consulted on {0}? who is informed about {0}?",
    Intent.RESPONSIBLE: (
        "who is accountable for {0}? who is consulted on {0}? who is informed about {0}?"
    ),
    Intent.CONSULTED: (
        "who is accountable for {0}? who is responsible for {0}? who is informed about {0}?"
    ),
    Intent.INFORMED: (
        "who is accountable for {0}? who is responsible for {0}? who is consulted on {0}?"
    ),
}
_JOINED_BY = ("for", "of", "on")
_LIKE = {Intent.ACCOUNTABLE: Intent.OWNER, Intent.CONTACT: Intent.RESPONSIBLE}


@cache
def _wordings(row: str) -> frozenset[tuple[str, ...]]:
    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return frozenset(tuple(word.stem for word in text.words(one)) for one in table[row])


def completed(said: str, before: str, view: View) -> str | None:
    """What somebody said, as a question that stands alone; None where it stands alone already, or
    where the question `before` does not help.
    """
    plain = text.plain(said).strip()
    last = next((one for one in reversed(questions(before, view)) if is_whole(one)), None)
    if last is None or not plain or len(plain) > _LONGEST or len(text.sentences(plain)) > 1:
        return None
    words = text.words(plain)
    start = _past(words, 0, _wordings("leads"))
    rest = tuple(word.stem for word in words[start:])
    if rest in _wordings("since"):
        return last.sentence if last.ask in (Ask.WHO, Ask.VERIFY, Ask.EXISTS) else None
    if rest in _wordings("others"):
        return _others(last)
    for ways in (_with_names, _with_subject):
        found = ways(plain, words, start, last, view)
        if found and is_whole(read(found, view)):
            return found
    return None


def completing(answer: Answer, whole: str) -> Answer:
    """The answer, which says as what the question was understood."""
    told, note, _ = answer.said.partition(" Understood as ")
    titles = (f'"{whole}"', *(answer.understood if note else ()))
    if answer.parts:  # each stands below its question
        return replace(answer, whole=whole)
    said = wording.with_understood(told, titles)
    return replace(answer, said=said, understood=titles, whole=whole)


def _past(words: Sequence[Word], at: int, wordings: frozenset[tuple[str, ...]]) -> int:
    """Where the wordings that begin at a place end."""
    longest = max(map(len, wordings))
    for size in range(longest, 0, -1):
        if tuple(word.stem for word in words[at : at + size]) in wordings:
            return _past(words, at + size, wordings)
    return at


def _others(last: Question) -> str | None:
    """All the other letters of what was asked about."""
    if last.ask not in (Ask.WHO, Ask.VERIFY, Ask.EXISTS) or not last.mentions:
        return None
    intent = last.intent or Intent.OWNER
    return _OTHERS[_LIKE.get(intent, intent)].format(named(last))


def _with_names(
    plain: str, words: Sequence[Word], start: int, last: Question, view: View
) -> str | None:
    """Nothing but names: they stand where the question before had such names."""
    start = _past(words, start, _wordings("places"))
    lexicon = language_of(words)
    finder = Finder(words, view, lexicon)
    found = [one for one in finder.mentions() if one.start >= start]
    people = not found
    if people:
        with_people = Finder(words, view, lexicon, people=True).mentions()
        found = [one for one in with_people if one.start >= start]
    free = set(range(start, len(words)))
    for one in found:
        free -= set(range(one.start, one.end))
    if not found or not all(_is_light(words[at]) for at in free):
        return None
    if people:
        return _replaced(last, plain, words, found, last.people)
    items = [one for one in found if one.is_item]
    projects = [one for one in found if not one.is_item]
    said = last.sentence
    if items:
        earlier = [one for one in last.mentions if one.is_item]
        said = _replaced(last, plain, words, items, earlier) or ""
    if projects and said:
        name = _span(plain, words, projects)
        before = [one for one in last.mentions if one.projects and not one.is_item]
        if not before:
            return f"{said.rstrip(' ?.!')} in {name}?"
        return said.replace(_span(last.sentence, last.words, before), name, 1)
    return said or None


def _with_subject(
    plain: str, words: Sequence[Word], start: int, last: Question, view: View
) -> str | None:
    """A question that names nothing, or no project: about what the one before was about."""
    rest = plain[words[start].at :] if start < len(words) else ""
    asked = read(rest, view)
    if last.mentions and asked.ask is Ask.NOTHING and _names_somebody(rest, view):
        # "since when is Kim the owner?"
        said = (f"{rest.rstrip(' ?.!')} {word} {named(last)}?" for word in _JOINED_BY)
        return next((one for one in said if is_whole(read(one, view))), None)
    if not last.mentions or not asked.understood or asked.left_over or asked.people:
        return None
    if not asked.mentions:
        pointed = with_it(rest, named(last), lambda one: read(one, view))
        bare = None if asked.says_something else f"{rest.rstrip(' ?.!')} {named(last)}?"
        return pointed or bare
    stages = all(one.stages and not one.projects for one in asked.mentions)
    projects = [one for one in last.mentions if one.projects and not one.is_item]
    if not stages or not projects:
        return None
    return f"{rest.rstrip(' ?.!')} in {_span(last.sentence, last.words, projects)}?"


def _names_somebody(said: str, view: View) -> bool:
    words = text.words(said)
    found = Finder(words, view, language_of(words), people=True).mentions()
    return any(one.people and not one.is_thing for one in found)


def _is_light(word: Word) -> bool:
    return (word.stem,) in _wordings("places") or (word.stem,) in _wordings("leads")


def _replaced(
    last: Question,
    plain: str,
    words: Sequence[Word],
    found: Sequence[Mention],
    earlier: Sequence[Mention],
) -> str | None:
    """The question before with these names in the place of the ones that it had."""
    if not earlier:
        return None
    said = _span(last.sentence, last.words, earlier)
    return last.sentence.replace(said, _span(plain, words, found), 1)


def _span(sentence: str, words: Sequence[Word], found: Iterable[Mention]) -> str:
    """The words from the first of some names to the last."""
    places = sorted((one.start, one.end) for one in found)
    first, last = words[places[0][0]], words[places[-1][1] - 1]
    return sentence[first.at : last.at + len(last.surface)]
