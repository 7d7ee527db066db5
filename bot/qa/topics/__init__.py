"""The kinds of question beside who holds which letter: a module each, and a line here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.qa.rule import Matched, fit
from bot.qa.topics import (
    acting,
    blockers,
    deadlines,
    gaps,
    held,
    history,
    leads,
    metrics,
    models,
    overdue,
    projects,
    pulls,
    raid,
    runs,
    scope,
    standups,
    status,
    then,
)
from bot.qa.topics.cues import languages
from bot.qa.topics.readings import readings
from bot.qa.topics.topic import Topic
from bot.qa.view import View
from bot.text import Word

TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        status.TOPIC,
        overdue.TOPIC,
        deadlines.TOPIC,
        blockers.TOPIC,
        scope.TOPIC,
        metrics.TOPIC,
        pulls.TOPIC,
        models.TOPIC,
        runs.TOPIC,
        standups.TOPIC,
        gaps.TOPIC,
        leads.TOPIC,
        history.TOPIC,
        acting.TOPIC,
        then.TOPIC,
        held.TOPIC,
        raid.TOPIC,
        projects.TOPIC,
    )
}

OF_A_TIME = frozenset((history.TOPIC.name, acting.TOPIC.name))
"""Kinds of question that can be asked of another time."""
THEN, HELD = then.TOPIC.name, held.TOPIC.name
OF_DAYS_TO_COME = frozenset((deadlines.TOPIC.name,))
"""Kinds of question that are asked of a time alone, which may be to come."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that a sentence follows: how closely, and (`rank`) how it compares with others."""

    matched: Matched
    close: int
    rank: tuple[bool, bool, int, bool]


def candidates(
    sentence: str,
    words: Sequence[Word],
    view: View,
    language: str,
    *,
    asked: bool,
    timed: bool = False,
) -> Iterator[Candidate]:
    """Every rule of a topic that a sentence follows, in the order of the topics; of a sentence
    whose time was taken out (`timed`) the rules of those topics that want one.
    """
    cues = languages().get(language)
    if cues is None:
        return
    for reading in readings(sentence, words, view, cues, asked=asked):
        for topic in TOPICS.values():
            rules = topic.rules if (topic.name in OF_DAYS_TO_COME) is timed else ()
            for rule in rules:
                found = fit(rule, reading)
                if found is None:
                    continue
                left = bool(found.left)
                rank = (not left, left and rule.open, found.close, not rule.open)
                match = Matched(topic.name, rule, replace(reading, left=found.left))
                yield Candidate(match, found.close, rank)


def matched(
    sentence: str,
    words: Sequence[Word],
    view: View,
    language: str,
    *,
    asked: bool,
    timed: bool = False,
) -> Matched | None:
    """The topic whose rule a sentence follows most closely; None where it follows none.

    A reading that leaves no word over wins over one that does; of equals, the first topic's.
    """
    met = candidates(sentence, words, view, language, asked=asked, timed=timed)
    best = max(met, key=lambda one: one.rank, default=None)
    return best.matched if best else None
